"""Which households a round asks about: places and groups, as they stand now.

Must not write, nor know who asks.
"""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from registry.codes import Standing
from registry.models import Household
from registry.places import span
from workflows.models import Case, ComparisonRound
from workflows.models.rounds import APPLICANTS

GROUPS = (*Standing.values, APPLICANTS)


def households_of(areas: Sequence[str], groups: Sequence[str]) -> QuerySet[Household]:
    """Return the open households of some places that belong to one of the groups."""
    where = Q(pk__in=())
    for code in areas:
        low, high = span(code)
        where |= Q(place_id__gte=low, place_id__lt=high)
    who = Q(status__in=[group for group in groups if group in Standing.values])
    if APPLICANTS in groups:
        applying = Case.objects.filter(closed_on=None, household__isnull=False)
        who |= Q(pk__in=applying.values("household_id"))
    return Household.objects.filter(where, who, until=None)


def asked(round_: ComparisonRound) -> QuerySet[Household]:
    """Return the households a round did ask about, once its lists are written."""
    return Household.objects.filter(
        pk__in=round_.asked.values("household_id"), until=None
    )
