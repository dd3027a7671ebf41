"""What a page shows of a fact form: field groups, computed figures, a summary.

Knows bound fields; not which fact they write.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from notices.models import Photo
from procedures.forms import sayings
from workflows.problems import Problem, problems_of

Text = str | Promise


class Fieldset(NamedTuple):
    """A group of fields with its title and a hint."""

    title: Text
    hint: Text
    fields: list[forms.BoundField]


class Reading(NamedTuple):
    """A figure the server computed; `ok` is None where nothing is asked of it."""

    label: Text
    text: str
    ok: bool | None = None
    law: str = ""


class Group(NamedTuple):
    """The declaration of a field group: title, names of fields, hint."""

    title: Text
    names: tuple[str, ...]
    hint: Text = ""


class Shown(forms.BaseForm):
    """The half of a fact form that pages read; it writes nothing."""

    groups: ClassVar[tuple[Group, ...]] = ()
    formsets: list[Any]

    def fieldsets(self) -> list[Fieldset]:
        """Return the visible fields in their groups; what is in none comes last."""
        found = [
            Fieldset(group.title, group.hint, list(self._bound(group.names)))
            for group in self.groups
        ]
        grouped = {name for group in self.groups for name in group.names}
        rest = [f for f in self.visible_fields() if f.name not in grouped]
        if rest:
            found.append(Fieldset("", "", rest))
        return [fieldset for fieldset in found if fieldset.fields]

    def readings(self) -> list[Reading]:
        """Return the figures computed from what is typed, or from what is saved."""
        return []

    def photos(self) -> list[Photo]:
        """Return the photos saved with this fact."""
        return []

    def ready(self) -> list[Photo]:
        """Return the photos that lie ready to be taken over."""
        return []

    def summary(self) -> list[tuple[Text, str]]:
        """Return what is saved, label and words, for pages that only show it."""
        return []

    def errors_summary(self) -> list[Problem]:
        """Return every error with the anchor of its field, formsets included."""
        return list(problems_of(self))

    def _bound(self, names: Iterable[str]) -> Iterator[forms.BoundField]:
        for name in names:
            if name in self.fields:
                yield self[name]


def shown(value: Any) -> str:
    """Return a saved value in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, (date, datetime)):
        return sayings.spelled(value)
    if isinstance(value, Decimal):
        return yuan(value)
    if isinstance(value, (list, tuple)):
        return _("、").join(str(part) for part in value)
    return str(value)


def said(row: models.Model, column: str) -> str:
    """Return a column of a saved row in words, a chosen value by its label."""
    display = getattr(row, f"get_{column}_display", None)
    return str(display()) if display else shown(getattr(row, column))


def yuan(amount: Decimal) -> str:
    """Return an amount as people write it: 12,800 元, 3,200.50 元."""
    whole = amount == amount.to_integral_value()
    figure = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    return _("%(figure)s 元") % {"figure": figure}
