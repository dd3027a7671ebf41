"""Rehearsed changes of families: a child is born, unless the story tells otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from procedures.models import ChangedPerson, FamilyChange, FamilyEvent, Part
from procedures.rehearsal.scene import Scene
from registry.identity import blind_index, seal
from registry.kinship import Relation
from registry.models import Person
from workflows.models import Case

A_WEEK = timedelta(days=7)


def reports(scene: Scene) -> None:
    """A report with its evidence per household.

    Deviations: `event`, `happened_on`, `evidence`, `evidence_photo`, `other`,
    `village_id`, `group`, `persons` (part, relation and a member's name, or what a
    newcomer is).
    """
    FamilyChange.objects.filter(case__in=scene.cases).delete()
    made = FamilyChange.objects.bulk_create(_report(scene, c) for c in scene.cases)
    members = _members(scene)
    ChangedPerson.objects.bulk_create(
        _person(change, told, members[change.case_id])
        for change, case in zip(made, scene.cases, strict=True)
        for told in scene.of(case, "persons", [_newborn(scene, case)])
    )


def _report(scene: Scene, case: Case) -> FamilyChange:
    event = scene.of(case, "event", FamilyEvent.BIRTH)
    papers = scene.batch.bound_rulebook.words(f"evidence_{event}")
    wanted = scene.of(case, "evidence_photo", default=True)
    return FamilyChange(
        case=case,
        event=event,
        happened_on=scene.of(case, "happened_on", scene.today - A_WEEK),
        reporter=scene.of(case, "reporter", _head(case)),
        reporter_is="户主",
        evidence=scene.of(case, "evidence", papers[0]),
        evidence_number="演练〔2018〕1号",
        photo=scene.picture(wanted=wanted),
        other=scene.of(case, "other", None),
        village_id=scene.of(case, "village_id", None),
        group=scene.of(case, "group", ""),
        **scene.recorded,
    )


def _newborn(scene: Scene, case: Case) -> Mapping[str, Any]:
    born = scene.of(case, "happened_on", scene.today - A_WEEK)
    return {
        "part": Part.JOINS,
        "name": f"{_head(case)[:1]}小满",
        "relation": Relation.GRANDSON,
        "sex": "1",
        "birth": born,
    }


def _head(case: Case) -> str:
    return case.household.head_name if case.household else ""


def _members(scene: Scene) -> dict[int, dict[str, int]]:
    homes = {case.household_id: case.pk for case in scene.cases}
    found: dict[int, dict[str, int]] = {case.pk: {} for case in scene.cases}
    people = Person.objects.filter(household__in=homes, left_on=None)
    for home, name, pk in people.values_list("household_id", "name", "pk"):
        found[homes[home]][name] = pk
    return found


def _person(
    change: FamilyChange, told: Mapping[str, Any], members: Mapping[str, int]
) -> ChangedPerson:
    if told["part"] != Part.JOINS:
        return ChangedPerson(
            change=change,
            part=told["part"],
            person_id=members[told["name"]],
            relation=told.get("relation", ""),
        )
    columns = {key: value for key, value in told.items() if key != "id_number"}
    number = told.get("id_number", "")
    return ChangedPerson(
        change=change,
        id_cipher=seal(number) if number else "",
        id_index=blind_index(number) if number else "",
        **columns,
    )
