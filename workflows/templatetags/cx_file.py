"""Tags of the household file: health in words, the bar of a household's income.

Draws what facts hold; judges nothing and asks the database nothing.
"""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.codes import Health
from registry.models import Person
from workflows.rulebook import Rulebook
from workflows.templatetags.cx import yuan

register = template.Library()

WIDTH = 600
INDENT = 8
# kinds of a worksheet's lines: words and the shade of their part of the bar
INCOME = {
    "wage": (gettext_lazy("工资性收入"), "k1"),
    "operating": (gettext_lazy("生产经营性收入"), "k4"),
    "property": (gettext_lazy("财产性收入"), "k5"),
    "transfer": (gettext_lazy("转移性收入"), "k2"),
}
COST = gettext_lazy("减：生产经营支出")


@register.filter
def health(person: Person) -> str:
    """How a person is, in words."""
    words = [str(Health(code).label) for code in person.health if code in Health.values]
    return _("、").join(words) or "—"


@register.filter
def income_kind(kind: str) -> str:
    """The name of a line of the worksheet."""
    return str(INCOME[kind][0]) if kind in INCOME else str(COST)


@register.inclusion_tag("includes/income_bar.html")
def income_bar(sheet: Any, rulebook: Rulebook) -> dict[str, Any]:
    """The four incomes beside the net one, and the year's line for this household."""
    line = _line(sheet, rulebook)
    gross = sum((sheet.sums.get(kind) or Decimal(0) for kind in INCOME), Decimal(0))
    bound = Decimal(line * sheet.size) if line else Decimal(0)
    longest = max(gross, sheet.net, bound, Decimal(1))
    parts, words, x = [], [], 0
    for kind, (label, css) in INCOME.items():
        amount = sheet.sums.get(kind) or Decimal(0)
        width = _scaled(amount, longest)
        words.append(f"{label} {yuan(amount)}")
        text = words[-1]
        parts.append(
            {"x": x, "width": width, "css": css, "label": text, "text_x": x + INDENT}
        )
        x += width
    net = _("净收入 %(net)s") % {"net": yuan(sheet.net)}
    return {
        "parts": [part for part in parts if part["width"]],
        "net_width": _scaled(sheet.net, longest),
        "net_label": net,
        "line_x": _scaled(bound, longest),
        "line_label": _("标准 %(line)s 元 × %(size)s 人 = %(bound)s 元")
        % {"line": yuan(line or 0), "size": sheet.size, "bound": yuan(bound)},
        "per_head": sheet.per_head,
        "line": line,
        "over": sheet.per_head - line if line else None,
        "words": _("，").join([*words, net]),
    }


@register.simple_tag
def over_line(sheet: Any, rulebook: Rulebook) -> str:
    """How far a household's income is over or under the year's line."""
    line = _line(sheet, rulebook)
    if line is None:
        return ""
    over = sheet.per_head - line
    text = _("（超 %(over)s 元）") if over > 0 else _("（差 %(over)s 元）")
    return text % {"over": yuan(abs(over))}


def _line(sheet: Any, rulebook: Rulebook) -> int | None:
    known = "income_line" in rulebook.values
    return rulebook.line("income_line", sheet.year) if known else None


def _scaled(amount: Decimal, longest: Decimal) -> int:
    return int(max(amount, Decimal(0)) * WIDTH / longest)
