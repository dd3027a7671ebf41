"""How facts look on paper: dates, amounts, blanks to fill in, boxes to tick.

Papers are Chinese only: nothing here is translated.
"""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

BLANK_DATE = "　　年　　月　　日"
# Of a red head: the type area's width, and the tallest a head of a county is set.
HEAD_WIDTH_PT, TALLEST_HEAD_PT = 430, 42


@register.filter
def cdate(value: str | None) -> str:
    """Return 2018年11月12日, or a blank date to fill in."""
    if not value:
        return BLANK_DATE
    day = date.fromisoformat(value[:10])
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def cday(value: str | None) -> str:
    """Return 2018.11.12 as registers write it, nothing where there is no day."""
    return value[:10].replace("-", ".") if value else ""


@register.filter
def cmoment(value: str | None) -> str:
    """Return 2018年11月12日14时30分, or a blank to fill in."""
    if not value:
        return f"{BLANK_DATE}　　时　　分"
    at = datetime.fromisoformat(value)
    return f"{cdate(value)}{at.hour}时{at.minute:02d}分"


@register.filter
def money(value: str | None) -> str:
    """Return an amount with two decimals and thousands separated."""
    return "" if value in {None, ""} else f"{Decimal(str(value)):,.2f}"


@register.filter
def plain(value: str | None) -> str:
    """Return a quantity without useless zeros."""
    if value in {None, ""}:
        return ""
    return f"{Decimal(str(value)).normalize():f}"


@register.filter
def blank(value: object, width: str = "6em") -> SafeString | object:
    """Return the value, or a line of that width to write on."""
    if value in {None, ""}:
        return format_html('<span class="blank" style="width:{}"></span>', width)
    return value


@register.filter
def tick(value: object) -> SafeString:
    """Return a box, ticked when true; no CJK face has one."""
    return format_html('<span class="box">{}</span>', "√" if value else "")


@register.filter
def met(value: object) -> SafeString:
    """Return the two boxes 达标 and 不达标, neither ticked when unknown."""
    return format_html("{}达标　{}不达标", tick(value is True), tick(value is False))


@register.filter
def yes_no(value: object) -> SafeString:
    """Return the two boxes 是 and 否, neither ticked when unknown."""
    return format_html("{}是　{}否", tick(value is True), tick(value is False))


@register.filter
def words(text: str) -> list[str]:
    """Return the words of a list written with spaces."""
    return text.split()


@register.filter
def red_head(name: str) -> SafeString:
    """Return the red head of an official paper, set as wide as the page allows."""
    points = min(TALLEST_HEAD_PT, HEAD_WIDTH_PT // max(1, len(name)))
    return format_html('<p class="head" style="font-size:{}pt">{}</p>', points, name)


@register.filter
def total(rows: list[dict], key: str) -> int:
    """Return the sum of one field over the rows."""
    return sum(row[key] or 0 for row in rows)


@register.filter
def times(number: int | None, default: int = 0) -> range:
    """Return a range to loop over, for blank rows."""
    return range(number or default)


@register.filter
def padded(rows: list, least: int) -> list:
    """Return the rows, filled up with empty ones to the least number."""
    return [*rows, *[None] * max(0, least - len(rows))]


@register.filter
def only(lines: list[dict], kind: str) -> list[dict]:
    """Return the lines of one kind of income."""
    return [line for line in lines if line["kind"] == kind]


@register.filter
def figures(persons: int | None) -> str:
    """Return 4人, or a blank with its unit."""
    return "　　人" if persons is None else f"{persons}人"


@register.filter
def paired(rows: list[dict]) -> list[list[tuple[int, dict | None]]]:
    """Return numbered rows two by two, for a list in two columns."""
    cells: list[tuple[int, dict | None]] = [*enumerate(rows, 1)]
    if len(cells) % 2:
        cells.append((0, None))
    return [cells[i : i + 2] for i in range(0, len(cells), 2)]


@register.filter
def slots(names: list[str], due: int | None) -> list[str]:
    """Return the names, or as many empty ones as people are due (at least 20)."""
    return names or [""] * max(due or 0, 20)


@register.filter
def grid(number: int | None, width: int) -> list[range]:
    """Return rows of cells to sign in, enough for so many people."""
    rows = -(-(number or 20) // width)
    return [range(width)] * rows
