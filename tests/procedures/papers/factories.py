"""A village's list with every fact on record, bound to the rulebook of 2018."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from permissions.models import Appointment
from permissions.posts import Post
from procedures import papers
from procedures.models import Comparison, Hit, HitKind, Meeting
from procedures.record import Record
from procedures.rehearsal.rehearse import picture, rehearse, scenes_of
from registry import fictitious
from registry.models import Household, Place
from registry.places import Level, level_of, parent, path
from tests.permissions.factories import appointment, officer
from workflows.machine import Step
from workflows.models import Batch, Case, Entry, RulebookVersion
from workflows.procedure import Procedure, named
from workflows.rulebook import Rulebook

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2018, 11, 16, 10, 0, tzinfo=CHINA)
VILLAGE = "433124110226"
RULEBOOKS = Path(papers.__file__).parents[1] / "rulebooks"
IDENTIFICATION, EXIT = "household_identification", "household_exit"
REMOVAL = "household_removal"
CHANGE = "natural_change"
FIRST_YEAR = {CHANGE: 2014}
NAMES = {
    Level.PROVINCE: "湖南省",
    Level.PREFECTURE: "湘西土家族苗族自治州",
    Level.COUNTY: "花垣县",
    Level.TOWNSHIP: "双龙镇",
    Level.VILLAGE: "十八洞村",
}


@dataclass(frozen=True, kw_only=True)
class World:
    """A list on its way, and the officer who acts."""

    batch: Batch
    cases: list[Case]
    by: Appointment

    @property
    def procedure(self) -> Procedure:
        return named(self.batch.procedure)

    def drafts(
        self, kinds: Iterable[str], step: str, **changed: object
    ) -> list[papers.Draft]:
        """Return the drafts written at a step, for all households or some."""
        given = {"cases": self.cases, "by": self.by, "now": NOW, **changed}
        record = Record(self.batch, self.cases, self.procedure.step(step))
        return papers.write(list(kinds), record, **given)


def book(slug: str) -> Rulebook:
    """Return the rulebook that binds in 2018."""
    return Rulebook.from_toml(
        (RULEBOOKS / f"{slug}-hunan-{FIRST_YEAR.get(slug, 2017)}.toml").read_text(
            "utf-8"
        )
    )


def village() -> Place:
    """Return 十八洞村 with everything above it."""
    for code in path(VILLAGE):
        level = level_of(code)
        Place.objects.get_or_create(
            code=code,
            defaults={
                "name": NAMES[level],
                "level": level,
                "parent_id": parent(code),
                "valid_from": date(2000, 1, 1),
            },
        )
    return Place.objects.get(code=VILLAGE)


def world(slug: str = IDENTIFICATION, size: int = 3, *, facts: bool = True) -> World:
    """Return a list of so many households, with or without facts of every step."""
    place = village()
    homes = fictitious.bulk_enter(
        fictitious.households(place, size, seed=7), on=date(2014, 1, 1)
    )
    by = appointment(officer("吴晓兰"), Post.VILLAGE_COMMITTEE, VILLAGE)
    batch = batch_of(slug, place, by)
    made = World(batch=batch, cases=list(_cases(batch, homes)), by=by)
    if facts:
        record_all(made)
    return made


def batch_of(slug: str, place: Place, by: Appointment, *, round_: int = 1) -> Batch:
    """Return an open batch bound to the tests' rulebook."""
    rulebook = book(slug)
    version, _made = RulebookVersion.objects.get_or_create(
        digest=rulebook.digest,
        defaults={
            "slug": rulebook.slug,
            "procedure": slug,
            "title": rulebook.title,
            "text": rulebook.text,
        },
    )
    procedure = named(slug)
    return Batch.objects.create(
        flow_class=procedure.flow_class,
        procedure=slug,
        place=place,
        year=2018,
        round=round_,
        number=f"{slug}-{round_}",
        entry_step=procedure.steps[0].name,
        step=procedure.steps[0].name,
        rulebook=version,
        opened_by=by,
        opened_on=date(2018, 9, 3),
        step_since=date(2018, 9, 3),
    )


def _cases(batch: Batch, homes: Iterable[Household]) -> Iterable[Case]:
    return Case.objects.bulk_create(
        Case(
            procedure=batch.procedure,
            household=home,
            place=batch.place,
            batch=batch,
            opened_on=batch.opened_on,
        )
        for home in homes
    )


def record_all(made: World) -> None:
    """Record right facts at every step that has any; notices on walls are none."""
    photo = picture(made.batch, by=made.by, now=NOW)
    for step in made.procedure.steps:
        if scenes_of(made.batch.procedure, step.name) and not step.posts:
            made.batch.step = step.name
            rehearse(made.batch, by=made.by, now=NOW, photo=photo)
    if made.batch.procedure == IDENTIFICATION:
        _hit_everybody()


def _hit_everybody() -> None:
    rows = Comparison.objects.select_related("case__household")
    rows = rows.prefetch_related("case__household__members")
    Hit.objects.bulk_create(
        Hit(
            comparison=comparison,
            person=comparison.case.household.members.all()[0],
            kind=HitKind.VEHICLE,
            department="公安局车管所",
            detail="三轮车一辆",
            found_on=date(2018, 10, 20),
        )
        for comparison in rows
    )


def decide(
    made: World,
    case: Case,
    step: str,
    *,
    act: str = Entry.Act.PASS,
    reason: str = "",
    to: str = "",
) -> None:
    """Write the ledger line of a decision."""
    made.batch.length += 1
    Entry.objects.create(
        batch=made.batch,
        seq=made.batch.length,
        case=case,
        act=act,
        step=step,
        reason=reason,
        data={"to": to} if to else {},
        at=NOW,
        prev="",
        hash="",
    )


def meeting(made: World, step: str) -> Meeting:
    """Return the first meeting of a step."""
    return Meeting.objects.filter(batch=made.batch, step=step).order_by("pk")[0]


def written_at(slug: str) -> list[tuple[str, Step]]:
    """Return every kind a procedure writes, with the step it is written at."""
    found = []
    for before, step in zip(
        (None, *named(slug).steps), named(slug).steps, strict=False
    ):
        found += [(kind, step) for kind in (*step.forms, *step.papers)]
        if step.posts and before is not None:
            found.append((step.posts, before))
    refusal = named(slug).refusal_paper
    refused = [(refusal, named(slug).step("appraise"))] if refusal else []
    return found + refused
