"""Lines of a fact: visitors, hits, people who recused themselves, income items.

Know rows of a table that may be left empty; not what the lines mean. Saved lines
come first, then spare ones, so that no script is needed; a line is taken away by
emptying it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procedures.forms.fields import tell_time

MOST_LINES = 80
SPARE_LINES = 3


class LineForm(forms.Form):
    """One line; it may be empty.

    Attributes:
        preset: names of fields that come filled and alone do not make a line.
    """

    use_required_attribute = False
    preset: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now = now
        tell_time(self, now)

    @property
    def is_blank(self) -> bool:
        """Return whether nobody wrote anything on this line."""
        return not any(map(self._written, self.fields))

    def full_clean(self) -> None:
        """Leave an empty line alone."""
        if self.is_bound and self.is_blank:
            self.leave_unjudged()
        else:
            super().full_clean()

    def leave_unjudged(self) -> None:
        """Find nothing wrong with the line, and nothing on it."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def _written(self, name: str) -> bool:
        bound = self[name]
        typed = bound.data
        if bound.is_hidden or typed in (None, "", [], False):
            return False
        return name not in self.preset or str(typed) != str(bound.initial)


class Lines(BaseFormSet):
    """The lines of one fact, as one table."""

    title: str | Promise = ""
    hint: str | Promise = ""

    @property
    def legend(self) -> str | Promise:
        """Return the caption of the table."""
        return self.title

    def written(self) -> list[Mapping[str, Any]]:
        """Return what was typed, line by line, empty lines left out."""
        return [form.cleaned_data for form in self.filled()]

    def filled(self) -> Iterator[Any]:
        """Yield the forms of the lines that are not empty; call after is_valid()."""
        for form in self.forms:
            if getattr(form, "cleaned_data", None):
                yield form

    def leave_unjudged(self) -> None:
        """Find nothing wrong with the table, and nothing on it."""
        self._errors: list[Any] = []
        self._non_form_errors = self.error_class()
        for form in self.forms:
            form.leave_unjudged()

    def refuse(self, *errors: forms.ValidationError) -> None:
        """Add errors of the whole table, found by the form around it."""
        self.non_form_errors().extend(errors)


def lines(
    line: type[LineForm],
    *,
    title: str | Promise,
    hint: str | Promise = "",
    around: Any,
    name: str,
    saved: Sequence[Mapping[str, Any]] = (),
    spare: int = SPARE_LINES,
    **told: Any,
) -> Lines:
    """Return the table of lines of a fact form, bound when the form is.

    Args:
        around: the fact form, which gives data, files, prefix and time.
        saved: what stands on the lines already.
        told: what each line must know besides the time.
    """
    factory: Any = formset_factory(
        line, formset=Lines, extra=spare, max_num=MOST_LINES, validate_max=True
    )
    table: Lines = factory(
        around.data if around.is_bound else None,
        around.files if around.is_bound else None,
        prefix=f"{around.prefix}-{name}",
        initial=saved,
        form_kwargs={"now": around.now, **told},
        error_messages={
            "missing_management_form": _("页面不完整，请刷新后重新填写"),
            "too_many_forms": _("最多 %(limit)s 行") % {"limit": MOST_LINES},
        },
    )
    table.title, table.hint = title, hint
    return table
