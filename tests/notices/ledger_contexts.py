"""What the ledgers print, in fictitious contexts."""

from datetime import date
from typing import Any

from registry.ledgers.columns import COLUMNS
from tests.notices.filed_contexts import public_rows

DAY = date(2018, 11, 12)
PLACES = {
    "village": "十八洞村",
    "township": "双龙镇",
    "county": "花垣县",
    "prefecture": "湘西土家族苗族自治州",
}
VILLAGES = ("十八洞村", "马鞍村", "双龙村", "排谷美村", "张刀村", "金龙村")


def roster(n: int) -> dict[str, Any]:
    rows = [
        {
            **row,
            "number": f"433124110226{each + 1:04d}",
            "standing": "已脱贫" if each % 3 else "未脱贫",
            "attribute": "一般脱贫户" if each % 3 else "低保特困供养贫困户",
            "registered_on": date(2014, 6, 30),
            "exited_on": date(2016, 12, 20) if each % 3 else None,
        }
        for each, row in enumerate(public_rows(n))
    ]
    return {"day": DAY, "rows": rows, "persons": sum(row["size"] for row in rows)}


def book(place: str) -> Any:
    def of(n: int) -> dict[str, Any]:
        names = [VILLAGES[each % len(VILLAGES)] for each in range(n)]
        numbers = [1000 + each for each in range(len(COLUMNS))]
        return {
            "place": place,
            "day": DAY,
            "columns": [str(column.label) for column in COLUMNS],
            "rows": [{"name": name, "numbers": numbers} for name in names],
            "total": {"name": place, "numbers": [n * number for number in numbers]},
            "parts": [
                _part("户属性", ["一般贫困户", "低保贫困户", "一般脱贫户"]),
                _part("劳动能力", ["普通劳动力", "无劳动力"], of_persons=True),
            ],
        }

    return of


def _part(title: str, labels: list[str], *, of_persons: bool = False) -> dict[str, Any]:
    lines = [
        {
            "label": label,
            "households": None if of_persons else 40 + each,
            "persons": 150 + each,
        }
        for each, label in enumerate(labels)
    ]
    return {"title": title, "of_persons": of_persons, "lines": lines}


LEDGERS: dict[str, Any] = {
    "village_roster": roster,
    "township_book": book("双龙镇"),
    "county_file": book("花垣县"),
    "prefecture_base": book("湘西土家族苗族自治州"),
}
