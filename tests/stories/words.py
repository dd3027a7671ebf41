"""The Chinese words of the stories and what they mean to the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

from notices.kinds import KINDS
from permissions.posts import Post
from procedures.models import (
    Applicant,
    Conclusion,
    Decision,
    FamilyEvent,
    Finding,
    GroupReason,
    HitKind,
    Part,
    Signer,
)
from registry.codes import Sex
from registry.kinship import Relation
from registry.nationalities import Nationality
from tests.world import at
from workflows.machine import OPENED, REFUSED, WITHDRAWN
from workflows.procedure import Procedure, named

PROCEDURES = {
    "识别": "household_identification",
    "退出": "household_exit",
    "清退": "household_removal",
    "自然增减": "natural_change",
}
STATES = {"开批": OPENED, "不同意": REFUSED, "户主已撤回": WITHDRAWN}
WHOLE_LIST = "名单"
EVERYBODY = "每户"
DRAWN = "抽中户"
OVER = "办结"


class UnknownWordError(Exception):
    """A story uses a word that the vocabulary lacks."""


def chosen(choices: type[TextChoices]) -> Callable[[str], str]:
    """Return the reader of one label of some choices."""
    by_label = {str(one.label): one.value for one in choices}
    return lambda label: meaning(by_label, label)


def moment(day: date) -> datetime:
    return at(day, 9)


def plain(value: Any) -> Any:
    return value


# What a household or the whole list has differently: word, key, reader.
MATERIALS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "提出方式": ("made_by", chosen(Applicant)),
    "推荐原因": ("group_reason", chosen(GroupReason)),
    "申请日期": ("applied_on", plain),
    "申请书签字": ("signed", plain),
    "手印": ("thumb", plain),
    "代写人": ("proxy_name", plain),
    "见证人": ("witness_name", plain),
    "票数": ("votes", tuple),
    "应到": ("due", plain),
    "实到": ("present", plain),
    "主持人": ("chair", plain),
    "计票人": ("teller", plain),
    "监票人": ("scrutineer", plain),
    "通知日期": ("called_on", plain),
    "授权日期": ("authorised_on", plain),
    "开会日期": ("held_at", moment),
    "宣读比对结果": ("comparison_read_out", plain),
    "入户人数": ("visitors", plain),
    "入户日期": ("visited_on", plain),
    "人均纯收入": ("per_head", plain),
    "纯收入多记": ("net_wrong_by", Decimal),
    "测算表签字": ("worksheet_signed", plain),
    "住房等级": ("housing_grade", plain),
    "住房鉴定书": ("housing_certificate", plain),
    "义务教育": ("school", plain),
    "基本医疗": ("medical", plain),
    "收入稳定": ("income_over_line", plain),
    "每日供水升": ("water_litres", plain),
    "不能脱贫的情形": ("blockers", tuple),
    "授权查询": ("consent", plain),
    "比对命中": ("hits", lambda labels: [chosen(HitKind)(one) for one in labels]),
    "农户说明": ("explanation", plain),
    "认定": ("decision", chosen(Decision)),
    "签字": ("by", chosen(Signer)),
    "代签人": ("proxy_name", plain),
    "与户主关系": ("proxy_relation", plain),
    "签字照片": ("photographed", plain),
    "拒签理由": ("refusal_reason", plain),
    "村支书签字": ("secretary", plain),
    "张贴日期": ("posted_at", moment),
    "张贴地点": ("where", tuple),
    "张贴照片": ("posting_photo", plain),
    "列入名单": ("roster", plain),
    "核定结论": ("conclusion", chosen(Conclusion)),
    "清退情形": ("grounds", tuple),
    "农户异议": ("objection", plain),
    "核实答复": ("answer", plain),
    "核查人数": ("checkers", plain),
    "核查结论": ("finding", chosen(Finding)),
    "变动": ("event", chosen(FamilyEvent)),
    "发生日期": ("happened_on", plain),
    "证明材料": ("evidence", plain),
    "证明照片": ("evidence_photo", plain),
    "新小组": ("group", plain),
    "成员": ("persons", lambda told: [person(one) for one in told]),
}
# What is told of one person in a change: word, key, reader.
PERSON: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "怎样": ("part", chosen(Part)),
    "谁": ("name", plain),
    "关系": ("relation", chosen(Relation)),
    "性别": ("sex", chosen(Sex)),
    "生于": ("birth", plain),
    "号码": ("id_number", plain),
    "民族": ("nationality", chosen(Nationality)),
}


def person(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return one person of a change as the rehearsal wants it."""
    read = ((meaning(PERSON, word), value) for word, value in told.items())
    return {key: reader(value) for (key, reader), value in read}


def meaning(words: Mapping[str, Any], word: str) -> Any:
    """Return what a word means.

    Raises: UnknownWordError, naming the words there are.
    """
    if word not in words:
        raise UnknownWordError(f"“{word}”不在：{'、'.join(words)}")
    return words[word]


def deviation(material: Mapping[str, Any]) -> dict[str, Any]:
    """Return a household's materials as deviations of the rehearsal."""
    read = {}
    for word, value in material.items():
        key, reader = meaning(MATERIALS, word)
        read[key] = reader(value)
    return read


def post(label: str) -> Post:
    return Post(chosen(Post)(label))


def step(procedure: Procedure, title: str) -> str:
    """Return the name of a step by its title; 办结 is the end of the road."""
    if title == OVER:
        return ""
    return meaning({str(one.title): one.name for one in procedure.steps}, title)


def state(procedure: Procedure, title: str) -> str:
    """Return the state of a case: the last step it went through, or how it ended."""
    targets = {str(one.title): one.target for one in procedure.steps}
    return meaning({**targets, **STATES}, title)


def paper_titles(codes: list[str]) -> list[str]:
    return sorted(str(KINDS[code].title) for code in codes)


def procedure(word: str) -> Procedure:
    return named(meaning(PROCEDURES, word))
