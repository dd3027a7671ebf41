"""Tags and filters of the screens: fields, lamps, days, refusals; they query nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from notices import kinds
from notices.models import Paper
from workflows.judge import Kind
from workflows.models import Batch
from workflows.problems import problems_of
from workflows.procedure import named
from workflows.views.verdicts import WORDS

register = template.Library()

SOON_DAYS = 2
LONG_ANSWER = 30
GOVUK = {
    "select": "govuk-select",
    "selectmultiple": "govuk-select",
    "nullbooleanselect": "govuk-select",
    "textarea": "govuk-textarea",
    "file": "govuk-file-upload",
    "clearablefile": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
}
WIDE = frozenset(
    {
        "textarea",
        "file",
        "photofile",
        "clearablefile",
        "datetime",
        "radioselect",
        "checkboxselectmultiple",
    }
)


class Option(NamedTuple):
    """One radio button or check box of a group."""

    tag: SafeString
    label: str
    for_id: str


def _base_class(field: BoundField) -> str:
    kind = field.widget_type
    if kind.endswith(("file", "fileinput")):
        return "govuk-file-upload"
    return GOVUK.get(kind, "govuk-input")


@register.simple_tag
def widget(field: BoundField, css: str = "", describedby: str = "") -> SafeString:
    """Render the widget with the classes and aria attributes of govuk-frontend."""
    base = _base_class(field)
    own = field.field.widget.attrs.get("class", "")
    classes = [base, own, css, f"{base}--error" if field.errors else ""]
    attrs: dict[str, str | bool] = {"class": " ".join(part for part in classes if part)}
    if describedby:
        attrs["aria-describedby"] = describedby
    if field.widget_type == "number":
        attrs.setdefault("inputmode", "decimal")
    return field.as_widget(attrs=attrs)


@register.filter
def options(field: BoundField) -> list[Option]:
    """The choices of a radio or check-box group, each with its own tag."""
    kind = "radios" if field.widget_type == "radioselect" else "checkboxes"
    found = []
    for sub in field.subwidgets:
        sub.data["attrs"]["class"] = f"govuk-{kind}__input"
        found.append(Option(sub.tag(), str(sub.choice_label), sub.id_for_label))
    return found


@register.filter
def shape(field: BoundField) -> str:
    """Which block of forms/field.html draws this field."""
    if field.is_hidden:
        return "hidden"
    kind = field.widget_type
    if kind in {"radioselect", "checkboxselectmultiple"}:
        return "group"
    return "checkbox" if kind == "checkbox" else "plain"


@register.filter
def span(field: BoundField) -> str:
    """The grid class of a field inside `cx-facts`: long answers take two columns."""
    chosen = getattr(field.field, "span", "")
    if chosen:
        return str(chosen)
    long_text = (getattr(field.field, "max_length", None) or 0) > LONG_ANSWER
    return "w2" if field.widget_type in WIDE or long_text else ""


@register.filter
def law(field: BoundField) -> str:
    """The article a form declares beside one of its fields."""
    return str(getattr(field.field, "law", ""))


@register.inclusion_tag("forms/errors.html")
def error_summary(*things: Any) -> dict[str, object]:
    """The red box on top of a page; every line links to its field."""
    return {"problems": [found for thing in things for found in problems_of(thing)]}


def _as_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """11月16日."""
    return date_format(_as_day(value), _("n月j日")) if value else ""


@register.filter
def long_day(value: date | datetime | None) -> str:
    """2018年11月16日."""
    return date_format(_as_day(value), _("Y年n月j日")) if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    """星期五."""
    return date_format(_as_day(value), "l") if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """11月16日 9:41."""
    if not value:
        return ""
    return date_format(timezone.localtime(value), _("n月j日 G:i"))


@register.inclusion_tag("includes/lamp.html")
def lamp(due: date | datetime | None, today: date, note: str = "") -> dict[str, object]:
    """The deadline as shape, word and date."""
    if due is None:
        return {"kind": "none", "note": note}
    last = _as_day(due)
    left = (last - _as_day(today)).days
    kind = "late" if left < 0 else "soon" if left <= SOON_DAYS else "time"
    return {"kind": kind, "left": left, "over": -left, "due": last, "note": note}


@register.inclusion_tag("includes/clock_lamp.html")
def clock_lamp(last: date, today: date) -> dict[str, object]:
    """How long a notice still hangs."""
    left = (last - _as_day(today)).days
    return {"left": left, "over": left < 0, "last": last}


@register.simple_tag
def lamp_class(due: date | datetime | None, today: date) -> str:
    """The row class (`late`, `soon` or none) that goes with `lamp`."""
    if due is None:
        return ""
    left = (_as_day(due) - _as_day(today)).days
    return "late" if left < 0 else "soon" if left <= SOON_DAYS else ""


@register.inclusion_tag("includes/refusals.html")
def refusals(found: Iterable[Any] | None, ok: str = "") -> dict[str, object]:
    """What is missing, each line with its article; `ok` is said when nothing is."""
    return {"refusals": list(found or []), "ok": ok}


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """Look a variable key up in a mapping."""
    return mapping.get(key) if mapping else None


@register.filter
def grouped(digest: str, size: int = 4) -> str:
    """A digest in groups that a person can compare: 7F3A 91C2 E05B 44D8."""
    short = str(digest)[:16].upper()
    return " ".join(short[i : i + size] for i in range(0, len(short), size))


@register.filter
def procedure_title(batch: Batch) -> str:
    """The name of the procedure a batch is in."""
    return str(named(batch.procedure).title)


@register.filter
def step_title(batch: Batch) -> str:
    """The name of the step a batch is at; empty when it has ended."""
    return str(named(batch.procedure).step(batch.step).title) if batch.step else ""


@register.filter
def latest(by_step: Any) -> Any:
    """The value of a mapping by step that was put in last."""
    return next(reversed(by_step.values()), None) if by_step else None


@register.filter
def paper_title(paper: Paper) -> str:
    """The name of the kind a paper is of."""
    return kinds.named(paper.kind).label


@register.filter
def verdict(kind: str) -> str:
    """What an officer said about a household, as a word."""
    return str(WORDS[Kind(kind)])


@register.filter
def saying(rows: Iterable[Any], kind: str) -> int:
    """How many rows of a desk carry this verdict."""
    return sum(row.verdict.kind == kind for row in rows)


@register.filter
def yuan(amount: Any) -> str:
    """An amount with its thousands apart, without a useless .00: 4,300."""
    if amount is None:
        return ""
    whole = amount == int(amount)
    return f"{amount:,.0f}" if whole else f"{amount:,.2f}"
