"""Natural changes of families, in fictitious contexts."""

from datetime import date
from typing import Any

from tests.notices.filed_contexts import public_rows
from tests.notices.member_rows import members

BORN = date(2018, 10, 2)
LISTED = {
    "procedure_title": "家庭成员自然增减",
    "batch_title": "2018年第1批",
}
FORM: dict[str, Any] = {
    "household_number": "4331241022260007",
    "standing": "建档立卡（未脱贫）",
    "event": "出生",
    "happened_on": BORN,
    "reporter": "龙𬱖",
    "reporter_is": "配偶",
    "evidence": "出生医学证明",
    "evidence_number": "R430123456",
    "note": "随母姓",
    "target": "",
    "members": members(),
    "persons": [
        {
            "part": "增加",
            "name": "龙小满",
            "sex": "女",
            "birth": BORN,
            "relation": "次女",
            "nationality": "苗族",
        }
    ],
}


def _changes(number: int) -> list[dict[str, Any]]:
    return [
        {
            "group": row["group"],
            "head": row["head"],
            "event": "出生",
            "persons": f"{row['head'][:1]}小满（增加）",
            "happened_on": BORN,
            "evidence": "出生医学证明",
            "before": row["size"],
            "after": row["size"] + 1,
            "decision": "同意",
        }
        for row in public_rows(number)
    ]


CHANGE_LISTS: dict[str, Any] = {
    "change_list": lambda n: {**LISTED, "rows": _changes(n), "reviewer": "麻大雪"},
    "change_notice": lambda n: {
        **LISTED,
        "phone": "0743-7200000",
        "hotline": "12317",
        "basis": "自然增减随年度名单公布（推定）",
        "steps_text": "经申报变动、村级核实、乡镇审核",
        "rows": public_rows(n),
        "objections_to": "双龙镇人民政府或者花垣县扶贫开发办公室",
    },
}
