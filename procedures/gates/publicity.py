"""Gates on the notice: posted everywhere, long enough, nothing open, still true.

Know postings and objections; places and days are the rulebook's.
"""

from datetime import date

from django.utils.translation import gettext as _

from procedures.facts import CaseFacts, NoticeFacts
from procedures.gates.gate import gate, key_at, refuse
from registry.refusals import Refusal
from workflows.calendar import DayUnit, UnknownHolidayYear, publicity_last_day
from workflows.rulebook import Rulebook


@gate(needs={"notice"})
def notice_posted(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """The notice hangs at every place the rulebook names, each with a photo.

    Refuses: notice_not_issued, notice_not_posted. Source: H2, H3, N33.
    """
    key = key_at(rulebook, "posting_places", facts.step)
    notice = facts.notice
    if notice is None:
        return refuse("notice_not_issued", _("公示文书还没有生成"), rulebook[key])
    shown = {sheet.where for sheet in notice.postings if sheet.photographed}
    missing = [where for where in rulebook.words(key) if where not in shown]
    if not missing:
        return None
    return refuse(
        "notice_not_posted",
        _("《%(title)s》还没有在%(places)s张贴并拍照"),
        rulebook[key],
        title=notice.title,
        places=_("、").join(missing),
    )


@gate(needs={"notice"})
def posting_dates_right(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """No sheet was posted before it was issued, none in the future.

    Refuses: posted_before_issue, posted_ahead. Source: H11, P26.
    """
    notice = facts.notice
    if notice is None:
        return None
    for sheet in notice.postings:
        if sheet.posted_on < notice.issued_on:
            return refuse(
                "posted_before_issue",
                _("%(where)s的张贴日期 %(on)s 早于文书出具日期 %(issued)s"),
                rulebook["publicity_days"],
                where=sheet.where,
                on=sheet.posted_on,
                issued=notice.issued_on,
            )
        if sheet.posted_on > today:
            return refuse(
                "posted_ahead",
                _("%(where)s的张贴日期 %(on)s 晚于今天"),
                rulebook["publicity_days"],
                where=sheet.where,
                on=sheet.posted_on,
            )
    return None


@gate(needs={"notice"})
def publicity_over(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """The last day of the notice has gone by, counted from its last posting.

    Refuses: publicity_not_begun, publicity_running, unknown_holidays,
        taken_down_early. Source: H1, H11, P26.
    """
    notice = facts.notice
    days = rulebook["publicity_days"]
    if notice is None or not notice.postings:
        return refuse("publicity_not_begun", _("公示还没有张贴"), days)
    posted = max(sheet.posted_on for sheet in notice.postings)
    try:
        last = publicity_last_day(
            posted,
            days=rulebook.whole("publicity_days"),
            unit=DayUnit(days.unit),
            holidays=facts.holidays,
        )
    except UnknownHolidayYear as unknown:
        return refuse(
            "unknown_holidays",
            _("%(year)s 年的节假日安排还没有录入，不能计算公示期"),
            days,
            year=unknown.year,
        )
    if today <= last:
        return refuse(
            "publicity_running",
            _("%(posted)s 张贴，公示至 %(last)s（共 %(days)s 天），次日起才能办结"),
            days,
            posted=posted,
            last=last,
            days=days.value,
        )
    return _hung_to_the_end(notice, last, rulebook)


def _hung_to_the_end(
    notice: NoticeFacts, last: date, rulebook: Rulebook
) -> Refusal | None:
    for sheet in notice.postings:
        if sheet.taken_down_on is not None and sheet.taken_down_on <= last:
            return refuse(
                "taken_down_early",
                _("%(where)s的公示 %(down)s 撤下，早于期满日 %(last)s，须重新公示"),
                rulebook["publicity_days"],
                where=sheet.where,
                down=sheet.taken_down_on,
                last=last,
            )
    return None


@gate(needs={"objections"})
def no_open_objection(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Every objection to the household is answered; one upheld led to a new notice.

    It may have come, or been answered, after the notice was closed.

    Refuses: objection_open, objection_overdue, objection_upheld. Source: H2, H3, P54;
    P17 (practice); Q24 (assumed) for the last day of an answer.
    """
    if facts.open_objections:
        return _unanswered(facts, rulebook, today)
    if not facts.upheld_objections:
        return None
    return refuse(
        "objection_upheld",
        _("异议成立，须退回重办，重新公示"),
        rulebook["new_notice_when_changed"],
    )


def _unanswered(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal:
    latest, count = facts.answer_latest, facts.open_objections
    if latest is not None and today > latest:
        return refuse(
            "objection_overdue",
            _("有 %(count)s 条异议没有办结，已过最迟答复日 %(latest)s，由县级督办"),
            rulebook["objection_answer_cap"],
            count=count,
            latest=latest,
        )
    return refuse(
        "objection_open",
        _("有 %(count)s 条异议没有办结"),
        rulebook["objections_settled"],
        count=count,
    )


@gate(needs={"notice", "objections"})
def list_unchanged(facts: CaseFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    """The household stands on the posted list as it is, and the list stands.

    A changed list is posted again in full, for the full period: also for those
    whom the upheld objection was not about.

    Refuses: list_changed, list_contested. Source: P17 (practice), law-2 §7 (assumed).
    """
    notice, home = facts.notice, facts.household
    if notice is None:
        return None
    law = rulebook["new_notice_when_changed"]
    if (home.group, home.head, home.size) not in notice.rows:
        return refuse(
            "list_changed",
            _("公示名单与登记不符（%(group)s %(head)s %(size)s 人），须重新公示"),
            law,
            group=home.group,
            head=home.head,
            size=home.size,
        )
    # Whom the objection was about is told so already.
    if notice.contested and not facts.upheld_objections and rulebook.flag(law.key):
        text = _("对《%(title)s》的异议成立，名单变动，其余各户须退回张贴环节重新公示")
        return refuse("list_contested", text, law, title=notice.title)
    return None
