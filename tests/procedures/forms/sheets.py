"""What is typed on every form of the procedures when all is right."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from procedures.forms.meetings import MeetingForm
from tests.procedures.forms.desk import photo

POOR, WELL_OFF = 2600, 5200


def right(form: Any) -> dict[str, Any]:
    """Return what is typed on a form as it stands on its page."""
    if isinstance(form, MeetingForm):
        return _meeting(form)
    typed = SHEETS[form.slug]
    return typed(form) if callable(typed) else _dated(form, typed)


def _dated(form: Any, typed: dict[str, Any]) -> dict[str, Any]:
    today = form.today.isoformat()
    return {key: today if value == "today" else value for key, value in typed.items()}


def _meeting(form: MeetingForm) -> dict[str, Any]:
    day = form.today.isoformat()
    typed = {
        "kind": "group" if form.group else "representatives",
        "basis": "adults",
        "called_on": day,
        "held_at": f"{day}T08:00",
        "place_text": "村部",
        "method": "secret",
        "due": "45",
        "present": "38",
        "women": "13",
        "chair": "石念群",
        "recorder": "龙守信",
        "teller": "麻守正",
        "scrutineer": "杨永和",
        "comparison_read_out": "on",
        "sheets": photo(),
    }
    authority = {
        "authorisation_type": "charter",
        "authorisation_on": "2018-01-20",
        "authorisation_document": "村民自治章程",
    }
    if "assembly" in dict(form.fields["kind"].choices):
        return typed | {"kind": "assembly", "basis": "households"}
    return typed | ({} if form.group else authority)


def _worksheet(form: Any) -> dict[str, Any]:
    leaving = form.batch.procedure.endswith("exit")
    net = Decimal(WELL_OFF if leaving else POOR) * form.home.size
    typed = {"wage-0-amount": net + 300, "cost-0-amount": 300, "stated_net": net}
    sent = {key: str(value) for key, value in typed.items()}
    return {**sent, "signed": "on", "photo": photo()}


def _posting(form: Any) -> dict[str, Any]:
    at = form.now.strftime("%Y-%m-%dT%H:%M")
    return {"spots-0-posted_at": at, "spots-0-photos": photo()}


def _comparison(form: Any) -> dict[str, Any]:
    every = [name for name, _label in form.fields["departments"].choices]
    day = (form.today - timedelta(days=0)).isoformat()
    return {"compared_on": day, "departments": every, "consent": "on"}


def _investigation(form: Any) -> dict[str, Any]:
    """The last ground of the rulebook: a car."""
    *_others, (ground, _label) = form.fields["grounds"].choices
    return {
        "conclusion": "remove",
        "grounds": [ground],
        "account": "户主名下登记有小汽车一辆。",
        "evidence": "车辆登记查询结果",
        "photo": photo(),
    }


SIGNED = {"signed_on": "today", "by_whom": "head", "thumb": "on", "photo": photo()}
CAME = {
    f"visitors-{number}-{part}": f"{word}{name}" if part == "unit" else name
    for number, name in enumerate(("向明远", "彭立诚", "田知行"))
    for part, word in (("name", ""), ("unit", "单位"))
}
SHEETS: dict[str, Any] = {
    "application": {
        "made_by": "household",
        "applied_on": "today",
        "request": "申请纳入",
        "cause": "因病",
        "income_stated": "2500",
        "labourers": "0",
        "thumb": "on",
        "signature": photo(),
    },
    "visit": {"visited_on": "today", **CAME},
    "worksheet": _worksheet,
    "checklist": {
        **dict.fromkeys(("income_over_line", "food", "clothing", "school"), "yes"),
        **dict.fromkeys(("water_quality", "medical"), "yes"),
        "water_litres": "60",
        "water_minutes": "5",
        "water_metres": "10",
        "water_dry_days": "0",
        "housing_grade": "B",
        "housing_certificate": "鉴定〔2018〕1号",
    },
    "comparison": _comparison,
    "confirmation": {
        "secretary": "石念群",
        "village_head": "龙守信",
        "team_leader": "向明远",
        "confirmed_on": "today",
        "photo": photo(),
    },
    "posting": _posting,
    "sample": {"draw": "on"},
    "site-check": {
        "checked_on": "today",
        "finding": "ok",
        **{
            f"checkers-{n}-name": who
            for n, who in enumerate(("彭立诚", "田知行", "吴若水"))
        },
        "photo": photo(),
    },
    "consent": SIGNED,
    "receipt": SIGNED,
    "investigation": _investigation,
    "notification": SIGNED,
    "statement": {"stated_on": "today", "objects_to_it": "", "words": ""},
    "registration": SIGNED,
}
