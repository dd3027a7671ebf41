"""Fields of fact forms: names, days, moments, counts, money, yes or no.

Know how people type; no fact. What is typed in full width or with 元 is read.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.forms import sayings
from registry.names import clean_name
from registry.refusals import Refusal
from registry.texts import TextField

# Nobody keeps an older fact in this system; a year before it is a slip.
EARLIEST_YEAR = 1990
OLDEST_BIRTH = 1900
MOST_PEOPLE = 9_999
MOST_MONEY = Decimal("99999999.99")
# Clocks of phones and servers differ by as much.
TOLERANCE = timedelta(minutes=5)

DAY_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]
MOMENT_FORMATS = [
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M",
    "%Y年%m月%d日 %H:%M",
]


def normal(typed: Any) -> Any:
    """Return what was typed with full-width characters made plain."""
    if isinstance(typed, str):
        return unicodedata.normalize("NFKC", typed).strip()
    return typed


class DayField(forms.DateField):
    """A day that has come; the form says which day is today."""

    now: datetime | None = None
    earliest = EARLIEST_YEAR

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {"invalid": sayings.NOT_A_DAY}
        super().__init__(
            input_formats=DAY_FORMATS,
            widget=widget,
            error_messages=messages,
            **options,
        )

    def to_python(self, value: Any) -> date | None:
        return super().to_python(normal(value))

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value.year < self.earliest:
            raise sayings.too_old(value)
        if value and self.now and value > timezone.localdate(self.now):
            raise sayings.ahead(value, self.now)


class BirthField(DayField):
    """The day somebody was born, who may be older than any fact."""

    earliest = OLDEST_BIRTH


class MomentField(forms.DateTimeField):
    """A moment that has come, to the minute."""

    now: datetime | None = None

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(
            format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}
        )
        super().__init__(
            input_formats=MOMENT_FORMATS,
            widget=widget,
            error_messages={"invalid": sayings.NOT_A_MOMENT},
            **options,
        )

    def to_python(self, value: Any) -> datetime | None:
        return super().to_python(normal(value))

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value and value.year < EARLIEST_YEAR:
            raise sayings.too_old(value)
        if value and self.now and value > self.now + TOLERANCE:
            raise sayings.ahead(value, self.now)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare to the minute: seconds are not shown, so nobody changed them."""
        if isinstance(initial, datetime):
            initial = initial.replace(second=0, microsecond=0)
        return super().has_changed(initial, data)


class NameField(forms.CharField):
    """A person's name; rare characters stay, invisible ones go."""

    def __init__(self, **options: Any) -> None:
        # The length is judged after cleaning, by the register's own rule.
        super().__init__(strip=False, **options)
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed.strip():
            if self.required:
                raise forms.ValidationError(
                    self.error_messages["required"], code="required"
                )
            return ""
        found = clean_name(typed)
        if isinstance(found, Refusal):
            raise sayings.refused(found)
        return found


class CountField(forms.IntegerField):
    """A whole number of people, litres, minutes; never negative."""

    def __init__(self, *, most: int = MOST_PEOPLE, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(
            min_value=options.pop("least", 0),
            max_value=most,
            widget=widget,
            error_messages={
                "invalid": sayings.NOT_WHOLE,
                "min_value": _("不能小于 %(limit_value)s"),
                "max_value": _("不能大于 %(limit_value)s"),
            },
            **options,
        )

    def to_python(self, value: Any) -> int | None:
        return super().to_python(normal(value))


class MoneyField(forms.DecimalField):
    """An amount in yuan: to the fen, not negative, below a hundred million."""

    def __init__(self, *, most: Decimal = MOST_MONEY, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            min_value=options.pop("least", Decimal(0)),
            max_value=most,
            decimal_places=2,
            max_digits=12,
            widget=widget,
            error_messages={
                "invalid": sayings.NOT_A_NUMBER,
                "min_value": _("不能小于 %(limit_value)s 元"),
                "max_value": _("不能大于 %(limit_value)s 元"),
                "max_decimal_places": _("最多填到分（两位小数）"),
                "max_digits": _("数字太长"),
                "max_whole_digits": _("数字太长"),
            },
            **options,
        )

    def to_python(self, value: Any) -> Any:
        plain = normal(value)
        if isinstance(plain, str):
            plain = plain.replace(",", "").removesuffix("元").strip()
        return super().to_python(plain)


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not asked yet; three buttons, nothing chosen for anybody."""

    WORDS: Mapping[str, bool] = {"yes": True, "no": False}

    def __init__(self, **options: Any) -> None:
        choices = [("yes", _("是")), ("no", _("否")), ("", _("未核实"))]
        options.setdefault("required", False)
        super().__init__(
            choices=choices,
            coerce=self.WORDS.__getitem__,
            empty_value=None,
            widget=forms.RadioSelect,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """Return the button that stands for a saved value."""
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or "")


def one_of(choices: Any, **options: Any) -> forms.ChoiceField:
    """Return a field with radio buttons, none of them chosen in advance."""
    listed = getattr(choices, "choices", choices)
    widget = options.pop("widget", forms.RadioSelect)
    return forms.ChoiceField(
        choices=listed,
        widget=widget,
        **options,
    )


def picked(choices: Any, **options: Any) -> forms.ChoiceField:
    """Return a drop-down field whose first line is empty."""
    listed = [("", "—"), *getattr(choices, "choices", choices)]
    return one_of(listed, widget=forms.Select, **options)


def words(most: int, *, rows: int = 0, **options: Any) -> TextField:
    """Return a field of text; one of several lines when `rows` are given."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return TextField(
        max_length=most,
        widget=widget,
        error_messages={"max_length": _("超过 %(limit_value)d 个字")},
        **options,
    )


def tick(**options: Any) -> forms.BooleanField:
    """Return a box to tick; left empty it means no."""
    return forms.BooleanField(required=False, **options)


def tell_time(form: forms.BaseForm, now: datetime) -> None:
    """Tell every day and moment of a form what time it is, and how to say empty."""
    for field in form.fields.values():
        if isinstance(field, (DayField, MomentField)):
            field.now = now
        if isinstance(field, forms.ChoiceField):
            field.error_messages |= {
                "required": sayings.NOT_CHOSEN,
                "invalid_choice": sayings.UNKNOWN_CHOICE,
            }
        elif not isinstance(field, forms.FileField):
            field.error_messages["required"] = sayings.EMPTY


def offer(form: forms.BaseForm, name: str, choices: Any) -> None:
    """Give a field its choices, which only the subject or the rulebook knows."""
    field: Any = form.fields[name]
    field.choices = choices


def quote(form: forms.BaseForm, name: str, article: str) -> None:
    """Print an article beside a field."""
    field: Any = form.fields[name]
    field.law = article


def drop(form: forms.BaseForm, *names: str) -> None:
    """Take away fields that this rulebook or this body does not ask for."""
    for name in names:
        form.fields.pop(name, None)
