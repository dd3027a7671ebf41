"""One comparison of 花垣县 with its departments: lists out, answers in, hits decided.

What departments answer is as invented as the people it is about.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.utils import timezone

from notices.photos import Picture
from permissions.models import Appointment
from procedures.rehearsal import Stuck
from procedures.rehearsal.rehearse import drawn
from registry.comparing.kinds import Decision
from registry.identity import unseal
from registry.models import Household, Person, Place
from workflows.comparing import deciding, lists, reading, receiving, rounds
from workflows.comparing.deciding import Ruling
from workflows.comparing.rounds import Wish
from workflows.models import ComparisonRound, DepartmentFile, Match
from workflows.models.rounds import APPLICANTS

COUNTY, TOWNSHIP = "433124000000", "433124110000"
CLERK, LEADER = "huayuan.jingban", "huayuan.fuze"
DAY, MORNING = date(2018, 10, 30), time(9)
HEADERS = {
    "vehicles": ("机动车所有人", "公民身份号码", "车辆类型", "初次登记日期"),
    "payroll": ("姓名", "身份证号", "工作单位", "数据日期"),
    "housing": ("权利人", "证件号码", "房屋坐落", "登记日期"),
}
# list → village, household (from 1), what the department says, how it writes the name
ANSWERS: Mapping[str, Sequence[tuple[str, int, str, str, str]]] = {
    "vehicles": (
        ("433124110225", 12, "小型轿车", "2017-03-15", ""),
        ("433124110226", 6, "手扶拖拉机", "2012-05-08", ""),
        ("433124110226", 9, "小型面包车", "2016-11-20", "龙谷雨"),
    ),
    "payroll": (("433124110225", 7, "花垣县某乡镇中学", "2018-09-30", ""),),
}


def play(hats: Sequence[Appointment]) -> ComparisonRound:
    """Open the round, let three lists go out, take in two answers, decide two hits.

    Raises: Stuck when an act is refused.
    """
    held = {hat.officer.username: hat for hat in hats}
    clerk, leader = held[CLERK], held[LEADER]
    now = timezone.make_aware(datetime.combine(DAY, MORNING))
    round_ = _opened(clerk, now)
    for source in HEADERS:
        _release(round_, source, leader, now)
    for source in ANSWERS:
        _answer(round_, source, clerk, now)
    _decide(round_, "手扶拖拉机", clerk, now, explained=True)
    _decide(round_, "花垣县某乡镇中学", clerk, now, explained=False)
    return round_


def _opened(clerk: Appointment, now: datetime) -> ComparisonRound:
    wish = Wish(
        place=Place.objects.get(pk=COUNTY),
        areas=[TOWNSHIP],
        groups=["registered", APPLICANTS],
        sources=[*HEADERS, "business"],
        purpose="精准识别“回头看”，清理四类对象",
        basis="演示文件：花扶领办〔2018〕12号",
        authorised=True,
    )
    found = rounds.open_round(wish, by=clerk, now=now)
    if isinstance(found, list):
        raise Stuck("comparison", found)
    lists.write_lists(found.pk, at=now)
    return ComparisonRound.objects.get(pk=found.pk)


def _release(
    round_: ComparisonRound, source: str, leader: Appointment, now: datetime
) -> None:
    department = round_.departments.select_related("round").get(source=source)
    if refused := lists.release(department, by=leader, now=now):
        raise Stuck(source, [refused])


def _answer(
    round_: ComparisonRound, source: str, clerk: Appointment, now: datetime
) -> None:
    department = round_.departments.select_related("round").get(source=source)
    found = receiving.receive(
        department,
        _sheet(source),
        name=f"{department.catalogued.title}.csv",
        adds=False,
        by=clerk,
        now=now,
    )
    if not isinstance(found, DepartmentFile):
        raise Stuck(source, [found])
    reading.compare(found.pk, at=now)


def _decide(
    round_: ComparisonRound,
    found: str,
    clerk: Appointment,
    now: datetime,
    *,
    explained: bool,
) -> None:
    match = Match.objects.get(round=round_, detail__contains=found)
    ruling = Ruling(
        decision=Decision.EXPLAINED if explained else Decision.ACCEPTED,
        exception="hand_tractor" if explained else "",
        explanation="耕地用，已上门看过" if explained else "本人在编，已与单位核实",
        same_person=False,
    )
    picture: Picture = drawn(f"演示用照片\n\n{round_.number}\n{DAY}")
    pictures = [picture] if explained else []
    if refused := deciding.decide(match, ruling, pictures, by=clerk, now=now):
        raise Stuck(found, refused)


def _sheet(source: str) -> bytes:
    written = io.StringIO(newline="")
    rows = [
        (name or person.name, unseal(person.id_cipher), said, day)
        for village, number, said, day, name in ANSWERS[source]
        for person in [_head(village, number)]
    ]
    csv.writer(written).writerows([HEADERS[source], *rows])
    return written.getvalue().encode("gb18030")


def _head(village: str, number: int) -> Person:
    homes = Household.objects.filter(place_id=village).order_by("number")
    head = homes[number - 1].head
    if head is None:
        raise ValueError(f"{village} {number}")
    return head
