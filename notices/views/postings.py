"""Taking a notice off a wall: who did it, when, and the wall afterwards."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from notices.forms import TakeDownForm
from notices.models import Posting
from notices.postings import take_down
from notices.views.access import acting_hat_of, posting_or_404
from permissions import clock

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def down(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that a notice was taken down at one spot."""
    hat = acting_hat_of(request)
    posting = posting_or_404(request, pk)
    now = clock.now()
    start = {
        "at": timezone.localtime(now).replace(second=0, microsecond=0),
        "name": hat.officer.full_name,
    }
    form = TakeDownForm(request.POST or None, request.FILES or None, initial=start)
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        answer = take_down(posting, by=hat, now=now, **form.cleaned_data)
        if isinstance(answer, Posting):
            messages.success(request, _("已登记撤下"))
            return redirect(posting.paper)
        refused = [answer]
    context = {"posting": posting, "form": form, "refused": refused}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "notices/take_down.html", context, status=status)
