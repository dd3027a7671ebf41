"""Whom a comparison asks about: the members and declared kin of its households.

Knows the register; must not know for which department a list is made.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext, override

from registry.identity import unseal
from registry.kinship import Relation
from registry.models import DeclaredKin, Household, Person
from registry.models.kin import KinRelation

# Lists are Chinese, whatever language the officer reads.
CHINESE = "zh-hans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a list that goes out; the number is in clear, so never keep it."""

    household: str
    name: str
    id_number: str
    relation: str
    kin: bool


def listed(households: QuerySet[Household]) -> list[Listed]:
    """Return everybody of these households who has a number, household by household.

    Three statements; the numbers are unsealed here and nowhere else.
    """
    homes = households.order_by().values("pk")
    numbers = dict(households.values_list("pk", "number"))
    members = Person.objects.filter(household__in=homes, left_on=None)
    kin = DeclaredKin.objects.filter(household__in=homes, ended_on=None)
    columns = ("household_id", "name", "id_cipher", "relation")
    with override(CHINESE):
        found = [
            (home, False, name, sealed, str(Relation(relation).label))
            for home, name, sealed, relation in members.values_list(*columns)
            if sealed
        ]
        found += [
            (home, True, name, sealed, _kin_label(relation))
            for home, name, sealed, relation in kin.values_list(*columns)
        ]
    found.sort(key=lambda row: (numbers[row[0]], row[1]))
    return [
        Listed(
            household=numbers[home],
            name=name,
            id_number=unseal(sealed),
            relation=relation,
            kin=is_kin,
        )
        for home, is_kin, name, sealed, relation in found
    ]


def who_belongs(households: QuerySet[Household]) -> Mapping[int, str]:
    """Return per household a digest of who belongs to it now, declared kin included.

    Two comparisons of a household are about the same people when the digests agree.
    """
    homes = households.order_by().values("pk")
    members = Person.objects.filter(household__in=homes, left_on=None)
    kin = DeclaredKin.objects.filter(household__in=homes, ended_on=None)
    people: dict[int, list[str]] = defaultdict(list)
    for home, index, pk in members.values_list("household_id", "id_index", "pk"):
        # A newborn has no number yet; his row stands for him.
        people[home].append(index or f"#{pk}")
    for home, index in kin.values_list("household_id", "id_index"):
        people[home].append(index)
    return {home: _digest(indexes) for home, indexes in people.items()}


def _digest(indexes: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(indexes)).encode()).hexdigest()


def _kin_label(relation: str) -> str:
    return gettext("户外%(relation)s") % {"relation": KinRelation(relation).label}
