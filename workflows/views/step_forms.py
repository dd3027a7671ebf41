"""The forms of one step, built and saved together; each form is the procedure's.

Knows the protocol of fact forms (`subject`, `step`, `by`, `now`), not their fields.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from permissions.models import Appointment
from workflows.actions.writing import keep_in_place
from workflows.machine import Step
from workflows.models import Batch, Case
from workflows.procedure import Procedure, StepForms
from workflows.views.drafts import Sent

NO_FORMS = StepForms()


@dataclass(frozen=True, kw_only=True)
class DeskForms:
    """Everything that is typed on one desk page."""

    batch: list[Any] = field(default_factory=list)
    rows: dict[int, Any] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Any]:
        """Walk every form, the list's first."""
        yield from self.batch
        yield from self.rows.values()

    def save(self, batch: Batch) -> bool:
        """Save what was typed, all of it or, when anything is wrong, nothing.

        Raises:
            Stale: somebody acted on the batch while the page was read.
        """
        lists = [form for form in self.batch if form.has_changed()]
        rows = [form for form in self.rows.values() if form.has_changed()]
        # Every form is asked, so that every error is shown at once.
        good = [form.is_valid() for form in (*lists, *rows)]
        if not all(good):
            return False
        with transaction.atomic():
            keep_in_place(batch)
            for form in lists:
                form.save()
            if rows:
                rows[0].save_rows(rows)
        return True


def forms_of(procedure: Procedure, step: Step) -> StepForms:
    """Return which forms a step has."""
    return procedure.forms.get(step.name, NO_FORMS)


def desk_forms(
    sent: Sent | None,
    batch: Batch,
    cases: Sequence[Case],
    *,
    declared: StepForms,
    step: Step,
    by: Appointment,
    now: datetime,
) -> DeskForms:
    """Build the forms of a desk page, bound to what was sent or kept, if anything."""
    common = {
        "step": step.name,
        "by": by,
        "now": now,
        "data": sent.data if sent else None,
        "files": sent.files if sent else None,
    }
    # One form may stand for several: a meeting for each village group.
    whole = [made for form in declared.batch for made in form.build(batch, **common)]
    rows = {}
    if declared.row is not None:
        # Rows are judged by what is typed beside them, else by what is recorded.
        peers = whole if sent and sent.submitted else ()
        rows = declared.row.build(cases, peers=peers, **common)
    forms = DeskForms(batch=whole, rows=rows)
    for form in forms:
        # What nobody touched is no mistake yet; the check page asks for it.
        form.empty_permitted = True
        if sent and not sent.submitted:
            form.leave_unjudged()
    return forms


def earlier_rows(
    procedure: Procedure, cases: Sequence[Case], *, step: Step, **told: Any
) -> dict[int, str]:
    """Return what stands in the rows of the last such desk before this one, in words."""
    names = [one.name for one in procedure.steps]
    for one in reversed(procedure.steps[: names.index(step.name)]):
        form = forms_of(procedure, one).row
        if form is not None and cases:
            rows = form.build(cases, step=one.name, **told)
            return {pk: words for pk, row in rows.items() if (words := _row_words(row))}
    return {}


def _row_words(row: Any) -> str:
    figures = [str(row.initial.get(name, "")) for name in row.fields]
    return f"{row.heading} {' / '.join(figures)}" if any(figures) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """A page of facts about one household, and whether it has been filled in.

    Attributes:
        offered: whether a sheet has come back for it.
    """

    slug: str
    title: str
    done: bool
    offered: bool = False


def case_pages(
    declared: StepForms, cases: Sequence[Case], step: Step
) -> dict[int, list[CasePage]]:
    """Return per case the pages its step asks for, each marked done or not."""
    ids = [case.pk for case in cases]
    found: dict[int, list[CasePage]] = {pk: [] for pk in ids}
    for form in declared.case:
        done = form.done(cases, step=step.name)
        offered = form.offered(cases)
        for pk in ids:
            page = CasePage(
                slug=form.slug,
                title=str(form.title),
                done=pk in done,
                offered=pk in offered,
            )
            found[pk].append(page)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What has been recorded in one form, in words, for the check page."""

    title: str
    lines: list[Any]


def typed_words(forms: Iterable[Any]) -> list[tuple[str, str]]:
    """Return everything typed on a page, label and text, as it was typed."""
    found = []
    for form in forms:
        whose = str(getattr(form, "label", ""))
        lines = [line for table in getattr(form, "formsets", ()) for line in table]
        for part in (form, *lines):
            for name in part.changed_data:
                text = part[name].data
                if isinstance(text, str) and text:
                    found.append((f"{whose} {part[name].label}".strip(), text))
    return found


def summaries(forms: Sequence[Any]) -> list[Summary]:
    """Return what each form holds, in its own words."""
    return [Summary(title=str(form.title), lines=form.summary()) for form in forms]
