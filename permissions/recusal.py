"""Whose household an officer must keep out of: his own and his relatives'.

It must not know any step; a recusal holds for every act on the household.
"""

from collections.abc import Iterable
from datetime import date

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


def recusals(
    officer: Officer, household_ids: Iterable[int], on: date
) -> dict[int, Refusal]:
    """Return why he may not act on each household barred to him.

    Two statements whatever the number of households: they ask for the officer's
    few bonds, not for the households.
    """
    asked = set(household_ids)
    found = {
        household: _as_relative(Relation(relation))
        for household, relation in _declared(officer, on)
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
