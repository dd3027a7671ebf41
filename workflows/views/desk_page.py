"""What a page about a batch shows: its steps, its households, its papers.

Reads only, in a constant number of statements; knows no step by name.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from notices import kinds
from notices.models import Paper, PaperState, Photo
from notices.scans import waiting
from registry.refusals import Refusal
from workflows.judge import PASS, Verdict
from workflows.machine import Step
from workflows.models import Batch, Case, Entry
from workflows.procedure import Procedure, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One step on the line of a procedure."""

    title: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A paper the step needs: printed already, or still to be printed.

    Attributes:
        issued: how many are in force for this list.
        returned: how many of those have come back signed.
    """

    kind: str
    title: str
    paper: Paper | None = None
    issued: int = 0
    returned: int = 0

    @property
    def returns(self) -> bool:
        """Return whether this kind comes back signed."""
        return self.kind in waiting.RETURNING


@dataclass(kw_only=True)
class Row:
    """One household at a desk."""

    number: int
    case: Case
    facts: Any = None
    form: Any = None
    earlier: str = ""
    verdict: Verdict = PASS
    missing: Sequence[Refusal] = ()
    refused: Sequence[Refusal] = ()
    pages: Sequence[Any] = ()
    photos: list[Photo] = field(default_factory=list)


def marks(batch: Batch, procedure: Procedure, *, today: date) -> list[Mark]:
    """Return the line of steps with what was done when."""
    done = dict(
        Entry.objects.filter(case__batch=batch, act=Entry.Act.PASS)
        .order_by()
        .values_list("step")
        .annotate(Max("at"))
    )
    rulebook = batch.bound_rulebook
    names = [step.name for step in procedure.steps]
    here = names.index(batch.step) if batch.step else len(names)
    line = []
    for place, step in enumerate(procedure.steps):
        if not rulebook.requires(step.name):
            line.append(Mark(title=str(step.title), state="skipped", note=_("不需要")))
        elif place < here:
            line.append(
                Mark(
                    title=str(step.title), state="done", note=_day(done.get(step.name))
                )
            )
        elif place == here:
            line.append(
                Mark(title=str(step.title), state="now", note=_due(batch, today))
            )
        else:
            line.append(Mark(title=str(step.title), state="todo"))
    return line


def _day(moment: Any) -> str:
    if moment is None:
        return ""
    return date_format(timezone.localtime(moment).date(), _("n月j日"))


def _due(batch: Batch, today: date) -> str:
    last = batch.clock_until or batch.due
    if last is None:
        return ""
    if last == today:
        return _("今天到期")
    return _("%(day)s截止") % {"day": date_format(last, _("n月j日"))}


def photos_by_about(abouts: Sequence[str]) -> dict[str, list[Photo]]:
    """Return the photos of many subjects, in one statement."""
    found: dict[str, list[Photo]] = {}
    for photo in Photo.objects.filter(about__in=abouts).order_by("pk"):
        found.setdefault(photo.about, []).append(photo)
    return found


def whole_facts(
    procedure: Procedure, cases: Sequence[Case], step: Step, *, today: date
) -> Mapping[int, Any]:
    """Return all facts of these cases: what the gates of any step read, at this step.

    The statements are as many for one case as for five hundred.
    """
    if not cases:
        return {}
    record = whole_record(procedure, cases[0].batch, cases, step)
    rulebook = cases[0].batch.bound_rulebook
    return procedure.facts(record, rulebook=rulebook, today=today)


def whole_record(
    procedure: Procedure, batch: Batch, cases: Sequence[Case], step: Step
) -> Record:
    """Return the record of a list, to be asked what the gates of any step ask."""
    gates = tuple({gate: None for one in procedure.steps for gate in one.gates})
    return procedure.record(batch, cases, replace(step, gates=gates))


def rows_of(
    cases: Sequence[Case],
    *,
    facts: Mapping[int, Any],
    missing: Mapping[int, Sequence[Refusal]],
    verdicts: Mapping[int, Verdict],
) -> list[Row]:
    """Return the table of households, photos and verdicts in place."""
    photos = photos_by_about([case.about for case in cases])
    return [
        Row(
            number=number,
            case=case,
            facts=facts.get(case.pk),
            missing=missing.get(case.pk, ()),
            verdict=verdicts.get(case.pk, PASS),
            photos=photos.get(case.about, []),
        )
        for number, case in enumerate(cases, start=1)
    ]


def papers_of(batch: Batch, cases: Sequence[Case]) -> list[Paper]:
    """Return the papers in force of a list and of its households, newest first."""
    abouts = [batch.about, *(case.about for case in cases)]
    own = Q(about__in=abouts) | Q(about__startswith=f"{batch.about}/")
    papers = Paper.objects.filter(own, state=PaperState.ISSUED)
    return list(papers.select_related("household").order_by("-issued_at", "code"))


def sheets(step: Step, papers: Sequence[Paper]) -> list[Sheet]:
    """Return the sheets to be printed and signed before the act."""
    here = [p for p in reversed(papers) if p.about.split("/")[2:3] in ([], [step.name])]
    issued = {paper.kind: paper for paper in here}
    number = Counter(paper.kind for paper in here)
    wanted = [paper.about for paper in here if paper.kind in step.forms]
    returned = waiting.returned(wanted) if wanted else {}
    return [
        Sheet(
            kind=code,
            title=kinds.named(code).label,
            paper=issued.get(code),
            issued=number[code],
            returned=returned.get(code, 0),
        )
        for code in step.forms
    ]


def people(cases: Sequence[Case]) -> int:
    """Return how many persons live in the households of a list."""
    return sum(case.household.size for case in cases if case.household)


def shared(rows: Sequence[Row]) -> list[Refusal]:
    """Take out of the rows what all of them lack, and return it, to be said once."""
    if len(rows) <= 1:
        return []
    said = {_same(one): one for one in rows[0].missing}
    for row in rows[1:]:
        here = {_same(one) for one in row.missing}
        said = {key: one for key, one in said.items() if key in here}
    for row in rows:
        row.missing = [one for one in row.missing if _same(one) not in said]
    return list(said.values())


def _same(refusal: Refusal) -> tuple[str, str, str]:
    return refusal.code, str(refusal.text), str(refusal.source)
