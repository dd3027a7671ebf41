"""A full, fictitious context for the household papers of a removal."""

from datetime import date
from typing import Any

from tests.notices.filed_contexts import HEADS, public_rows
from tests.notices.member_rows import members

NOT_ILL = ("name", "relation", "sex", "age", "labour")

REMOVALS: dict[str, dict[str, Any]] = {
    "removal_register": {
        "household_number": "4331241022260007",
        "attribute": "一般贫困户",
        "registered_on": date(2014, 6, 30),
        "members": [{key: row[key] for key in NOT_ILL} for row in members()],
        "hits": [
            {
                "member": "石㛃",
                "kind": "小汽车",
                "department": "公安局车管所",
                "detail": "小型轿车一辆，2013年登记",
                "explanation": "承认购车",
                "decision": "属实",
            }
        ],
        "grounds": [
            {"name": "财政供养人员", "ok": None},
            {"name": "个体工商户", "ok": None},
            {"name": "有商品房", "ok": None},
            {"name": "有小汽车", "ok": True},
        ],
        "grounds_source": "州自评报告二(五)“四类对象”",
        "account": "户主名下小型轿车一辆，2013年登记，识别时已有，自用。",
        "evidence": "车辆登记查询结果、现场照片2张、村民小组长谈话记录",
        "conclusion": "不符合条件，应当清退",
        "visited_on": date(2018, 3, 12),
        "visitors": [
            {"name": "施小寒", "unit": "县教育局驻村工作队"},
            {"name": "隆寒露", "unit": "双龙镇扶贫站"},
        ],
    },
    "removal_notification": {
        "phone": "0743-7200000",
        "hotline": "12317",
        "household_number": "4331241022260007",
        "registered_on": date(2014, 6, 30),
        "campaign": "2018年精准识别回头看",
        "investigated_on": date(2018, 3, 12),
        "grounds": ["有小汽车"],
        "grounds_source": "州自评报告二(五)“四类对象”",
        "account": "户主名下小型轿车一辆，2013年登记，识别时已有，自用。",
        "evidence": "车辆登记查询结果、现场照片2张、村民小组长谈话记录",
        "period_days": 7,
        "day_unit_text": "日",
        "village_office": "十八洞村村民委员会",
        "recheck_by": "双龙镇人民政府",
        "appeal_to": "花垣县人民政府",
    },
}


def analysis_minutes(n: int) -> dict[str, Any]:
    """Return the minutes of a meeting with so many households on its first roster."""
    reasons = ("有小汽车", "收入稳定，两不愁三保障达标", "房屋D级，收入低", "")
    sizes = (n, min(n, 2), 1, 0)
    titles = ("应剔除", "应正常退出", "应新纳入", "应返贫")
    return {
        "campaign": "2018年精准识别回头看",
        "basis": "州自评报告二(五)",
        "document": "花扶领发〔2018〕3号",
        "group": "",
        "held_on": date(2018, 3, 6),
        "place_text": "村部会议室",
        "chair": "隆寒露",
        "recorder": "彭霜降",
        "due": 20,
        "present": 18,
        "attendees": list(HEADS[:18]),
        "summary": "",
        "rosters": [
            {
                "title": title,
                "rows": [{**row, "reason": reason} for row in public_rows(size)],
            }
            for title, size, reason in zip(titles, sizes, reasons, strict=True)
        ],
    }
