"""Loads reported changes of families with what the register says of their persons.

Knows these tables; no gate. Six statements, whatever the length of the list.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from procedures.change_facts import ChangedFacts, ChangeFacts
from procedures.load.request import Fields, Request, home_of
from procedures.models import ChangedPerson, FamilyChange, FamilyEvent, Part
from registry.models import Person
from workflows.models import Case
from workflows.procedure import named


@dataclass(slots=True, kw_only=True)
class Around:
    """What stands beside the changes of a list.

    Attributes:
        members: household -> its present members.
        elsewhere: blind index -> village where that number is a member now.
        reported: person pk or blind index -> lists that change him, by case.
        busy: household -> what is under way about it, by case.
    """

    members: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    elsewhere: dict[str, str] = field(default_factory=dict)
    reported: list[tuple[int | str, int, str]] = field(default_factory=list)
    busy: list[tuple[int, int, str]] = field(default_factory=list)


def family_changes(request: Request) -> dict[int, Fields]:
    """Return each case's reported change."""
    rows = request.filed.family_changes
    if not rows:
        return {}
    around = _around(rows, request)
    cases = {case.pk: case for case in request.cases}
    return {
        row.case_id: {"change": _change(row, cases[row.case_id], around)}
        for row in rows
    }


def _around(rows: Iterable[FamilyChange], request: Request) -> Around:
    around = Around()
    present = Person.objects.filter(left_on=None)
    homes = present.filter(household__in=request.household_ids).order_by()
    for home, pk in homes.values_list("household_id", "pk"):
        around.members[home].add(pk)
    persons = [person for row in rows for person in row.persons.all()]
    indexes = {p.id_index for p in persons if p.id_index}
    if indexes:
        found = present.filter(id_index__in=indexes).order_by()
        around.elsewhere = dict(found.values_list("id_index", "household__place__name"))
    around.reported = list(_reported(persons, indexes))
    others = [row.other_id for row in rows if row.other_id]
    around.busy = list(_busy([*request.household_ids, *others]))
    return around


def _reported(
    persons: Iterable[ChangedPerson], indexes: set[str]
) -> Iterable[tuple[int | str, int, str]]:
    pks = {p.person_id for p in persons if p.person_id}
    rows = (
        ChangedPerson.objects.filter(Q(person__in=pks) | Q(id_index__in=indexes))
        .filter(change__case__closed_on=None)
        .exclude(part=Part.STAYS)
        .values_list(
            "person_id",
            "id_index",
            "change__case_id",
            "change__case__batch__number",
        )
        .order_by("pk")
    )
    for person, index, case, number in rows:
        yield person or index, case, number


def _busy(households: Iterable[int]) -> Iterable[tuple[int, int, str]]:
    rows = Case.objects.filter(household__in=households, closed_on=None).order_by("pk")
    for home, case, slug in rows.values_list("household_id", "pk", "procedure"):
        yield home, case, str(named(slug).title)


def _change(row: FamilyChange, case: Case, around: Around) -> ChangeFacts:
    home, other = home_of(case), row.other
    concerned = {home.pk, row.other_id}
    return ChangeFacts(
        event=row.event,
        label=str(FamilyEvent(row.event).label),
        shape=row.shape.value,
        happened_on=row.happened_on,
        since=home.since,
        evidence=row.evidence,
        photographed=row.photo_id is not None,
        persons=tuple(_person(p, case, around) for p in row.persons.all()),
        members=frozenset(around.members[home.pk]),
        busy=tuple(
            dict.fromkeys(
                title
                for home_pk, case_pk, title in around.busy
                if home_pk in concerned and case_pk != case.pk
            )
        ),
        target_open=other.until is None if other else None,
        same_standing=other.status == home.status if other else None,
        target=_target(row),
    )


def _target(row: FamilyChange) -> str:
    if row.other:
        return row.other.head_name
    return f"{row.village.name}{row.group}" if row.village else ""


def _person(row: ChangedPerson, case: Case, around: Around) -> ChangedFacts:
    member = row.person
    reported = tuple(
        number
        for key, case_pk, number in around.reported
        if case_pk != case.pk and key in {row.person_id, row.id_index or None}
    )
    return ChangedFacts(
        part=row.part,
        name=member.name if member else row.name,
        pk=row.person_id,
        was=member.relation if member else "",
        relation=row.relation,
        birth=member.birth if member else row.birth,
        joined_on=member.joined_on if member else None,
        left=member is not None and member.left_on is not None,
        numbered=bool(row.id_index),
        elsewhere=around.elsewhere.get(row.id_index, "") if row.id_index else "",
        reported=() if row.part == Part.STAYS else reported,
    )
