"""The lines of an income worksheet on a page: usual items first, spare ones last.

Know items and amounts; not what they come to.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.forms import fields
from procedures.forms.income import EXCLUDED, EXCLUDED_ITEMS, EXCLUSION_SOURCE, USUAL
from procedures.forms.lines import LineForm
from procedures.models import LineKind, WorksheetLine


class IncomeLine(LineForm):
    """One item with its amount; an item without an amount is no line."""

    preset = frozenset({"item", "unit", "excluded"})

    item = fields.words(60, label=gettext_lazy("项目"))
    quantity = fields.MoneyField(label=gettext_lazy("数量"), required=False)
    unit = fields.words(20, label=gettext_lazy("单位"), required=False)
    amount = fields.MoneyField(label=gettext_lazy("金额（元）"))
    note = fields.words(200, label=gettext_lazy("备注"), required=False)


class TransferLine(IncomeLine):
    """A transfer, which may be one of those that do not count."""

    excluded = fields.tick(label=gettext_lazy("不计入"))
    field_order = ("item", "quantity", "unit", "amount", "excluded", "note")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        item = typed.get("item")
        if item in EXCLUDED_ITEMS and not typed.get("excluded"):
            text = _("%(item)s不计入收入，请勾选“不计入”。%(source)s")
            words = {"item": item, "source": EXCLUSION_SOURCE}
            self.add_error("excluded", text % words)
        return typed


def offered(kind: str, saved: Sequence[WorksheetLine]) -> Iterator[dict[str, Any]]:
    """Yield the saved lines of a kind, then the usual items not yet among them."""
    columns = ("item", "quantity", "unit", "amount", "excluded", "note")
    mine = [line for line in saved if line.kind == kind]
    for line in mine:
        yield {name: getattr(line, name) for name in columns}
    written = {line.item for line in mine}
    usual = [(item, unit, False) for item, unit in USUAL[kind]]
    if kind == LineKind.TRANSFER:
        usual += [(item, unit, True) for item, unit in EXCLUDED]
    for item, unit, excluded in usual:
        if item not in written:
            yield {"item": item, "unit": unit, "excluded": excluded}
