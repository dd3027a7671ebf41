"""Spreadsheets into the register: upload, progress, findings, explanations, acceptance.

Draws what `registry.sheets` decides. Clerks of the township and the county come here,
each for his own territory; whoever else asks is told there is no such page.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from permissions.models import Appointment
from registry.identity import unseal
from registry.models import ImportRun, Place, RunState, VillageState
from registry.refusals import HOUSE_RULE, Refusal
from registry.sheets import acceptance, blanks, originals, runs
from registry.sheets.findings import explained, hint_of, text_of
from registry.sheets.rules import RULES, Level
from registry.sheets.sentences import said_of
from registry.sheets.uploads import FIELD
from workflows import clock, imports
from workflows.views.access import hat_of, in_reach, officer_of, place_or_404
from workflows.views.paging import page_of, without
from workflows.views.register.import_form import ImportForm

UNPROCESSABLE: Final = 422
MOST_SHOWN: Final = 50
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """List the imports within reach, newest first."""
    _clerk(request)
    rows = in_reach(request, ImportRun.objects.select_related("place", "uploaded_by"))
    rows = rows.annotate(
        villages_found=Count("villages"), persons=Sum("villages__persons")
    )
    context = {"rows": rows[:MOST_SHOWN], "layouts": blanks.LAYOUTS}
    return render(request, "workflows/register/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Take a file in and queue its check."""
    hat = _clerk(request)
    sent = request.POST if request.method == "POST" else None
    form = ImportForm(sent, own=hat.place, today=clock.today())
    if not form.is_valid():
        return _form(request, form)
    file = request.FILES.get(FIELD)
    if not isinstance(file, UploadedFile) or not file.size:
        text = _("请选择表格文件")
        refusal = Refusal(code="file_missing", text=text, source=HOUSE_RULE)
        return _form(request, form, refused=[refusal])
    place = place_or_404(request, form.cleaned_data["place"])
    answer = _taken_in(request, form, place, file)
    if isinstance(answer, Refusal):
        return _form(request, form, refused=[answer])
    return redirect("workflows:import_run", answer.pk)


@require_safe
@never_cache
def import_template(request: HttpRequest, layout: str) -> HttpResponse:
    """Hand out a blank workbook."""
    _clerk(request)
    if layout not in blanks.LAYOUTS:
        raise Http404
    return _workbook(blanks.blank(layout), f"cunxian-{layout}.xlsx")


@require_safe
@never_cache
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far an import is, what was found, and what it would change."""
    return _page(request, _run_or_404(request, pk))


@require_safe
@never_cache
def import_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the file with its faults marked, to whoever may correct it."""
    run = _run_or_404(request, pk)
    if not run.marked:
        raise Http404
    return _workbook(originals.opened(run.marked), f"cunxian-{run.pk}.xlsx")


@require_POST
def import_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was written about the rows of a rule."""
    run = _run_or_404(request, pk)
    text = request.POST.get("explanation", "").strip()
    if not text:
        refusal = Refusal(
            code="reason_missing", text=_("请写明说明"), source=HOUSE_RULE
        )
        return _page(request, run, refused=[refusal])
    number = acceptance.explain(run, request.POST.get("rule", ""), text)
    said = ngettext("已说明 %(number)s 处", "已说明 %(number)s 处", number)
    messages.success(request, said % {"number": number})
    return redirect("workflows:import_run", run.pk)


@require_POST
def import_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the ticked villages; a worker writes them."""
    run = _run_or_404(request, pk)
    if not imports.may_accept(officer_of(request), run.place_id, clock.today()):
        raise Http404
    villages = request.POST.getlist("village")
    if refused := acceptance.choose(run, villages, by=officer_of(request)):
        return _page(request, run, refused=refused)
    imports.write_import.enqueue(run.pk)
    return redirect("workflows:import_run", run.pk)


@require_POST
def import_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an import up; the file is deleted."""
    run = _run_or_404(request, pk)
    runs.drop(run)
    messages.success(request, _("已放弃这次导入，文件已删除"))
    return redirect("workflows:import_list")


def _clerk(request: HttpRequest) -> Appointment:
    hat = hat_of(request)
    if hat.held not in imports.CHECKERS:
        raise Http404
    return hat


def _run_or_404(request: HttpRequest, pk: int) -> ImportRun:
    _clerk(request)
    rows = ImportRun.objects.select_related("place", "uploaded_by", "accepted_by")
    run = get_object_or_404(rows, pk=pk)
    if not imports.may_check(officer_of(request), run.place_id, clock.today()):
        raise Http404
    return run


def _taken_in(
    request: HttpRequest, form: ImportForm, place: Place, file: UploadedFile
) -> ImportRun | Refusal:
    officer = officer_of(request)
    if not imports.may_check(officer, place.pk, clock.today()):
        raise Http404
    answer = runs.open_run(
        place,
        file.read(),
        wish=form.wish,
        name=str(file.name or ""),
        by=officer,
        at=clock.wall(),
    )
    if isinstance(answer, ImportRun) and answer.state == RunState.WAITING:
        imports.check_import.enqueue(answer.pk)
    return answer


def _form(
    request: HttpRequest, form: ImportForm, *, refused: Sequence[Refusal] = ()
) -> HttpResponse:
    context = {
        "form": form,
        "refused": refused,
        "field": FIELD,
        "most": runs.LARGEST_FILE // (1024 * 1024),
        "layouts": blanks.LAYOUTS,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workflows/register/import_new.html", context, status=status)


def _page(
    request: HttpRequest, run: ImportRun, *, refused: Sequence[Refusal] = ()
) -> HttpResponse:
    level = _level(request, run)
    findings = run.findings.filter(level=level)
    villages = list(run.villages.select_related("place").defer("entries"))
    today = clock.today()
    page = page_of(findings, "pk", request.GET.get("after", ""))
    context: dict[str, Any] = {
        "run": run,
        "name": unseal(run.name_cipher),
        "working": RunState(run.state).works,
        "fault": said_of(run.fault, run.fault_numbers) if run.fault else "",
        "levels": _levels(run, level),
        "level": level,
        "page": page,
        "query": without(request.GET, "after"),
        "found": [(f, text_of(f), hint_of(f), RULES[f.rule]) for f in page.rows],
        "to_explain": explained(run),
        "villages": villages,
        "ready": [v for v in villages if v.state == VillageState.READY],
        "differences": [v for v in villages if v.differences],
        "checked": run.state == RunState.CHECKED,
        "may_accept": imports.may_accept(officer_of(request), run.place_id, today),
        "refused": refused,
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "workflows/register/import.html", context, status=status)


def _level(request: HttpRequest, run: ImportRun) -> str:
    """Return the level asked for, else the gravest there is."""
    if (asked := request.GET.get("level", "")) in Level.values:
        return asked
    found = set(run.findings.order_by().values_list("level", flat=True).distinct())
    return next((level for level in Level.values if level in found), "")


def _levels(run: ImportRun, chosen: str) -> list[tuple[Level, int, bool]]:
    counted = dict(run.findings.order_by().values_list("level").annotate(n=Count("pk")))
    return [
        (level, counted[level.value], level.value == chosen)
        for level in Level
        if level.value in counted
    ]


def _workbook(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
