"""How a ledger reads: the columns of its table, and what is broken down below it.

One definition for the page, the paper and the spreadsheet. Labels are Chinese in the
source; illness stands here in sums only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.codes import (
    Attribute,
    Cause,
    Health,
    HousingGrade,
    Labour,
    Standing,
)
from registry.ledgers.figures import HOUSEHOLDS, PERSONS, UNSTATED, Figures

_LARGEST = 7

# A value and its label, as Django's choices give them.
Choice = tuple[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what it is called and what it says of some figures.

    `aside` marks what a narrow screen leaves out.
    """

    label: Promise | str
    number: Callable[[Figures], int]
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One value of a breakdown; persons alone where households cannot be told apart."""

    label: str
    households: int | None
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """The households on record, or the persons in them, told apart by one code list."""

    title: Promise | str
    lines: tuple[Line, ...]

    @property
    def of_persons(self) -> bool:
        """Return whether persons are counted, and no households."""
        return all(line.households is None for line in self.lines)


def _on_record(measure: str) -> Callable[[Figures], int]:
    return lambda figures: figures.on_record(measure)


def _standing(standing: Standing, measure: str) -> Callable[[Figures], int]:
    return lambda figures: figures.number("status", standing, measure)


COLUMNS = (
    Column(label=gettext_lazy("建档立卡户数"), number=_on_record(HOUSEHOLDS)),
    Column(label=gettext_lazy("建档立卡人数"), number=_on_record(PERSONS)),
    Column(
        label=gettext_lazy("未脱贫户数"),
        number=_standing(Standing.REGISTERED, HOUSEHOLDS),
    ),
    Column(
        label=gettext_lazy("未脱贫人数"),
        number=_standing(Standing.REGISTERED, PERSONS),
        aside=True,
    ),
    Column(
        label=gettext_lazy("已脱贫户数"), number=_standing(Standing.EXITED, HOUSEHOLDS)
    ),
    Column(
        label=gettext_lazy("已脱贫人数"),
        number=_standing(Standing.EXITED, PERSONS),
        aside=True,
    ),
    Column(label=gettext_lazy("妇女"), number=_on_record("women"), aside=True),
    Column(label=gettext_lazy("劳动力"), number=_on_record("labourers"), aside=True),
    Column(label=gettext_lazy("在校生"), number=_on_record("students"), aside=True),
    Column(
        label=gettext_lazy("长期慢性病人"), number=_on_record("chronic"), aside=True
    ),
    Column(label=gettext_lazy("大病患者"), number=_on_record("serious"), aside=True),
    Column(label=gettext_lazy("残疾人"), number=_on_record("disabled"), aside=True),
    Column(
        label=gettext_lazy("已清退户数"),
        number=_standing(Standing.REMOVED, HOUSEHOLDS),
        aside=True,
    ),
    Column(
        label=gettext_lazy("未建档户数"),
        number=_standing(Standing.UNREGISTERED, HOUSEHOLDS),
        aside=True,
    ),
)


def breakdowns(figures: Figures) -> list[Breakdown]:
    """Return every breakdown of a place; a value nobody has is left out."""
    sizes = [(str(n), _size(n)) for n in range(1, _LARGEST + 1)]
    told = (
        ("attribute", gettext_lazy("户属性"), Attribute.choices, True),
        ("main_cause", gettext_lazy("主要致贫原因"), Cause.choices, True),
        ("size", gettext_lazy("家庭人口"), sizes, True),
        ("housing_grade", gettext_lazy("住房等级"), HousingGrade.choices, True),
        ("water_safe", gettext_lazy("饮水安全"), _water(), True),
        ("labour", gettext_lazy("劳动能力"), Labour.choices, False),
        ("health", gettext_lazy("健康状况"), Health.choices, False),
    )
    return [
        Breakdown(title=title, lines=_lines(figures, dimension, choices, homes=homes))
        for dimension, title, choices, homes in told
    ]


def _lines(
    figures: Figures, dimension: str, choices: Iterable[Choice], *, homes: bool
) -> tuple[Line, ...]:
    every = [*choices, (UNSTATED, _("未填写"))]
    lines = (
        Line(
            label=str(label),
            households=figures.number(dimension, value) if homes else None,
            persons=figures.number(dimension, value, PERSONS),
        )
        for value, label in every
    )
    return tuple(line for line in lines if line.households or line.persons)


def _water() -> list[tuple[str, str]]:
    return [("yes", _("安全")), ("no", _("不安全"))]


def _size(people: int) -> str:
    if people == _LARGEST:
        return _("%(people)d 人及以上户") % {"people": people}
    return _("%(people)d 人户") % {"people": people}
