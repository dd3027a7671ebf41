"""The year's values judged: small pure functions, one per rule of Q41 and Q42.

They take values as read, and must not know rows or cells.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from registry.sheets.rules.of_families import FARTHEST_ROAD, LARGEST_WAGE, LEAST_WAGE
from registry.sheets.rules.rule import Fault

# Column -> value; what is empty on the sheet is not in it.
Values = Mapping[str, Any]
Check = Callable[[Values], Iterator[Fault]]

LAND: Final = (
    "farmland",
    "water_area",
    "reforested",
    "orchard",
    "pasture",
    "forest",
)


def schooling(person: Values) -> Iterator[Fault]:
    """A person has schooling behind or before him."""
    if not person.get("education") and not person.get("student_status"):
        yield Fault("schooling_neither", "education")


def work(person: Values) -> Iterator[Fault]:
    """Who works away does so somewhere and for some months."""
    months, place = person.get("work_months"), person.get("work_place")
    if months and not place:
        yield Fault("work_without_place", "work_months")
    if place and not months:
        yield Fault("place_without_work", "work_place")


def medical(person: Values) -> Iterator[Fault]:
    """One of the two medical insurances, not both."""
    match person.get("resident_medical"), person.get("employee_medical"):
        case True, True:
            yield Fault("medical_both", "employee_medical")
        case False, False:
            yield Fault("medical_none", "resident_medical")


def land(household: Values) -> Iterator[Fault]:
    """All six areas are filled in when one is; none is written 0."""
    given = [name for name in LAND if household.get(name) is not None]
    if given and len(given) < len(LAND):
        missing = next(name for name in LAND if household.get(name) is None)
        yield Fault("land_missing", missing)


def road(household: Values) -> Iterator[Fault]:
    """No household lives farther from the village road than that, or says why."""
    if _number(household, "road_distance") > FARTHEST_ROAD:
        yield Fault("road_far", "road_distance", {"most": FARTHEST_ROAD})


def cost(household: Values) -> Iterator[Fault]:
    """Operating income has its cost."""
    earned = _number(household, "operating_income")
    if earned > 0 and not _number(household, "operating_cost"):
        yield Fault("cost_missing", "operating_income")


def ecology(household: Values) -> Iterator[Fault]:
    """Ecological compensation is paid for reforested land."""
    paid = _number(household, "ecology_money")
    if paid > 0 and not _number(household, "reforested"):
        yield Fault("ecology_without_land", "ecology_money")


def wage(household: Values) -> Iterator[Fault]:
    """A year's wages are neither a month's nor a director's, or it is said why."""
    earned = _number(household, "wage_income")
    if 0 < earned < LEAST_WAGE:
        yield Fault("wage_small", "wage_income", {"most": LEAST_WAGE})
    if earned > LARGEST_WAGE:
        yield Fault("wage_large", "wage_income", {"most": LARGEST_WAGE})


def reforested(household: Values) -> Iterator[Fault]:
    """What was reforested is forest or pasture now."""
    if "reforested" not in household:
        return
    room = _number(household, "forest") + _number(household, "pasture")
    if _number(household, "reforested") > room:
        yield Fault("reforested_large", "reforested")


OF_PERSON: Final[tuple[Check, ...]] = (schooling, work, medical)
OF_HOUSEHOLD: Final[tuple[Check, ...]] = (land, road, cost, ecology, wage, reforested)


def _number(values: Values, name: str) -> Decimal:
    return values.get(name) or Decimal(0)
