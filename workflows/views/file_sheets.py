"""Sheets of a household's file, printed whenever they are wanted; nothing is issued.

Cover and index come from the papers in the file, card and handbook page from the record
of the household's latest case; the card of a registered household without one comes
from the register.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notices import household_files
from notices.papers import Unprintable
from notices.press import Unrendered
from permissions.models import Appointment
from registry.codes import ON_THE_BOOKS
from registry.models import Household
from registry.opening import HOUSEHOLD_FILE, look
from registry.refusals import Refusal
from workflows import clock
from workflows.models import Case
from workflows.procedure import named, registered
from workflows.rulebook import in_force
from workflows.views.access import hat_of, household_or_404, officer_of

Sheet = Callable[[str, Household, Appointment, datetime], bytes]


@never_cache
@require_safe
def file_sheet(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out one sheet of the file and write down who opened it."""
    found = household_or_404(request, pk)
    if kind not in SHEETS:
        raise Http404
    now = clock.now()
    hat = hat_of(request)
    try:
        pdf = SHEETS[kind](kind, found, hat, now)
    except Unprintable as unprintable:
        messages.error(request, unprintable.refusals[0].cited)
        return redirect("workflows:household", found.pk)
    except Unrendered:
        messages.error(request, _("这一页暂时排不出版，请稍后再试"))
        return redirect("workflows:household", found.pk)
    reason = hat.recorded_title
    look(found, HOUSEHOLD_FILE, by=officer_of(request), reason=reason, at=now)
    response = HttpResponse(pdf, content_type="application/pdf")
    # The browser's own viewer needs more than the site's policy allows.
    response.headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    return response


def _from_file(kind: str, found: Household, _hat: Appointment, now: datetime) -> bytes:
    return household_files.sheet_pdf(kind, found, at=now)


def _from_record(kind: str, found: Household, hat: Appointment, now: datetime) -> bytes:
    case = latest_case(found)
    if case is None:
        raise Http404
    return _of_case(kind, case, found, hat, now)


def _of_case(
    kind: str, case: Case, found: Household, hat: Appointment, now: datetime
) -> bytes:
    procedure = named(case.procedure)
    record = procedure.record(case.batch, [case], procedure.steps[-1])
    [draft] = procedure.papers([kind], record, [case], by=hat, now=now)
    return household_files.on_demand(kind, draft.context, found, at=now)


def _card(kind: str, found: Household, hat: Appointment, now: datetime) -> bytes:
    """From the latest case, else, once it is registered, from the register alone."""
    if case := latest_case(found):
        return _of_case(kind, case, found, hat, now)
    if found.status not in ON_THE_BOOKS:
        raise Http404
    hotline = _hotline(found, now.date())
    return household_files.card_pdf(found, hotline=hotline, at=now)


def _hotline(found: Household, on: date) -> str:
    """Return the number that the rulebooks in force print on papers."""
    for procedure in registered():
        rules = in_force(procedure.slug, found.place_id, on)
        if not isinstance(rules, Refusal) and "hotline" in rules.values:
            return str(rules.value("hotline"))
    return ""


def latest_case(found: Household) -> Case | None:
    """Return the household's newest case, from whose record its sheets are filled."""
    cases = Case.objects.filter(household=found).select_related("batch", "household")
    return cases.order_by("-pk").first()


SHEETS: dict[str, Sheet] = {
    "file_cover": _from_file,
    "file_index": _from_file,
    "household_card": _card,
    "handbook_page": _from_record,
}
