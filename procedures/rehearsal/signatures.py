"""Rehearsed paper that comes back signed: applications, confirmations, receipts."""

from __future__ import annotations

from procedures.models import (
    Applicant,
    Application,
    Comparison,
    Confirmation,
    Decision,
    Hit,
    HitKind,
    Signer,
    SignOff,
    SignOffKind,
)
from procedures.rehearsal.scene import Scene
from registry.rows import add_rows

KINDS = {
    "consent": SignOffKind.CONSENT,
    "register": SignOffKind.REGISTRATION,
    "delist": SignOffKind.RECEIPT,
    "notify": SignOffKind.NOTIFICATION,
    "declare": SignOffKind.FAMILY_CHANGE,
}
DEPARTMENTS = ["财政", "公安", "工商", "税务", "房管", "民政", "卫生", "审计"]


def applications(scene: Scene) -> None:
    """A signed application per household, its own or through the group."""
    Application.objects.filter(case__in=scene.cases).delete()
    add_rows(
        [
            Application(
                case=case,
                made_by=scene.of(case, "made_by", Applicant.HOUSEHOLD),
                group_reason=scene.of(case, "group_reason", ""),
                applied_on=scene.of(case, "applied_on", scene.today),
                request="家庭困难，申请纳入建档立卡贫困户。",
                cause="缺技术",
                income_stated=scene.of(case, "income_stated", 2500),
                labourers=1,
                signature=scene.picture(wanted=scene.of(case, "signed", default=True)),
                thumb=scene.of(case, "thumb", default=True),
                proxy_name=scene.of(case, "proxy_name", ""),
                witness_name=scene.of(case, "witness_name", ""),
                **scene.recorded,
            )
            for case in scene.cases
        ]
    )


def comparisons(scene: Scene) -> None:
    """A comparison per household; hits only where the story wants them."""
    Comparison.objects.filter(case__in=scene.cases).delete()
    made = Comparison.objects.bulk_create(
        Comparison(
            case=case,
            compared_on=scene.today,
            departments=DEPARTMENTS,
            consent=scene.of(case, "consent", default=True),
            **scene.recorded,
        )
        for case in scene.cases
    )
    Hit.objects.bulk_create(
        Hit(
            comparison=comparison,
            kind=hit,
            department="公安局车管所" if hit == HitKind.VEHICLE else "有关部门",
            detail="名下登记",
            found_on=scene.today,
            explanation=scene.of(case, "explanation", ""),
            decision=scene.of(case, "decision", Decision.OPEN),
            decided_by=scene.by.officer,
            decided_on=scene.today,
        )
        for comparison, case in zip(made, scene.cases, strict=True)
        for hit in scene.of(case, "hits", ())
    )


def confirmation(scene: Scene) -> None:
    """Secretary, village head and team leader sign the list."""
    Confirmation.objects.create(
        batch=scene.batch,
        step=scene.step.name,
        secretary=scene.of_list("secretary", "石念群"),
        village_head=scene.of_list("village_head", "龙守信"),
        team_leader=scene.of_list("team_leader", "向明远"),
        confirmed_on=scene.today,
        photo=scene.photo,
        **scene.recorded,
    )


def sign_offs(scene: Scene) -> None:
    """The household signs what the step wants signed, or refuses."""
    add_rows(
        [
            SignOff(
                case=case,
                kind=KINDS[scene.step.name],
                signed_on=scene.today,
                by=scene.of(case, "by", Signer.HEAD),
                proxy_name=scene.of(case, "proxy_name", ""),
                proxy_relation=scene.of(case, "proxy_relation", ""),
                witness_name=scene.of(case, "witness_name", ""),
                thumb=scene.of(case, "thumb", default=True),
                photo=scene.picture(
                    wanted=scene.of(case, "photographed", default=True)
                ),
                refused=bool(scene.of(case, "refusal_reason", "")),
                refusal_reason=scene.of(case, "refusal_reason", ""),
                **scene.recorded,
            )
            for case in scene.cases
        ]
    )
