"""The lists of a round: released, fetched, told the password of, answered.

Each is a POST of one officer; a "no" comes back on the round's page.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from registry.refusals import Refusal
from registry.sheets.uploads import FIELD
from workflows import clock
from workflows.comparing import lists, receiving
from workflows.errors import Trespass
from workflows.models import RoundDepartment
from workflows.views.access import hat_of
from workflows.views.register.comparison_access import department_or_404, file_or_404
from workflows.views.register.comparison_forms import AnswerForm
from workflows.views.register.comparisons import round_page

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def release_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a list leave the office."""
    department = department_or_404(request, pk)
    refused = _done(lists.release, request, department)
    if isinstance(refused, Refusal):
        return round_page(request, department.round, refused=refused)
    messages.success(request, _("已批准发出；请查看密码，另行告知部门"))
    return redirect(department.round)


@never_cache
@require_POST
def fetch_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the encrypted list."""
    department = department_or_404(request, pk)
    found = _done(lists.fetch, request, department)
    if isinstance(found, Refusal):
        return round_page(request, department.round, refused=found)
    response = HttpResponse(found, content_type=SPREADSHEET)
    name = f"{department.round.place_id}-{department.round.year}-{department.pk}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_POST
def list_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the password of a list this once; who saw it is written down."""
    department = department_or_404(request, pk)
    found = _done(lists.password_of, request, department)
    if isinstance(found, Refusal):
        return round_page(request, department.round, refused=found)
    return round_page(request, department.round, told=(department.pk, found))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in what a department sent back."""
    department = department_or_404(request, pk)
    form = AnswerForm(request.POST, request.FILES)
    form.is_valid()
    upload = form.cleaned_data.get(FIELD)
    found = _done(
        receiving.receive,
        request,
        department,
        upload.read() if upload else b"",
        name=upload.name if upload else "",
        adds=form.cleaned_data.get("adds", False),
    )
    if isinstance(found, Refusal):
        return round_page(request, department.round, refused=found)
    if found.busy:
        messages.success(request, _("已收到，正在后台比对"))
    else:
        messages.warning(request, _("这个文件以前收过，没有重复比对"))
    return redirect(department.round)


@require_safe
def department_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a department's file: how it was compared, and which rows could not be."""
    file = file_or_404(request, pk)
    context: dict[str, Any] = {
        "file": file,
        "round": file.department.round,
        "faults": list(file.file_faults.all()),
    }
    return render(request, "workflows/register/department_file.html", context)


def _done(
    act: Callable[..., Any],
    request: HttpRequest,
    department: RoundDepartment,
    *given: Any,
    **named: Any,
) -> Any:
    """Do one act in the hat worn; who may not do it finds nothing there."""
    try:
        return act(department, *given, by=hat_of(request), now=clock.now(), **named)
    except Trespass as trespass:
        raise Http404 from trespass
