"""Checked entries into the register: a village all or nothing, each village by itself.

Writes by the register's own verbs (`enter_households`, `correct_member`, `keep_years`
…). A killed worker loses the village it was at; the next one goes on with the rest. It
must not know who may accept; callers ask that, and again before they call.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TypedDict

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from registry.changes import (
    add_member,
    change_head,
    correct_household,
    correct_member,
    enter_households,
    set_standing,
)
from registry.codes import Standing
from registry.models import (
    Household,
    ImportFinding,
    ImportRun,
    ImportVillage,
    Person,
    RunState,
    VillageState,
)
from registry.refusals import HOUSE_RULE, Refusal
from registry.sheets.entries import Entry, unpacked
from registry.sheets.plan import Plan
from registry.sheets.plans import planned
from registry.sheets.rules import Level
from registry.sheets.runs import clear
from registry.years import YearOf, keep_years

logger = logging.getLogger(__name__)

_LONGEST_EXPLANATION = 150


class Overtaken(Exception):
    """The register is not as it was when the village was checked."""


class _Told(TypedDict):
    on: date
    by: AbstractBaseUser | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """How the rows of a village are written: as of when, by whom, with what reasons."""

    run: ImportRun
    on: date
    by: AbstractBaseUser | None
    explained: Mapping[tuple[str, int], str]

    def reason(self, at: tuple[str, int] | None = None) -> str:
        """Return the reason of a change; with what was explained about its row."""
        # Kept in the register, so in Chinese whoever reads.
        said = f"表格导入 {self.run.digest[:8]}"
        more = self.explained.get(at, "") if at else ""
        return f"{said}：{more}"[:200] if more else said

    def told(self, at: tuple[str, int] | None = None) -> "_Told":
        """Return the arguments every verb of the register takes."""
        return _Told(on=self.on, by=self.by, reason=self.reason(at))


def explain(run: ImportRun, rule: str, text: str) -> int:
    """Write down why the rows of a rule are right; return how many there are."""
    rows = run.findings.filter(rule=rule, level=Level.EXPLAIN)
    return rows.update(explanation=text.strip()[:_LONGEST_EXPLANATION])


def unexplained(run: ImportRun) -> set[str]:
    """Return the villages with rows that still have to be explained."""
    rows = run.findings.filter(level=Level.EXPLAIN, explanation="")
    return set(rows.values_list("village_id", flat=True))


@transaction.atomic
def choose(
    run: ImportRun, villages: Collection[str], *, by: AbstractBaseUser
) -> list[Refusal]:
    """Settle on what is to be written; the writing itself is `write_chosen`.

    Refuses: import_not_checked, village_none, village_faulty, explanation_missing.
    Effects: state of the import and of its villages.
    """
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.CHECKED:
        return [_refuse("import_not_checked", _("这次导入现在不能确认"))]
    rows = run.villages.filter(place_id__in=villages)
    ready = rows.filter(state=VillageState.READY)
    if not villages:
        return [_refuse("village_none", _("请选择要导入的村"))]
    if ready.count() < len(set(villages)):
        return [_refuse("village_faulty", _("有错误的村不能导入，请改正后重新上传"))]
    if unexplained(run) & set(villages):
        return [_refuse("explanation_missing", _("有须说明的行还没有说明"))]
    ready.update(state=VillageState.CHOSEN)
    run.state, run.accepted_by_id = RunState.ACCEPTING, by.pk
    run.done, run.total = 0, len(set(villages))
    run.save()
    return []


@transaction.atomic
def take_back(run: ImportRun) -> None:
    """Undo a choice whose maker may no longer make it; written villages stay."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.state == RunState.ACCEPTING:
        chosen = run.villages.filter(state=VillageState.CHOSEN)
        chosen.update(state=VillageState.READY)
        run.state, run.accepted_by = RunState.CHECKED, None
        run.save()


def write_chosen(run_id: int) -> int:
    """Write the villages chosen, one transaction each; return how many were written.

    Effects: households, persons, years, changes; the entries of a village written are
    deleted with it, those of all when the import is done.
    """
    run = ImportRun.objects.select_related("accepted_by").get(pk=run_id)
    written = 0
    chosen = run.villages.filter(state=VillageState.CHOSEN)
    for pk in list(chosen.values_list("pk", flat=True)):
        written += _write_village(run, pk)
        ImportRun.objects.filter(pk=run_id).update(
            done=run.villages.filter(state=VillageState.ACCEPTED).count(),
            touched_at=Now(),
        )
    _finish(run_id)
    return written


def _write_village(run: ImportRun, pk: int) -> bool:
    try:
        with transaction.atomic():
            village = ImportVillage.objects.select_for_update().get(pk=pk)
            if village.state != VillageState.CHOSEN:
                return False
            _write(run, village)
    except Overtaken:
        logger.warning("import %s: village %s was overtaken", run.pk, village.place_id)
        ImportVillage.objects.filter(pk=pk).update(state=VillageState.STALE)
        return False
    return True


def _write(run: ImportRun, village: ImportVillage) -> None:
    plan = planned(village.place_id, unpacked(bytes(village.entries)))
    if plan.barred or plan.digest != village.plan:
        raise Overtaken
    act = _Act(run=run, on=run.on, by=run.accepted_by, explained=_explained(village))
    for year, said in _years(_enter(plan, act), plan).items():
        keep_years(year, said, **act.told())
    _correct(plan, act)
    village.state, village.entries = VillageState.ACCEPTED, b""
    village.save()


def _enter(plan: Plan, act: _Act) -> list[tuple[int, YearOf]]:
    """Enter new households; return what is said of their year."""
    if not plan.new:
        return []
    drafts = [entry.draft for entry in plan.new]
    entered = enter_households(drafts, **act.told())
    if isinstance(entered, dict):
        raise Overtaken
    ids = [household.pk for household in entered]
    steps = {
        Standing.REGISTERED: [Standing.REGISTERED],
        Standing.EXITED: [Standing.REGISTERED, Standing.EXITED],
    }
    for standing in steps.get(Standing(act.run.standing), []):
        _must(set_standing(ids, standing, **act.told()))
    return _years_of_new(plan.new, entered)


def _years_of_new(
    entries: list[Entry], entered: list[Household]
) -> list[tuple[int, YearOf]]:
    persons = Person.objects.filter(household__in=entered).order_by(
        "household_id", "pk"
    )
    rows = persons.values_list("household_id", "pk")
    # Members were entered in the order of the draft.
    members = {
        household: [pk for _household, pk in found]
        for household, found in groupby(rows, key=lambda row: row[0])
    }
    return [
        (
            entry.year,
            YearOf(
                household_id=household.pk,
                values=entry.values,
                members={
                    pk: member.values
                    for pk, member in zip(
                        members[household.pk], entry.members, strict=True
                    )
                },
            ),
        )
        for entry, household in zip(entries, entered, strict=True)
    ]


def _years(new: list[tuple[int, YearOf]], plan: Plan) -> dict[int, list[YearOf]]:
    years = {year: list(said) for year, said in plan.years.items()}
    for year, said in new:
        years.setdefault(year, []).append(said)
    return years


def _correct(plan: Plan, act: _Act) -> None:
    """Put right what differs: households, then who is new, relations, members."""
    for one in plan.households:
        if isinstance(one.target, Household):
            _must(correct_household(one.target, one.columns, **act.told(one.at)))
    for relations in plan.relations:
        told = act.told(relations.at)
        _must(change_head(relations.household, relations.everyone, **told))
    for one in plan.members:
        if isinstance(one.target, Person):
            _must(correct_member(one.target, one.columns, **act.told(one.at)))
    for joining in plan.joining:
        told = act.told(joining.at)
        _must(add_member(joining.household, joining.draft, **told))


def _must(answer: object) -> None:
    """Raises: Overtaken when the register refuses what was checked."""
    if isinstance(answer, list) and answer:
        raise Overtaken


def _explained(village: ImportVillage) -> dict[tuple[str, int], str]:
    rows = ImportFinding.objects.filter(
        run=village.run_id, village=village.place_id, level=Level.EXPLAIN
    )
    return {(row.sheet, row.row): row.explanation for row in rows}


@transaction.atomic
def _finish(run_id: int) -> None:
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    if run.state != RunState.ACCEPTING:
        return
    if run.villages.filter(state=VillageState.CHOSEN).exists():
        return
    run.state, run.accepted_at = RunState.DONE, Now()
    clear(run)
    run.save()


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
