"""Facts that pass every gate; each test changes the one thing it is about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from procedures import facts as f
from workflows.rulebook import Rulebook, Shelf

BOOKS = Path(__file__).parents[2] / "procedures" / "rulebooks"
TODAY = date(2018, 11, 20)


@cache
def shelf() -> Shelf:
    return Shelf.of(BOOKS)


def book(slug: str = "household_exit-hunan-2017") -> Rulebook:
    return next(found for found in shelf().all() if found.slug == slug)


IDENTIFICATION = "household_identification-hunan-2017"


def home(**changes: Any) -> f.HouseholdFacts:
    base = f.HouseholdFacts(head="石秋分", group="一组", size=4, status="registered")
    return replace(base, **changes)


def application(**changes: Any) -> f.ApplicationFacts:
    base = f.ApplicationFacts(
        made_by="household",
        group_reason="",
        applied_on=date(2018, 11, 1),
        signed=True,
        thumb=True,
        proxy="",
        witness="",
    )
    return replace(base, **changes)


def visit(**changes: Any) -> f.VisitFacts:
    base = f.VisitFacts(visited_on=date(2018, 11, 6), visitors=("龙谷雨", "麻立夏"))
    return replace(base, **changes)


def line(kind: str, amount: int, *, excluded: bool = False) -> f.LineFacts:
    return f.LineFacts(kind=kind, amount=Decimal(amount), excluded=excluded)


def worksheet(**changes: Any) -> f.WorksheetFacts:
    """15,000 + 4,000 − 1,000 for four people: 4,500 a head."""
    base = f.WorksheetFacts(
        year=2018,
        period_from=date(2017, 11, 1),
        period_to=date(2018, 10, 31),
        size=4,
        sums={
            "wage": Decimal(15000),
            "operating": Decimal(4000),
            "property": Decimal(0),
            "transfer": Decimal(0),
            "cost": Decimal(1000),
        },
        net=Decimal(18000),
        per_head=Decimal("4500.00"),
        lines=(
            line("wage", 15000),
            line("operating", 4000),
            line("cost", 1000),
            line("transfer", 500, excluded=True),
        ),
        signed=True,
        photographed=True,
    )
    return replace(base, **changes)


def checklist(**changes: Any) -> f.ChecklistFacts:
    base = f.ChecklistFacts(
        income_over_line=True,
        food=True,
        clothing=True,
        water_quality=True,
        water_litres=60,
        water_minutes=5,
        water_metres=10,
        water_dry_days=0,
        school=True,
        medical=True,
        housing_grade="B",
        housing_certificate="",
    )
    return replace(base, **changes)


def meeting(**changes: Any) -> f.MeetingFacts:
    base = f.MeetingFacts(
        kind="representatives",
        basis="members",
        authorisation_type="charter",
        authorisation_on=date(2017, 3, 1),
        authorisation_document="村民自治章程",
        called_on=date(2018, 11, 7),
        held_on=date(2018, 11, 10),
        due=45,
        present=37,
        chair="石谷雨",
        recorder="向小满",
        teller="吴白露",
        scrutineer="彭霜降",
        comparison_read_out=True,
        vote=vote(30, 5, 2),
    )
    return replace(base, **changes)


def vote(votes_for: int, against: int = 0, abstain: int = 0) -> f.VoteFacts:
    return f.VoteFacts(votes_for=votes_for, against=against, abstain=abstain)


def hit(**changes: Any) -> f.HitFacts:
    base = f.HitFacts(
        kind="vehicle", label="小汽车", department="公安", decision="explained"
    )
    return replace(base, **changes)


def comparison(**changes: Any) -> f.ComparisonFacts:
    base = f.ComparisonFacts(
        compared_on=date(2018, 11, 8),
        departments=frozenset(book(IDENTIFICATION).words("comparison_departments")),
        consent=True,
        hits=(hit(),),
    )
    return replace(base, **changes)


def sheet(**changes: Any) -> f.PostingFacts:
    base = f.PostingFacts(
        where="村务公开栏", posted_on=date(2018, 11, 12), photographed=True
    )
    return replace(base, **changes)


def notice(**changes: Any) -> f.NoticeFacts:
    base = f.NoticeFacts(
        kind="village_publicity",
        title="村内公示",
        issued_on=date(2018, 11, 11),
        rows=frozenset({("一组", "石秋分", 4), ("二组", "龙寒露", 3)}),
        postings=(sheet(),),
    )
    return replace(base, **changes)


def confirmation(**changes: Any) -> f.ConfirmationFacts:
    base = f.ConfirmationFacts(
        signatures={
            "secretary": "龙谷雨",
            "village_head": "石谷雨",
            "team_leader": "麻立夏",
        },
        confirmed_on=date(2018, 11, 11),
        photographed=True,
    )
    return replace(base, **changes)


def sample(**changes: Any) -> f.SampleFacts:
    base = f.SampleFacts(
        rate=Fraction(1, 5), size=10, drawn_on=date(2018, 11, 19), drawn=True
    )
    return replace(base, **changes)


def site_check(**changes: Any) -> f.SiteCheckFacts:
    base = f.SiteCheckFacts(
        checked_on=date(2018, 11, 19),
        checkers=("田处暑", "杨芒种", "隆春分"),
        right=True,
    )
    return replace(base, **changes)


def sign_off(**changes: Any) -> f.SignOffFacts:
    base = f.SignOffFacts(
        signed_on=date(2018, 11, 11),
        by_proxy=False,
        proxy="",
        proxy_relation="",
        witness="",
        thumb=True,
        photographed=True,
        refused=False,
        refusal_reason="",
    )
    return replace(base, **changes)


def case(step: str = "verify", **changes: Any) -> f.CaseFacts:
    """A case of an exit at a step, with every fact right."""
    base = f.CaseFacts(
        case_id=1,
        step=step,
        household=home(),
        listed=50,
        application=application(),
        visits={"verify": visit()},
        worksheets={"verify": worksheet()},
        checklists={"verify": checklist()},
        meetings={step: meeting()},
        comparison=comparison(),
        confirmation=confirmation(),
        notice=notice(),
        sample=sample(),
        site_checks={step: site_check()},
        sign_offs={
            "consent": sign_off(),
            "receipt": sign_off(),
            "registration": sign_off(),
        },
    )
    return replace(base, **changes)
