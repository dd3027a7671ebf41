"""Entering households, one or a hundred thousand, in batches of constant statements.

The writing half of `changes.py` that makes rows; it must not know any procedure.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from registry.drafts import HouseholdDraft, MemberDraft
from registry.identity import blind_index, seal
from registry.kinship import Relation
from registry.models import Change, ChangeKind, Household, Person, Place
from registry.places import CODE_LENGTH, Level
from registry.recording import uncounted
from registry.refusals import HOUSE_RULE, Refusal
from registry.rows import add_rows
from registry.validity import checked_household

NUMBER_LENGTH = 16
# Values in one IN (…); SQLite's own limit lies at 32,766.
_CHUNK = 5000

Refusals = dict[int, list[Refusal]]


@transaction.atomic
def enter_households(
    drafts: Sequence[HouseholdDraft],
    *,
    on: date,
    by: AbstractBaseUser | None,
    reason: str = "",
) -> list[Household] | Refusals:
    """Enter all households, or none: then return the refusals by place in `drafts`.

    Refuses: what `checked_household` refuses, village_unknown, number_shape,
    number_taken, number_exhausted, person_present.
    Effects: households, persons, one Change per household.
    """
    checked = [checked_household(draft, on=on) for draft in drafts]
    refused = {n: c for n, c in enumerate(checked) if isinstance(c, list)}
    good = {n: c for n, c in enumerate(checked) if isinstance(c, HouseholdDraft)}
    for found in (_unplaced(good, on), _present_elsewhere(good)):
        for n, refusals in found.items():
            refused.setdefault(n, []).extend(refusals)
    if refused:
        return refused
    numbers = _numbers(good)
    if isinstance(numbers, dict):
        return numbers
    return _write(list(good.values()), numbers, on=on, by=by, reason=reason)


def new_person(household: Household, draft: MemberDraft, on: date) -> Person:
    """Return the unsaved row of a checked member."""
    if draft.birth is None:
        raise TypeError(draft.name)
    number = draft.id_number
    return Person(
        household=household,
        name=draft.name,
        relation=draft.relation,
        sex=draft.sex,
        birth=draft.birth,
        id_cipher=seal(number),
        id_index=blind_index(number) if number else "",
        nationality=draft.nationality,
        education=draft.education,
        student_status=draft.student_status,
        health=list(draft.health),
        labour=draft.labour,
        joined_on=on,
    )


def present_elsewhere(id_numbers: Iterable[str]) -> dict[str, str]:
    """Return ID number -> name of the village where that person is present now."""
    by_index = {blind_index(number): number for number in id_numbers if number}
    found = {}
    for chunk in _chunks(list(by_index)):
        rows = Person.objects.filter(id_index__in=chunk, left_on=None)
        for index, village in rows.values_list(
            "id_index", "household__place__name"
        ).order_by():
            found[by_index[index]] = village
    return found


def person_present(name: str, village: str) -> Refusal:
    """Return the refusal for somebody who is a member of another household."""
    return _refuse(
        "person_present",
        _("%(name)s已登记在%(village)s的另一户中，须先办理减少")
        % {"name": name, "village": village},
    )


def villages_on(codes: Collection[str], on: date) -> set[str]:
    """Return which of the codes are villages on that day, locked.

    Two clerks entering in one village at once so get different numbers.
    """
    return set(
        Place.objects.select_for_update(no_key=True)
        .filter(pk__in=codes, level=Level.VILLAGE, valid_from__lte=on)
        .filter(Q(valid_to=None) | Q(valid_to__gte=on))
        .values_list("pk", flat=True)
    )


def village_unknown(code: str) -> Refusal:
    """Return the refusal for a code that is no village on the day."""
    text = _("区划代码%(code)s在该日期不是有效的村") % {"code": code}
    return _refuse("village_unknown", text)


def is_number_of(village: str, number: str) -> bool:
    """Return whether a household number is one the village gives out."""
    digits = number.isascii() and number.isdigit()
    return digits and len(number) == NUMBER_LENGTH and number.startswith(village)


def _unplaced(drafts: dict[int, HouseholdDraft], on: date) -> Refusals:
    villages = villages_on({d.village for d in drafts.values()}, on)
    return {
        n: [village_unknown(d.village)]
        for n, d in drafts.items()
        if d.village not in villages
    }


def _present_elsewhere(drafts: dict[int, HouseholdDraft]) -> Refusals:
    members = [(n, m) for n, d in drafts.items() for m in d.members if m.id_number]
    present = present_elsewhere(m.id_number for _n, m in members)
    refused: Refusals = defaultdict(list)
    owner: dict[str, int] = {}
    for n, member in members:
        number = member.id_number
        if number in present:
            refused[n].append(person_present(member.name, present[number]))
        elif owner.setdefault(number, n) != n:
            text = _("%(name)s同时填在另一户中") % {"name": member.name}
            refused[n].append(_refuse("person_present", text))
    return refused


def _numbers(drafts: dict[int, HouseholdDraft]) -> list[str] | Refusals:
    """Return the household numbers: as given, else the next free of the village."""
    given = [d.number for d in drafts.values() if d.number]
    taken = {
        number
        for chunk in _chunks(given)
        for number in Household.objects.filter(number__in=chunk).values_list(
            "number", flat=True
        )
    }
    last = _last_numbers({d.village for d in drafts.values()})
    numbers, refused = [], {}
    for n, draft in drafts.items():
        number = draft.number or _next_number(draft.village, last, taken)
        wrong = _number_wrong(number, draft.village, taken)
        if wrong:
            refused[n] = [wrong]
        taken.add(number)
        numbers.append(number)
    return refused or numbers


def _last_numbers(villages: set[str]) -> dict[str, int]:
    """Return the last number given out per village code.

    A household keeps its number when it moves, so its place says nothing of it.
    """
    if not villages:
        return {}
    low, high = min(villages), str(int(max(villages)) + 1)
    rows = (
        Household.objects.filter(number__gte=low, number__lt=high)
        .order_by()
        .annotate(village=Left("number", CODE_LENGTH))
        .values_list("village")
        .annotate(last=Max("number"))
    )
    return {village: int(number[-4:]) for village, number in rows}


def _next_number(village: str, last: dict[str, int], taken: set[str]) -> str:
    while True:
        last[village] = last.get(village, 0) + 1
        number = f"{village}{last[village]:04d}"
        if number not in taken:
            return number


def _number_wrong(number: str, village: str, taken: set[str]) -> Refusal | None:
    if len(number) > NUMBER_LENGTH and number[len(village) :].isdigit():
        return _refuse("number_exhausted", _("本村户编号已用完"))
    if not is_number_of(village, number):
        return _refuse("number_shape", _("户编号应为村代码加4位顺序号"))
    if number in taken:
        text = _("户编号%(number)s已被使用") % {"number": number}
        return _refuse("number_taken", text)
    return None


def _write(
    drafts: list[HouseholdDraft],
    numbers: list[str],
    *,
    on: date,
    by: AbstractBaseUser | None,
    reason: str,
) -> list[Household]:
    households = Household.objects.bulk_create(
        [_new_household(d, n, on) for d, n in zip(drafts, numbers, strict=True)]
    )
    pairs = list(zip(households, drafts, strict=True))
    add_rows([new_person(h, m, on) for h, d in pairs for m in d.members])
    add_rows(
        [
            Change(
                household=h,
                on=on,
                kind=ChangeKind.ENTERED,
                after={"number": h.number, "size": h.size, "head_name": h.head_name},
                reason=reason,
                by_id=by.pk if by else None,
            )
            for h in households
        ]
    )
    uncounted(home.place_id for home in households)
    return households


def _new_household(draft: HouseholdDraft, number: str, on: date) -> Household:
    head = next(m for m in draft.members if m.relation == Relation.HEAD)
    return Household(
        number=number,
        place_id=draft.village,
        group=draft.group,
        attribute=draft.attribute,
        main_cause=draft.main_cause,
        other_causes=list(draft.other_causes),
        housing_grade=draft.housing_grade,
        water_safe=draft.water_safe,
        farmland_mu=draft.farmland_mu,
        phone_cipher=seal(draft.phone),
        since=on,
        size=len(draft.members),
        head_name=head.name,
    )


def _chunks(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
