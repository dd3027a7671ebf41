"""The figures of a place: one bag of numbers that adds up from village to prefecture.

Knows the code lists of the register; must not know the database.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from registry.codes import (
    Attribute,
    Cause,
    Health,
    HousingGrade,
    Labour,
    Sex,
    Standing,
)

# What is counted of households, and of the persons in them.
HOUSEHOLDS, PERSONS = "households", "persons"
MEASURES = (
    HOUSEHOLDS,
    PERSONS,
    "women",
    "labourers",
    "students",
    "chronic",
    "serious",
    "disabled",
)
# Those on record (建档立卡户): removed ones and those never registered are no part of it.
ON_RECORD = (Standing.REGISTERED, Standing.EXITED)
# Dimensions by which households on record are told apart, with the values of each.
DIMENSIONS: dict[str, Sequence[str]] = {
    "attribute": Attribute.values,
    "main_cause": Cause.values,
    "housing_grade": HousingGrade.values,
    "water_safe": ("yes", "no"),
    "size": ("1", "2", "3", "4", "5", "6", "7"),
}
# Dimensions by which the persons in them are told apart; illness in sums only.
PERSON_DIMENSIONS: dict[str, Sequence[str]] = {
    "labour": Labour.values,
    "health": Health.values,
}
UNSTATED = ""
_LARGEST = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the figures ask of one household."""

    status: str
    attribute: str
    main_cause: str
    housing_grade: str
    water_safe: bool | None
    # sex, labour, student status, health of each member
    members: Sequence[tuple[str, str, str, Sequence[str]]]


@dataclass(slots=True)
class Figures:
    """Numbers by "dimension/value/measure"; a missing key is nought."""

    numbers: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, homes: Iterable[Home]) -> "Figures":
        """Return the figures of some households."""
        found = cls()
        for home in homes:
            found.count(home)
        return found

    def to_store(self) -> dict[str, int]:
        """Return how a table keeps them: in order, without zeros."""
        return {key: n for key, n in sorted(self.numbers.items()) if n}

    def add(self, numbers: Mapping[str, int]) -> None:
        """Add the numbers of another place, as it keeps them."""
        self.numbers.update(numbers)

    def count(self, home: Home) -> None:
        """Add one household."""
        numbers = self.numbers
        for measure, number in _measures(home).items():
            if number:
                numbers[f"status/{home.status}/{measure}"] += number
        if home.status not in ON_RECORD:
            return
        people = len(home.members)
        for dimension, value in _values(home):
            numbers[f"{dimension}/{value}/{HOUSEHOLDS}"] += 1
            numbers[f"{dimension}/{value}/{PERSONS}"] += people
        for _sex, labour, _student, health in home.members:
            numbers[f"labour/{labour}/{PERSONS}"] += 1
            for one in health or (UNSTATED,):
                numbers[f"health/{one}/{PERSONS}"] += 1

    def number(self, dimension: str, value: str, measure: str = HOUSEHOLDS) -> int:
        """Return one number."""
        return self.numbers[f"{dimension}/{value}/{measure}"]

    def on_record(self, measure: str) -> int:
        """Return a measure of all households on record."""
        return sum(self.number("status", one, measure) for one in ON_RECORD)


def _measures(home: Home) -> dict[str, int]:
    healths = [health for _s, _l, _st, health in home.members]
    works = {one.value for one in Labour if one.works}
    return {
        HOUSEHOLDS: 1,
        PERSONS: len(home.members),
        "women": sum(sex == Sex.FEMALE for sex, *_rest in home.members),
        "labourers": sum(labour in works for _s, labour, *_rest in home.members),
        "students": sum(bool(student) for _s, _l, student, _h in home.members),
        "chronic": sum(Health.CHRONIC in health for health in healths),
        "serious": sum(Health.SERIOUS in health for health in healths),
        "disabled": sum(Health.DISABLED in health for health in healths),
    }


def _values(home: Home) -> list[tuple[str, str]]:
    water = {True: "yes", False: "no", None: UNSTATED}[home.water_safe]
    return [
        ("attribute", home.attribute),
        ("main_cause", home.main_cause),
        ("housing_grade", home.housing_grade),
        ("water_safe", water),
        ("size", str(min(len(home.members), _LARGEST))),
    ]
