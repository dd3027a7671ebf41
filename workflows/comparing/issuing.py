"""The paper of a round (信息比对结果清单) and its report as a spreadsheet.

Knows what each says; whatever language the officer reads, both are Chinese.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notices import papers
from notices.models import Paper
from notices.papers import Draft
from permissions.models import Appointment
from permissions.posts import Post
from registry.comparing import departments
from registry.comparing.kinds import HitKind
from registry.exports.pages import Cell
from registry.exports.writing import Sheet
from registry.models import Household, Place
from registry.places import PREFIX, level_of, span
from registry.refusals import HOUSE_RULE, Refusal
from workflows.actions import writing
from workflows.comparing.deciding import EXCEPTION
from workflows.comparing.handing import answered
from workflows.comparing.report import Report, Tally
from workflows.models import ComparisonRound, Match

KIND = "comparison_list"
# Beyond it the list is issued township by township: a clerk signs what he has read.
MOST_ROWS = 2_000
_NAME_WIDTH = 18


def issue_list(
    round_: ComparisonRound, place: Place, *, by: Appointment, now: datetime
) -> Paper | Refusal:
    """Issue the list of a round's hits in a township or the whole county.

    Refuses: nothing_answered, list_too_long.
    Effects: one paper; an earlier one for the same place is replaced by it.

    Raises:
        Trespass: he is not the county's clerk. Unprintable: a name without glyphs.
    """
    writing.must_hold(Post.COUNTY_CLERK, round_.place_id, by, at=now)
    files = list(answered(round_).select_related("department"))
    if not files:
        return _refuse("nothing_answered", _("还没有部门反馈，不能出具清单"))
    low, high = span(place.pk)
    here = {"place_id__gte": low, "place_id__lt": high}
    matches = list(_matches(round_).filter(**here)[: MOST_ROWS + 1])
    if len(matches) > MOST_ROWS:
        said = _("超过 %(most)s 条，请分乡镇出具")
        return _refuse("list_too_long", said % {"most": MOST_ROWS})
    homes = Household.objects.filter(pk__in=round_.asked.values("household_id"), **here)
    today = timezone.localdate(now)
    asked = dict.fromkeys(departments.named(f.department.source).asks for f in files)
    context = papers.header(KIND, papers.place_names(place.pk), on=today) | {
        "procedure_title": "",
        "batch_title": round_.number,
        "compared_on": max(timezone.localdate(f.read_at or now) for f in files),
        "departments": list(asked),
        "households": homes.count(),
        "persons": sum(homes.values_list("size", flat=True)),
        "rows": _rows(matches),
    }
    draft = Draft(
        kind=KIND,
        issuer_code=round_.place_id,
        place_code=place.pk,
        about=f"{round_.about}/{place.pk[: PREFIX[level_of(place.pk)]]}",
        context=context,
    )
    return papers.issue([draft], by=by, at=now, training=round_.training)[0]


def report_sheet(round_: ComparisonRound, report: Report) -> Sheet:
    """Return the report of the four kinds as a table, the sum below."""
    with translation.override(settings.LANGUAGE_CODE):
        kinds = [str(HitKind(kind).label) for kind in report.kinds]
        headers = ["区划代码", "乡镇", "参加比对户", "比中户", *kinds]
    lines: list[Sequence[Cell]] = [
        (place.code, place.name, *_figures(report, tally))
        for place, tally in report.lines
    ]
    return Sheet(
        name="四类对象",
        title=f"{round_.place.name}四类对象比对汇总（{round_.number}）",
        headers=[*headers, "待认定户", "说明成立户", "应清退户"],
        rows=[*lines, ("", "合计", *_figures(report, report.sum))],
        text=frozenset({0}),
        widths=(_NAME_WIDTH, _NAME_WIDTH),
    )


def _figures(report: Report, tally: Tally) -> list[int]:
    kinds = [tally.kinds[kind] for kind in report.kinds]
    decided = [tally.open, tally.explained, tally.accepted]
    return [tally.compared, tally.hit, *kinds, *decided]


def _matches(round_: ComparisonRound) -> Any:
    rows = Match.objects.filter(round=round_, standing=True)
    rows = rows.select_related("household", "person", "kin", "round__rulebook")
    return rows.order_by("place_id", "household_id", "pk")


def _rows(matches: list[Match]) -> list[dict[str, Any]]:
    with translation.override(settings.LANGUAGE_CODE):
        return [_row(match) for match in matches]


def _row(match: Match) -> dict[str, Any]:
    kin = match.kin
    relative = f"（户外{kin.get_relation_display()}）" if kin else ""
    rules = match.round.bound_rulebook
    article = rules[EXCEPTION + match.exception].article if match.exception else ""
    doubt = f"（部门登记姓名{match.name_given}）" if match.name_differs else ""
    return {
        "group": match.household.group,
        "head": match.household.head_name,
        "member": f"{match.whose.name}{relative}",
        "id_masked": match.whose.masked_id,
        "kind": match.get_kind_display(),
        "department": match.office,
        "detail": f"{match.detail}{doubt}",
        "found_on": match.found_on,
        "explanation": "：".join(part for part in (article, match.explanation) if part),
        "decision": match.get_decision_display(),
    }


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
