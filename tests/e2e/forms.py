"""How each form of facts is filled in rightly, in the words of its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tests.e2e.person import Person
from tests.e2e.pictures import photo

DEPARTMENTS = ("财政", "公安", "工商", "税务", "房管", "民政", "卫生", "审计")
PRESENT, DUE = 38, 45


def application(person: Person, day: date) -> None:
    """户主申请."""
    person.fill(
        "application",
        made_by="household",
        applied_on=day.isoformat(),
        request="家庭困难，申请纳入建档立卡贫困户。",
        cause="缺技术",
        income_stated="2500",
        labourers="1",
        thumb=True,
        signature=photo("application"),
    )


def visit(person: Person, day: date, people: int = 2) -> None:
    """入户核实 by two or as many as named; the first stands there already."""
    person.fill(
        "visit", visited_on=day.isoformat(), note="情况属实", photo=photo("visit")
    )
    for number in range(1, people):
        person.fill(f"visit-visitors-{number}", name="彭立诚", unit="驻村工作队")


def worksheet(person: Person, day: date, per_head: int = 2600) -> None:
    """收入测算表: wages and what the fields bring, less seed."""
    size = int(person.value("worksheet-size"))
    wages, fields, seed = per_head * size - 800 * size, 1000 * size, 200 * size
    person.fill(
        "worksheet",
        **{
            "wage-0-amount": wages,
            "operating-0-amount": fields,
            "cost-0-amount": seed,
            "stated_net": wages + fields - seed,
            "signed": True,
            "photo": photo("worksheet"),
        },
    )


def checklist(person: Person, day: date, over: str = "no") -> None:
    """两不愁三保障核查."""
    person.fill(
        "checklist",
        income_over_line=over,
        food="yes",
        clothing="yes",
        water_quality="yes",
        water_litres="60",
        water_minutes="5",
        water_metres="10",
        water_dry_days="0",
        school="yes",
        medical="yes",
        housing_grade="B",
        housing_certificate="鉴定〔2018〕1号",
    )


def comparison(person: Person, day: date) -> None:
    """信息比对 without a hit."""
    person.fill(
        "comparison",
        compared_on=day.isoformat(),
        departments=DEPARTMENTS,
        consent=True,
    )


def site_check(person: Person, day: date) -> None:
    """实地核查 by three; the first stands there already."""
    person.fill(
        "site-check",
        checked_on=day.isoformat(),
        finding="ok",
        photo=photo("site"),
        **{"checkers-1-name": "田知行", "checkers-2-name": "石清明"},
    )


def signature(slug: str) -> Callable[[Person, date], None]:
    """Return how one of the sheets that the household signs is filled in."""

    def filled(person: Person, day: date) -> None:
        person.fill(
            slug,
            signed_on=day.isoformat(),
            by_whom="head",
            thumb=True,
            photo=photo(slug),
        )

    return filled


def investigation(person: Person, day: date) -> None:
    """核定登记: a car, with its evidence."""
    person.fill(
        "investigation",
        conclusion="remove",
        grounds=("有小汽车",),
        account="户主名下小型轿车一辆，识别时已有。",
        evidence="车辆登记查询结果",
        photo=photo("investigation"),
    )


def statement(person: Person, day: date) -> None:
    """农户意见: the household objects and is answered."""
    person.fill(
        "statement",
        stated_on=day.isoformat(),
        objects_to_it=True,
        words="车是借来的",
        answer="经车管所核实，登记在户主名下",
    )


def meeting(person: Person, day: date, prefix: str, **other: Any) -> None:
    """民主评议的会议; ``other`` stands in place of what is right."""
    said = {
        "called_on": day.isoformat(),
        "held_at": f"{day.isoformat()}T00:01",
        "place_text": "村部会议室",
        "method": "secret",
        "due": DUE,
        "present": PRESENT,
        "women": 12,
        "chair": "石念群",
        "recorder": "龙守信",
        "teller": "麻守正",
        "scrutineer": "杨永和",
        "sheets": photo("meeting"),
    }
    person.fill(prefix, **(said | other))


def authorised(person: Person, day: date, **other: Any) -> None:
    """民主评议 of the representatives, who need an authority."""
    person.put("meeting-kind", "representatives")
    said = {
        "authorisation_type": "villagers_meeting",
        "authorisation_on": date(day.year, 1, 10).isoformat(),
        "authorisation_document": "村民会议决议",
    }
    meeting(person, day, "meeting", **(said | other))
    if person.page.locator('[name="meeting-comparison_read_out"]').count():
        person.put("meeting-comparison_read_out", True)


def confirmation(person: Person, day: date) -> None:
    """村级核实签字."""
    person.fill(
        "confirmation",
        secretary="石念群",
        village_head="龙守信",
        team_leader="向明远",
        confirmed_on=day.isoformat(),
        photo=photo("confirmation"),
    )


def posting(person: Person, day: date) -> None:
    """张贴: at every spot that the rulebook wants, the first lines of the table."""
    wanted = person.page.locator('[name$="-where"]').count() and 1
    for number in range(wanted):
        person.fill(
            f"posting-spots-{number}",
            posted_at=f"{day.isoformat()}T00:01",
            photos=photo("wall"),
        )


CASE_FORMS: Mapping[str, Callable[..., None]] = {
    "application": application,
    "visit": visit,
    "worksheet": worksheet,
    "checklist": checklist,
    "comparison": comparison,
    "site-check": site_check,
    "investigation": investigation,
    "statement": statement,
    "notification": signature("notification"),
    "consent": signature("consent"),
    "receipt": signature("receipt"),
    "registration": signature("registration"),
}
LEAVING: Mapping[str, Callable[..., None]] = {
    **CASE_FORMS,
    "worksheet": lambda person, day: worksheet(person, day, 5200),
    "checklist": lambda person, day: checklist(person, day, "yes"),
}
