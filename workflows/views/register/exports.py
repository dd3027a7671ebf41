"""Spreadsheets out of the register: asked for a purpose, agreed to, fetched.

Draws what `registry.exports` decides. Whoever reads a place may ask for its households
and sees what was asked for; the file is handed to him alone who asked.
"""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from registry.codes import Standing
from registry.exports import asking
from registry.exports.writing import Format
from registry.models import Export, ExportLayout, Place
from registry.refusals import Refusal
from workflows import clock, exports
from workflows.views.access import covered, hat_of, in_reach, officer_of, place_or_404
from workflows.views.paging import newest_first, without
from workflows.views.register.days import Day, day_asked

UNPROCESSABLE: Final = 422


class ExportForm(forms.Form):
    """What a file is to be, and what for."""

    layout = forms.ChoiceField(label=gettext_lazy("表式"), choices=ExportLayout.choices)
    form = forms.ChoiceField(label=gettext_lazy("文件格式"), choices=Format.choices)
    purpose = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=200,
        help_text=gettext_lazy("写进每一页的页眉，留下记录"),
    )
    clear = forms.BooleanField(
        label=gettext_lazy("证件号码、电话和账号不遮挡"),
        required=False,
        help_text=gettext_lazy("须另一名工作人员同意以后才生成"),
    )


@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """List the exports within reach, newest first; those that wait for him marked."""
    waiting = exports.waiting(hat_of(request), clock.wall())
    everything = Export.objects.select_related("place", "asked_by")
    rows = in_reach(request, everything)
    if "waiting" in request.GET:
        rows = waiting.select_related("place", "asked_by")
    context: dict[str, Any] = {
        "waiting": set(waiting.values_list("pk", flat=True)),
        "page": newest_first(rows.order_by("-pk"), request.GET.get("after", "")),
        "query": without(request.GET, "after"),
    }
    return render(request, "workflows/register/exports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export_new(request: HttpRequest) -> HttpResponse:
    """Ask for the households that a roster shows, as a file."""
    here = place_or_404(request, request.GET.get("place") or hat_of(request).place_id)
    day = day_asked(request)
    standing = request.GET.get("status", "")
    standing = standing if standing in Standing.values else ""
    form = ExportForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form(request, form, here, day, standing)
    hat = hat_of(request)
    said = form.cleaned_data
    wish = asking.Wish(
        place=here,
        layout=said["layout"],
        form=said["form"],
        on=day.on,
        standing=standing,
        clear=said["clear"],
        purpose=said["purpose"],
    )
    title = f"{hat.officer.full_name}（{hat.recorded_title}）"
    answer = asking.ask(wish, by=hat.officer, title=title, at=clock.wall())
    if isinstance(answer, list):
        return _form(request, form, here, day, standing, refused=answer)
    exports.queue(answer)
    return redirect("workflows:export", answer.pk)


@never_cache
@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an export is, and what may be done with it."""
    shown = _export_or_404(request, pk)
    return _page(request, shown)


@never_cache
@require_safe
def export_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the file to whoever asked for it, and write that down."""
    shown = _export_or_404(request, pk)
    if shown.asked_by_id != officer_of(request).pk:
        raise Http404
    content = asking.fetch(shown, by=officer_of(request), at=clock.wall())
    if isinstance(content, Refusal):
        return _page(request, shown, refused=[content])
    how = Format(shown.form)
    response = HttpResponse(content, content_type=how.content_type)
    name = f"cunxian-export-{shown.pk}.{how.extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def export_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes or no to an export as its second person."""
    shown = _export_or_404(request, pk)
    officer = officer_of(request)
    if not exports.may_agree(officer, shown, clock.today()):
        raise Http404
    verb = asking.refuse if request.POST.get("do") == "refuse" else asking.approve
    answer = verb(shown.pk, by=officer, at=clock.wall())
    if isinstance(answer, Refusal):
        return _page(request, shown, refused=[answer])
    exports.queue(answer)
    messages.success(request, _("已记录您的意见"))
    return redirect("workflows:export", shown.pk)


def _export_or_404(request: HttpRequest, pk: int) -> Export:
    rows = Export.objects.select_related("place", "asked_by", "approved_by")
    found = get_object_or_404(rows, pk=pk)
    covered(request, found.place_id)
    return found


def _page(
    request: HttpRequest, shown: Export, *, refused: list[Refusal] | None = None
) -> HttpResponse:
    officer = officer_of(request)
    now = clock.wall()
    second = asking.needs_second(shown)
    context: dict[str, Any] = {
        "export": shown,
        "form_label": Format(shown.form).label,
        "own": shown.asked_by_id == officer.pk,
        "may_fetch": asking.barred(shown, now) is None,
        "waits": second and shown.approved_by_id is None,
        "may_agree": second
        and shown.approved_by_id is None
        and exports.may_agree(officer, shown, clock.today()),
        "most_alone": asking.MOST_ALONE,
        "fetches": shown.fetches.select_related("officer"),
        "refused": refused or [],
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "workflows/register/export.html", context, status=status)


def _form(
    request: HttpRequest,
    form: ExportForm,
    here: Place,
    day: Day,
    standing: str,
    *,
    refused: list[Refusal] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "place": here,
        "day": day,
        "standing": Standing(standing).label if standing else "",
        "most_alone": asking.MOST_ALONE,
        "keep_days": asking.KEEP.days,
        "refused": refused or [],
    }
    status = UNPROCESSABLE if refused or form.errors else 200
    return render(request, "workflows/register/export_new.html", context, status=status)
