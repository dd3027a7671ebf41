"""The parts of a rulebook: one value, one step rule, and how each is read.

Knows units and types; knows no procedure by name, no step and no database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from registry.refusals import Grade, marked
from workflows.strict_table import LawError, StrictTable, whole

Raw = int | bool | str | Fraction | tuple[str, ...] | Mapping[str, int]


class Unit(StrEnum):
    """What a value counts; the unit decides which type is accepted."""

    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    PEOPLE = "people"
    LITRE = "litre"
    MINUTE = "minute"
    METRE = "metre"
    FRACTION = "fraction"
    YUAN_BY_YEAR = "yuan_by_year"
    FLAG = "flag"
    WORDS = "words"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One figure of the law with its unit, source, article and grade."""

    key: str
    value: Raw
    unit: Unit
    source: str
    article: str
    grade: Grade
    note: str

    @property
    def cited(self) -> str:
        """Return the article as it is shown, with its mark when assumed."""
        return marked(self.article, self.grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """What a rulebook says about one step; the deadline has its own source."""

    step: str
    required: bool
    law: str
    source: str
    grade: Grade
    note: str
    days_due: int | None
    days_due_unit: Unit
    days_due_source: str
    days_due_grade: Grade

    @property
    def cited(self) -> str:
        """Return the law as it is shown, with its mark when assumed."""
        return marked(self.law, self.grade)


def read_value(key: str, table: StrictTable) -> Value:
    """Return the value a table describes.

    Raises: LawError.
    """
    unit = table.choice("unit", Unit)
    value = Value(
        key=key,
        value=_typed(table.key("value"), table.raw("value"), unit),
        unit=unit,
        source=table.text("source"),
        article=table.text("article"),
        grade=table.choice("grade", Grade),
        note=table.text("note", ""),
    )
    table.close()
    return value


def read_step(name: str, table: StrictTable) -> StepRule:
    """Return the step rule a table describes; a deadline needs its own source.

    Raises: LawError.
    """
    timed = table.has("days_due")
    rule = StepRule(
        step=name,
        required=table.flag("required"),
        law=table.text("law"),
        source=table.text("source"),
        grade=table.choice("grade", Grade),
        note=table.text("note", ""),
        days_due=table.whole("days_due") if timed else None,
        days_due_unit=Unit.CALENDAR_DAY,
        days_due_source=table.text("days_due_source") if timed else "",
        days_due_grade=table.choice("days_due_grade", Grade)
        if timed
        else Grade.ASSUMED,
    )
    table.close()
    return rule


def _typed(key: str, found: object, unit: Unit) -> Raw:
    reader = _READERS.get(unit, whole)
    return reader(key, found)


def _flag(key: str, found: object) -> bool:
    if not isinstance(found, bool):
        raise LawError(key, "not true or false")
    return found


def _text(key: str, found: object) -> str:
    if not isinstance(found, str) or not found:
        raise LawError(key, "not a text")
    return found


def _fraction(key: str, found: object) -> Fraction:
    """Read "2/3"; a decimal number would not be exact."""
    upper, slash, lower = found.partition("/") if isinstance(found, str) else ("",) * 3
    if not (slash and upper.isdecimal() and lower.isdecimal() and int(lower)):
        raise LawError(key, 'not a fraction such as "2/3"')
    if int(upper) > int(lower):
        raise LawError(key, "more than the whole")
    return Fraction(int(upper), int(lower))


def _words(key: str, found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(w, str) and w for w in found):
        raise LawError(key, "not a list of words")
    if len(set(found)) != len(found):
        raise LawError(key, "a word twice")
    return tuple(found)


def _yearly(key: str, found: object) -> Mapping[str, int]:
    if not isinstance(found, dict) or not found:
        raise LawError(key, "not a table of years")
    for year in found:
        if not (year.isdecimal() and len(year) == len("2016")):
            raise LawError(f"{key}.{year}", "not a year")
    return MappingProxyType(
        {year: whole(f"{key}.{year}", amount) for year, amount in found.items()}
    )


_READERS: Mapping[Unit, Callable[[str, object], Raw]] = {
    Unit.FLAG: _flag,
    Unit.TEXT: _text,
    Unit.FRACTION: _fraction,
    Unit.WORDS: _words,
    Unit.YUAN_BY_YEAR: _yearly,
}
