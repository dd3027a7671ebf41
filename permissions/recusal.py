"""Whose household an officer must keep out of: his own and his relatives'.

It must not know any step; a recusal holds for every act on the household.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from permissions.models import Kinship, Officer
from permissions.models.appointments import Relation
from registry.models import Person
from registry.refusals import Grade, Refusal

# Comparables: 信访工作条例 bars staff with a direct interest; civil-affairs rules
# register officials' relatives. No Hunan text for this procedure was found.
OWN_SOURCE = "《信访工作条例》回避规定（参照）"
KIN_SOURCE = "民发〔2021〕57号近亲属备案制度（参照）"


class Bond(NamedTuple):
    """An officer's declaration that a household is a relative's."""

    officer_id: int
    officer_name: str
    household_id: int
    relation: str
    declared_on: date


def bonds(household_ids: Iterable[int]) -> list[Bond]:
    """Return what any officer declared about some households, in one statement."""
    rows = Kinship.objects.filter(household_id__in=list(household_ids))
    found = rows.values_list(
        "officer_id", "officer__full_name", "household_id", "relation", "declared_on"
    )
    return list(map(Bond._make, found))


def recusals(
    officer: Officer,
    household_ids: Iterable[int],
    on: date,
    *,
    known: Iterable[Bond] | None = None,
) -> dict[int, Refusal]:
    """Return why he may not act on each household barred to him.

    Two statements whatever the number of households: they ask for the officer's
    few bonds, not for the households. One less with the bonds of these households
    `known`.
    """
    asked = set(household_ids)
    declared = _declared(officer, on) if known is None else _of(officer, on, known)
    found = {
        household: _as_relative(Relation(relation))
        for household, relation in declared
        if household in asked
    }
    own = _own(officer, on) & asked
    return found | dict.fromkeys(own, _as_member())


def kin_of(officer: Officer, on: date) -> set[int]:
    """Return the households he is bound to: his own and the declared ones."""
    return _own(officer, on) | {household for household, _rel in _declared(officer, on)}


def declare(
    officer: Officer, household_id: int, *, relation: Relation, on: date
) -> Kinship:
    """Enter a household into the register of officials' relatives.

    Effects: one row; declaring again keeps the earlier date.
    """
    kinship, _created = Kinship.objects.get_or_create(
        officer=officer,
        household_id=household_id,
        defaults={"relation": relation, "declared_on": on},
    )
    return kinship


def _own(officer: Officer, on: date) -> set[int]:
    if not officer.id_index:
        return set()
    return set(
        Person.objects.filter(
            Q(left_on__isnull=True) | Q(left_on__gt=on),
            id_index=officer.id_index,
            joined_on__lte=on,
        ).values_list("household_id", flat=True)
    )


def _declared(officer: Officer, on: date) -> list[tuple[int, str]]:
    return list(
        Kinship.objects.filter(officer=officer, declared_on__lte=on).values_list(
            "household_id", "relation"
        )
    )


def _of(officer: Officer, on: date, known: Iterable[Bond]) -> list[tuple[int, str]]:
    mine = (bond for bond in known if bond.officer_id == officer.pk)
    return [
        (bond.household_id, bond.relation) for bond in mine if bond.declared_on <= on
    ]


def _as_member() -> Refusal:
    return Refusal(
        code="recusal_own_household",
        text=_("这是您本人的家庭，应当回避。"),
        source=OWN_SOURCE,
        grade=Grade.ASSUMED,
    )


def _as_relative(relation: Relation) -> Refusal:
    return Refusal(
        code="recusal_kin",
        text=_("您已申报这户是您的亲属（%(relation)s），应当回避。")
        % {"relation": relation.label},
        source=KIN_SOURCE,
        grade=Grade.ASSUMED,
    )
