"""A full, fictitious context for every kind of paper."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.notices.change_contexts import CHANGE_LISTS, FORM
from tests.notices.filed_contexts import (
    AT,
    CHINA,
    FILES,
    HEADS,
    OBJECTIONS,
    public_rows,
    register,
)
from tests.notices.ledger_contexts import LEDGERS, PLACES
from tests.notices.member_rows import members
from tests.notices.removal_contexts import REMOVALS, analysis_minutes

__all__ = ["AT", "FILES", "HEADS", "HOUSEHOLDS", "LISTS", "OBJECTIONS", "context"]

BASE = {
    "county": "花垣县",
    "township": "双龙镇",
    "village": "十八洞村",
    "year": 2018,
    "date": date(2018, 11, 12),
}
PROCEDURE = {"procedure_title": "贫困户识别", "batch_title": "2018年第一批"}
CONTACT = {"phone": "0743-7200000", "hotline": "12317"}
STEPS = "经户主申请、村民小组评议提名、入户核实、信息比对、村民代表民主评议"
HOUSEHOLD = {"group": "第三村民小组", "head": "石㛃", "size": 4}
BASIS = "《关于精准识别贫困户工作的通知》（湘扶办发〔2014〕6号）"


def line(kind: str, item: str, amount: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "item": item,
        "quantity": None,
        "unit": "",
        "amount": Decimal(amount),
        "excluded": False,
        "note": "",
        **more,
    }


LINES = [
    line("wage", "县外务工工资", "18000.00", quantity=Decimal("6.0"), unit="月"),
    line("operating", "水稻", "4200.50", quantity=Decimal("3.50"), unit="亩"),
    line("operating", "生猪", "3600.00", quantity=Decimal(2), unit="头"),
    line("transfer", "生态补偿金", "640.00"),
    line("transfer", "慰问金", "500.00", excluded=True, note="一次性慰问"),
    line("cost", "种子化肥", "1240.50"),
]
SUMS = {
    "wages": Decimal("18000.00"),
    "operating": Decimal("7800.50"),
    "property": Decimal("0.00"),
    "transfer": Decimal("640.00"),
    "costs": Decimal("1240.50"),
    "net": Decimal("25200.00"),
    "per_head": Decimal("6300.00"),
}
CHECKS = [
    {"name": "人均纯收入稳定超过扶贫标准", "ok": True},
    {"name": "不愁吃", "ok": True},
    {"name": "饮水安全", "ok": True},
    {"name": "不愁穿", "ok": True},
    {"name": "义务教育有保障", "ok": True},
    {"name": "基本医疗有保障", "ok": None},
    {"name": "住房安全有保障", "ok": False},
]
MEETING = {
    "procedure_title": "贫困户识别",
    "meeting_title": "十八洞村村民代表会议",
    "held_at": datetime(2018, 11, 5, 14, 0, tzinfo=CHINA),
    "place_text": "村部会议室",
}
VOTES = {
    "votes_for": 34,
    "against": 2,
    "abstain": 1,
    "percent": "91.9%",
    "result": "通过",
}
PERIOD = {"period_from": date(2017, 10, 1), "period_to": date(2018, 9, 30)}


def _publicity(n: int) -> dict[str, Any]:
    return {
        **PROCEDURE,
        **CONTACT,
        "basis": BASIS,
        "steps_text": STEPS,
        "rows": public_rows(n),
        "period_days": 7,
        "day_unit_text": "日",
        "keep_posted_days": 15,
        "objections_to": "双龙镇人民政府",
    }


def _decided(n: int) -> list[dict[str, Any]]:
    return [{**row, "decision": "同意", "reason": ""} for row in public_rows(n)]


def _hits(n: int) -> list[dict[str, Any]]:
    return [
        {
            "group": row["group"],
            "head": row["head"],
            "member": row["head"],
            "id_masked": "433124************",
            "kind": "工商登记",
            "department": "市场监督管理局",
            "detail": "个体工商户，小卖部",
            "found_on": date(2018, 10, 20),
            "explanation": "已于2017年停业，有注销证明",
            "decision": "已说明",
        }
        for row in public_rows(n)
    ]


def _opinion(n: int) -> dict[str, Any]:
    check = {
        "group": "第一村民小组",
        "head": "龙立春",
        "checked_on": date(2018, 11, 20),
        "checkers": ["麻大雪", "施小寒"],
        "finding": "一致",
        "note": "",
    }
    return {
        **PROCEDURE,
        "basis": BASIS,
        "received_on": date(2018, 11, 19),
        "rows": _decided(n),
        "sample_rate": "20%",
        "sample_seed": "7f3a91c2",
        "sample_size": 1,
        "site_checks": [check],
        "opinion": "程序履行完整，同意进行第二次公示。",
        "reviewer": "麻大雪",
        "leader": "彭立冬",
    }


def _removal(n: int) -> dict[str, Any]:
    return {
        **_publicity(n),
        "procedure_title": "贫困户清退",
        "steps_text": "经贫情分析、入户核定、告知农户、民主评议",
        "basis": "保留名单和清退名单同时公示",
        "kept": public_rows(2 * n),
    }


LISTS = {
    "analysis_minutes": analysis_minutes,
    "removal_publicity": _removal,
    **LEDGERS,
    "objection_register": register,
    **CHANGE_LISTS,
    "ballot": lambda n: {
        **MEETING,
        "rows": [
            {**r, "cause": "因病", "reason": "住院自付较多"} for r in public_rows(n)
        ],
    },
    "sign_in": lambda n: {**MEETING, "due": 37, "names": HEADS[:n]},
    "tally": lambda n: {
        **MEETING,
        "present": 37,
        "issued": 37,
        "returned": 37,
        "valid": 37,
        "rows": [{**r, **VOTES} for r in public_rows(n)],
        "teller": "田立冬",
        "scrutineer": "向小雪",
    },
    "minutes": lambda n: {
        **MEETING,
        "authorisation": "2018年3月10日村民会议授权（会议纪要第2号）",
        "called_on": date(2018, 10, 30),
        "chair": "隆寒露",
        "recorder": "彭霜降",
        "teller": "田立冬",
        "scrutineer": "向小雪",
        "agenda": ["宣读政策和评议规则", "通报核实和比对结果", "逐户评议、投票"],
        "due": 41,
        "present": 37,
        "women": 13,
        "present_percent": "90.2%",
        "quorum_text": "应有三分之二以上（28人）到会，已达到",
        "method": "无记名投票",
        "rows": [
            {**r, **VOTES, "opinion": "家中有长期病人，收入低，符合条件"}
            for r in public_rows(n)
        ],
        "recused": [{"name": "石大暑", "head": "石雨水", "reason": "兄弟"}],
        "summary": "到会人数符合规定，表决结果有效。",
    },
    "comparison_list": lambda n: {
        **PROCEDURE,
        "compared_on": date(2018, 10, 25),
        "departments": ["公安局", "市场监督管理局", "自然资源局"],
        "households": n,
        "persons": 4 * n,
        "rows": _hits(n),
    },
    "first_publicity": _publicity,
    "second_publicity": _publicity,
    "village_publicity": _publicity,
    "township_publicity": _publicity,
    "township_opinion": _opinion,
    "township_list": lambda n: {
        **PROCEDURE,
        "addressee": "花垣县扶贫开发办公室",
        "steps_text": STEPS,
        "rows": public_rows(n),
        "contact": "麻大雪",
        "phone": "0743-7200000",
    },
    "approval_list": lambda n: {
        **PROCEDURE,
        "basis": BASIS,
        "standard": "2018年农民人均纯收入3535元和“两不愁三保障”",
        "addressee": "双龙镇人民政府",
        "rows": _decided(n),
        "approved_on": date(2018, 12, 3),
    },
    "announcement": lambda n: {
        **PROCEDURE,
        **CONTACT,
        "basis": BASIS,
        "standard": "2018年农民人均纯收入3535元和“两不愁三保障”。",
        "steps_text": STEPS,
        "rows": public_rows(n),
        "approved_on": date(2018, 12, 3),
        "complaint_address": "花垣县扶贫开发办公室",
    },
}

HOUSEHOLDS: dict[str, dict[str, Any]] = {
    "change_form": FORM,
    "application": {
        "addressee": "十八洞村村民委员会",
        "made_by": "household",
        "group_reason": "",
        "labourers": 2,
        "income_year": 2017,
        "income_per_head": Decimal("2860.00"),
        "cause": "妻子患慢性肾病，长期透析，欠债较多。",
        "request": "申请认定为贫困户，希望得到医疗救助和产业帮扶。",
        "applied_on": date(2018, 9, 3),
        "proxy_name": "",
        "witness_name": "",
    },
    "verification": {
        "purpose": "识别",
        "birth": date(1971, 6, 21),
        "attribute": "一般贫困户",
        "main_cause": "因病",
        "other_causes": ["缺资金"],
        "farmland_mu": Decimal("3.50"),
        "housing_grade": "C",
        "housing_area": Decimal("96.00"),
        "water_safe": True,
        "minimum_living": False,
        "members": members(),
        "lines": LINES,
        "checks": CHECKS,
        "cause": "妻子长期透析",
        "need": "医疗救助、危房改造",
        "conclusion": "符合申请条件，提交评议",
        "visited_on": date(2018, 10, 12),
        "visitors": [
            {"name": "施小寒", "unit": "县教育局驻村工作队"},
            {"name": "隆寒露", "unit": "十八洞村村民委员会"},
        ],
    },
    "worksheet": {
        **PERIOD,
        **SUMS,
        "lines": LINES,
        "poverty_line": Decimal("3535.00"),
        "poverty_line_source": "2018年国家扶贫标准",
    },
    "household_card": {
        **CONTACT,
        "household_number": "4331241022260007",
        "attribute": "一般贫困户",
        "main_cause": "因病",
        "other_causes": ["缺资金"],
        "farmland_mu": Decimal("3.50"),
        "housing_grade": "C",
        "water_safe": True,
        "school": True,
        "medical": None,
        "registered_on": date(2018, 12, 20),
        "announcement_number": "花政告〔2018〕2号",
        "members": members(),
        "per_head": Decimal("2860.00"),
        "helper": "施小寒",
        "helper_unit": "县教育局",
        "measures": ["猕猴桃产业分红", "大病医疗救助", "危房改造"],
    },
    "handbook_page": {
        "household_number": "4331241022260007",
        "attribute": "一般贫困户",
        "main_cause": "因病",
        "other_causes": ["缺资金"],
        "farmland_mu": Decimal("3.50"),
        "housing_grade": "C",
        "water_safe": True,
        "registered_on": date(2018, 12, 20),
        "exited_on": None,
        "income_year": 2018,
        "per_head": Decimal("2860.00"),
        "members": members(),
        "helper": "施小寒",
        "helper_unit": "县教育局",
        "measures": ["猕猴桃产业分红"],
    },
    "exit_confirmation": {
        **PERIOD,
        **SUMS,
        "household_number": "4331241022260007",
        "registered_year": 2014,
        "main_cause": "因病",
        "members": members(),
        "poverty_line": Decimal("3535.00"),
        "checks": CHECKS,
        "helper": "施小寒",
        "helper_unit": "县教育局",
        "team_leader": "吴大寒",
    },
    "exit_notification": {
        **CONTACT,
        "exit_on": date(2018, 12, 20),
        "announcement_number": "花政告〔2018〕3号",
        "steps_text": "经入户核实、民主评议、本户签字认可和两级公示",
        "passed": [
            "人均纯收入6,300.00元，超过标准3,535.00元",
            "“两不愁三保障”均达标",
        ],
        "continues": ["医疗保险和救助政策", "产业帮扶和小额信贷", "子女教育资助"],
        "contact": "十八洞村驻村工作队",
    },
    **REMOVALS,
    "not_eligible": {
        **CONTACT,
        "title_text": "不符合识别说明",
        "procedure_title": "贫困户识别",
        "step_title": "民主评议",
        "decided_on": date(2018, 11, 5),
        "reason": "人均纯收入高于国家扶贫标准，且“两不愁三保障”均已达标。",
        "basis": BASIS,
        "per_head": Decimal("6300.00"),
        "poverty_line": Decimal("3535.00"),
        "checks": CHECKS,
        "appraisal": "村民代表会议到会37人，赞成9票，未过半数。",
        "afterwards": "情况发生变化、符合条件的，可以重新申请。",
        "objections_to": "双龙镇人民政府",
    },
}


def of_size(kind: str, size: int) -> dict[str, Any]:
    """Return a context with so many rows, or of a household with so many members."""
    facts = context(kind, size)
    if "members" in facts:
        asked = facts["members"][0].keys()
        rows = [{key: row[key] for key in asked} for row in members(size)]
        facts |= {"members": rows, "size": size}
    return facts


def context(kind: str, households: int = 3) -> dict[str, Any]:
    """Return a whole context of the kind."""
    from notices import kinds  # noqa: PLC0415 - Django must be set up first

    level = kinds.named(kind).level
    level_name = level.value if level else "township"
    from registry.places import Level  # noqa: PLC0415 - Django must be set up first

    issuer = kinds.issuer_name(kind, PLACES[level_name], Level(level_name))
    base = {**BASE, "issuer_name": issuer}
    if kind in LISTS:
        return {**base, **LISTS[kind](households)}
    if kind in OBJECTIONS:
        return {**base, **OBJECTIONS[kind](households)}
    if kind in FILES:
        return {**base, **HOUSEHOLD, **FILES[kind](households)}
    return {**base, **HOUSEHOLD, **HOUSEHOLDS[kind]}
