"""One officer's visit to a desk: whose turn it is, with whom on the list, when."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from workflows import anew, clock
from workflows.drafts import Where
from workflows.machine import Step
from workflows.models import Batch, Case
from workflows.procedure import Procedure, named
from workflows.views.access import hat_of, officer_of, sits_at
from workflows.views.drafts import Sent
from workflows.views.step_forms import DeskForms, desk_forms, forms_of


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """One officer's visit to a desk."""

    request: HttpRequest
    batch: Batch
    procedure: Procedure
    step: Step
    cases: list[Case]
    now: datetime


def at_desk(request: HttpRequest, batch: Batch) -> At | None:
    """Return the officer's visit, when it is this hat's turn to act on the batch.

    While a notice hangs it is nobody's turn, unless its list must be put up anew.
    """
    if not batch.step:
        return None
    if batch.clock_until is not None and anew.posting_step(batch) is None:
        return None
    procedure = named(batch.procedure)
    step = procedure.step(batch.step)
    if not sits_at(hat_of(request), step, batch.place_id):
        return None
    return At(
        request=request,
        batch=batch,
        procedure=procedure,
        step=step,
        cases=open_cases(batch, procedure),
        now=clock.now(),
    )


def where(at: At) -> Where:
    """Return under what the half-typed page of this visit is kept."""
    officer_id = officer_of(at.request).pk
    return Where(officer_id=officer_id, batch=at.batch, step=at.step.name)


def open_cases(batch: Batch, procedure: Procedure) -> list[Case]:
    """Return the households still on the list, in its order."""
    cases = procedure.case_class.objects.filter(batch=batch, closed_on=None)
    found = list(cases.select_related("household").order_by("pk"))
    for case in found:
        case.batch = batch
    return found


def forms_at(at: At, sent: Sent | None) -> DeskForms:
    """Return the forms of the desk, bound to what was sent or kept, if anything."""
    return desk_forms(
        sent,
        at.batch,
        at.cases,
        declared=forms_of(at.procedure, at.step),
        step=at.step,
        by=hat_of(at.request),
        now=at.now,
    )
