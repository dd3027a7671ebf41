"""Every error of a page as one flat list of links: forms, formsets, lists of them.

Knows Django's forms; knows no step and asks the database nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch
from typing import NamedTuple

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext

PAGE = "main"


class Problem(NamedTuple):
    """One line of the error summary."""

    anchor: str
    text: str


def _first_field(form: BaseForm | None) -> str:
    fields = form.visible_fields() if form else []
    return fields[0].id_for_label if fields else PAGE


def _said(*parts: str) -> str:
    return gettext("：").join(part for part in parts if part)


@singledispatch
def problems_of(thing: object) -> Iterator[Problem]:
    """Yield the errors of a form, a formset or any nesting of them."""
    if isinstance(thing, Iterable) and not isinstance(thing, str):
        for part in thing:
            yield from problems_of(part)


@problems_of.register
def _(form: BaseForm) -> Iterator[Problem]:
    # A row of a table says whose it is; a form of its own needs no name.
    whose = str(getattr(form, "label", ""))
    for name, errors in form.errors.items() if form.is_bound else ():
        for error in errors:
            if name == "__all__":
                yield Problem(_first_field(form), _said(whose, str(error)))
            else:
                field = form[name]
                text = _said(whose, str(field.label or ""), str(error))
                yield Problem(field.id_for_label or field.auto_id, text)
    yield from problems_of(getattr(form, "formsets", ()))


@problems_of.register
def _(formset: BaseFormSet) -> Iterator[Problem]:
    if formset.is_bound:
        first = formset.forms[0] if formset.forms else None
        for text in formset.non_form_errors():
            yield Problem(_first_field(first), str(text))
    yield from problems_of(formset.forms)


@problems_of.register
def _(forms: Mapping) -> Iterator[Problem]:
    yield from problems_of(forms.values())
