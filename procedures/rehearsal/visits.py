"""Rehearsed visits: who came, what was counted, what was seen, who was sampled."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from procedures.models import (
    Checklist,
    Finding,
    LineKind,
    Sample,
    SiteCheck,
    Visit,
    Visitor,
    Worksheet,
    WorksheetLine,
)
from procedures.rehearsal.scene import Scene
from procedures.sampling import draw, seed_for
from registry.codes import HousingGrade
from registry.rows import add_rows
from workflows.models import Case

PEOPLE = ("向明远", "彭立诚", "田知行", "吴若水")
POOR, WELL_OFF = 2600, 5200
SHARES = {
    LineKind.WAGE: ("外出务工工资", Decimal("0.55")),
    LineKind.OPERATING: ("种植、养殖收入", Decimal("0.35")),
    LineKind.PROPERTY: ("土地流转租金", Decimal("0.05")),
    LineKind.TRANSFER: ("生态补偿、养老金", Decimal("0.15")),
    LineKind.COST: ("种子、化肥", Decimal("0.10")),
}


def visits(scene: Scene) -> None:
    """A visit per household by as many people as the step wants."""
    made = Visit.objects.bulk_create(
        Visit(
            case=case,
            step=scene.step.name,
            visited_on=scene.of(case, "visited_on", scene.today),
            note="情况属实",
            photo=scene.photo,
            **scene.recorded,
        )
        for case in scene.cases
    )
    add_rows(
        [
            Visitor(visit=visit, name=name, unit="驻村工作队")
            for visit, case in zip(made, scene.cases, strict=True)
            for name in scene.of_list("people", PEOPLE)[: scene.of(case, "visitors", 2)]
        ]
    )


def worksheets(scene: Scene) -> None:
    """A signed worksheet per household that adds up."""
    made = Worksheet.objects.bulk_create(
        _worksheet(scene, case, _amounts(scene, case)) for case in scene.cases
    )
    add_rows(
        [
            WorksheetLine(
                worksheet=sheet,
                kind=kind,
                item=SHARES[kind][0],
                unit="年",
                amount=amount,
            )
            for sheet, case in zip(made, scene.cases, strict=True)
            for kind, amount in _amounts(scene, case).items()
        ]
    )


def checklists(scene: Scene) -> None:
    """What the visitors saw: met for an exit, not all met for an application."""
    leaving = scene.batch.procedure.endswith("exit")
    add_rows(
        [
            Checklist(
                case=case,
                step=scene.step.name,
                income_over_line=scene.of(case, "income_over_line", leaving),
                food=True,
                clothing=True,
                water_quality=True,
                water_litres=scene.of(case, "water_litres", 60),
                water_minutes=5,
                water_metres=10,
                water_dry_days=0,
                school=scene.of(case, "school", default=True),
                medical=scene.of(case, "medical", default=True),
                housing_grade=scene.of(case, "housing_grade", HousingGrade.B),
                housing_certificate=scene.of(
                    case, "housing_certificate", "鉴定〔2018〕1号"
                ),
                blockers=list(scene.of(case, "blockers", ())),
                **scene.recorded,
            )
            for case in scene.cases
        ]
    )


def samples(scene: Scene) -> None:
    """The sample of the step, drawn once, as anyone can draw it again."""
    if Sample.objects.filter(batch=scene.batch, step=scene.step.name).exists():
        return
    book = scene.batch.bound_rulebook
    own = f"sample_rate_at_{scene.step.name}"
    rate = book.fraction(own if own in book.values else "sample_rate")
    seed = seed_for(scene.batch.head, scene.step.name)
    drawn = draw([case.pk for case in scene.cases], rate, seed)
    Sample.objects.create(
        batch=scene.batch,
        step=scene.step.name,
        rate=str(rate),
        seed=seed,
        size=len(drawn),
        drawn_on=scene.today,
        case_ids=drawn,
        **scene.recorded,
    )


def site_checks(scene: Scene) -> None:
    """A check on site of every household drawn, by three people."""
    drawn = Sample.objects.get(batch=scene.batch, step=scene.step.name).case_ids
    add_rows(
        [
            SiteCheck(
                case=case,
                step=scene.step.name,
                checked_on=scene.today,
                checkers=list(
                    scene.of_list("people", PEOPLE)[: scene.of(case, "checkers", 3)]
                ),
                finding=scene.of(case, "finding", Finding.OK),
                photo=scene.photo,
                **scene.recorded,
            )
            for case in scene.cases
            if case.pk in drawn
        ]
    )


def _amounts(scene: Scene, case: Case) -> dict[LineKind, Decimal]:
    leaving = scene.batch.procedure.endswith("exit")
    head = Decimal(scene.of(case, "per_head", WELL_OFF if leaving else POOR))
    net = head * _size(case)
    return {
        kind: (net * share).quantize(Decimal("0.01"))
        for kind, (_i, share) in SHARES.items()
    }


def _size(case: Case) -> int:
    return case.household.size if case.household else 1


def _worksheet(scene: Scene, case: Case, amounts: dict[LineKind, Decimal]) -> Worksheet:
    costs = amounts[LineKind.COST]
    net = sum(amounts.values(), Decimal()) - costs - costs
    net += scene.of(case, "net_wrong_by", Decimal())
    first, last = _period(scene.today)
    return Worksheet(
        case=case,
        step=scene.step.name,
        year=last.year,
        period_from=first,
        period_to=last,
        size=_size(case),
        wages=amounts[LineKind.WAGE],
        operating=amounts[LineKind.OPERATING],
        property=amounts[LineKind.PROPERTY],
        transfer=amounts[LineKind.TRANSFER],
        costs=costs,
        net=net,
        per_head=(net / _size(case)).quantize(Decimal("0.01")),
        signed=scene.of(case, "worksheet_signed", default=True),
        photo=scene.picture(wanted=scene.of(case, "worksheet_signed", default=True)),
        **scene.recorded,
    )


def _period(today: date) -> tuple[date, date]:
    """Return the last twelve whole months."""
    this_month = today.replace(day=1)
    return this_month.replace(year=this_month.year - 1), this_month - timedelta(days=1)
