"""A rule of the import: how bad, since when, from where, and what is said.

It must not know which function asks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.refusals import HOUSE_RULE, Grade


class Level(models.TextChoices):
    """What follows from a finding."""

    ERROR = "error", _("错误")
    EXPLAIN = "explain", _("须说明")
    WARN = "warn", _("提醒")
    TIDIED = "tidied", _("已规整")

    @property
    def bars(self) -> bool:
        """Return whether the village cannot be accepted as it is."""
        return self is Level.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; `text` and `hint` may name the numbers of a finding.

    Units: in force from `since` on and before `until`; asked of the last day of the
    year the data speak of.
    """

    code: str
    level: Level
    text: str | Promise
    hint: str | Promise = ""
    source: str | Promise = HOUSE_RULE
    grade: Grade = Grade.CONFIRMED
    since: date = date.min
    until: date = date.max

    def in_force(self, year: int) -> bool:
        """Return whether the rule judges data of that year."""
        return self.since <= date(year, 12, 31) < self.until


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that does not hold, and of which column."""

    rule: str
    column: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)
