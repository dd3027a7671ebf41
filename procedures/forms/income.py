"""The usual lines of an income worksheet, and how a sheet adds up.

Knows items by kind; which are not counted follows law §3.1 (P52): one-off relief
and ear-marked grants.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from procedures.arithmetic import per_head
from procedures.facts import LineFacts
from procedures.models import LineKind

# Chinese whatever language the page speaks: they are filed and printed.
USUAL: Mapping[str, tuple[tuple[str, str], ...]] = {
    LineKind.WAGE: (
        ("外出务工工资（已扣房租、生活费）", "月"),
        ("本地务工工资", "月"),
        ("公益性岗位工资", "月"),
    ),
    LineKind.OPERATING: (
        ("种植收入", "亩"),
        ("养殖收入", "头"),
        ("林果、茶叶收入", "亩"),
        ("经商、手工业收入", "年"),
    ),
    LineKind.PROPERTY: (
        ("土地流转租金", "亩"),
        ("入股分红", "股"),
        ("房屋、设备租金", "年"),
    ),
    LineKind.TRANSFER: (
        ("低保金", "月"),
        ("特困供养金", "月"),
        ("养老金", "月"),
        ("粮食、农资补贴", "亩"),
        ("生态补偿、退耕还林补助", "亩"),
        ("赡养费、亲友资助", "年"),
    ),
    LineKind.COST: (
        ("种子、化肥、农药", "年"),
        ("仔畜、饲料", "年"),
        ("雇工、机耕、运输", "年"),
        ("生产性固定资产折旧", "年"),
        ("税费", "年"),
    ),
}
EXCLUDED: tuple[tuple[str, str], ...] = (
    ("一次性救助、慰问金", "次"),
    ("专项补助（搬迁、危房改造、圈舍等）", "次"),
)
EXCLUDED_ITEMS = frozenset(item for item, _unit in EXCLUDED)
EXCLUSION_SOURCE = "律例汇编 3.1（P52）"

COLUMNS: Mapping[str, str] = {
    LineKind.WAGE: "wages",
    LineKind.OPERATING: "operating",
    LineKind.PROPERTY: "property",
    LineKind.TRANSFER: "transfer",
    LineKind.COST: "costs",
}
NOTHING = Decimal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What the lines of a worksheet come to.

    Units: yuan; `per_head` yuan per person per year.
    """

    by_kind: Mapping[str, Decimal]
    net: Decimal
    per_head: Decimal

    @property
    def columns(self) -> dict[str, Decimal]:
        """Return the sums under the names of the worksheet's columns."""
        named = {COLUMNS[kind]: amount for kind, amount in self.by_kind.items()}
        return {**named, "net": self.net, "per_head": self.per_head}


def added_up(lines: Iterable[LineFacts], size: int) -> Sums:
    """Return the sums of the lines that count; costs are taken off.

    Source: P43i, P52.
    """
    found = dict.fromkeys(COLUMNS, NOTHING)
    for line in lines:
        if not line.excluded:
            found[line.kind] += line.amount
    net = sum(found.values(), NOTHING) - 2 * found[LineKind.COST]
    return Sums(by_kind=found, net=net, per_head=per_head(net, size))
