"""Gates on the meeting itself: the right body, empowered, called, with a quorum.

Know who met; how many must come is the rulebook's.
"""

from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.arithmetic import at_least, more_than
from procedures.facts import CaseFacts, MeetingFacts
from procedures.gates.gate import gate, key_at, refuse
from registry.refusals import Refusal
from workflows.rulebook import Rulebook

VILLAGERS, REPRESENTATIVES, GROUP = "villagers", "representatives", "group"
ASSEMBLY = "assembly"
HOUSEHOLDS = "households"
BODIES = {
    GROUP: gettext_lazy("村民小组会议"),
    REPRESENTATIVES: gettext_lazy("村民代表会议"),
    VILLAGERS: gettext_lazy("村民会议"),
    ASSEMBLY: gettext_lazy("群众评议会"),
}


class Attendance(Protocol):
    """What a quorum is reckoned from: a fact and a row both have it."""

    @property
    def kind(self) -> str: ...
    @property
    def basis(self) -> str: ...
    @property
    def due(self) -> int: ...


@gate(needs={"meetings"})
def meeting_recorded(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """A meeting of the right body is on file.

    Refuses: meeting_missing, wrong_body. Source: H1, H7, S0 二(五).
    """
    met = facts.meetings.get(facts.step)
    if met is None:
        return refuse("meeting_missing", _("没有会议记录"), rulebook.step(facts.step))
    key = key_at(rulebook, "bodies", facts.step)
    if met.kind in rulebook.words(key):
        return None
    return refuse(
        "wrong_body",
        _("本环节须由%(right)s评议，登记的是%(met)s"),
        rulebook[key],
        right=_("或").join(str(BODIES[kind]) for kind in rulebook.words(key)),
        met=BODIES[met.kind],
    )


@gate(needs={"meetings", "sent_back"})
def meeting_not_in_future(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The meeting was called in time, then held, and not in the future.

    A household sent back is appraised at a new meeting.

    Refuses: meeting_dated_ahead, meeting_called_late, meeting_too_old.
    Source: L1, P4.
    """
    met = facts.meetings.get(facts.step)
    if met is None:
        return None
    if met.held_on > today:
        return refuse(
            "meeting_dated_ahead",
            _("会议日期 %(on)s 晚于今天"),
            rulebook.step(facts.step),
            on=met.held_on,
        )
    return _called_in_time(met, rulebook) or _met_anew(facts, met, rulebook)


def _called_in_time(met: MeetingFacts, rulebook: Rulebook) -> Refusal | None:
    key = "villagers_notice_days" if met.kind == VILLAGERS else "meeting_notice_days"
    days = rulebook.whole(key)
    if met.called_on + timedelta(days=days) <= met.held_on:
        return None
    return refuse(
        "meeting_called_late",
        _("会议 %(held)s 召开，通知日期 %(called)s 太晚（须提前 %(days)s 天）"),
        rulebook[key],
        called=met.called_on,
        held=met.held_on,
        days=days,
    )


def _met_anew(
    facts: CaseFacts, met: MeetingFacts, rulebook: Rulebook
) -> Refusal | None:
    if facts.since is None or met.held_on >= facts.since:
        return None
    return refuse(
        "meeting_too_old",
        _("该户于 %(since)s 退回重办，须重新开会（上次会议 %(held)s）"),
        rulebook["renewed_after_return"],
        since=facts.since,
        held=met.held_on,
    )


@gate(needs={"meetings"})
def meeting_authorised(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The representatives were empowered before they met; other bodies need not be.

    Refuses: meeting_unauthorised, authorised_too_late. Source: L1, Q2 art. 3.
    """
    met = facts.meetings.get(facts.step)
    if met is None or met.kind != REPRESENTATIVES:
        return None
    known = met.authorisation_type in rulebook.words("authorisations")
    if not (known and met.authorisation_on and met.authorisation_document):
        return refuse(
            "meeting_unauthorised",
            _("没有登记村民会议对村民代表会议的授权（方式、日期、文件）"),
            rulebook["authorisations"],
        )
    if met.authorisation_on <= met.held_on:
        return None
    return refuse(
        "authorised_too_late",
        _("授权日期 %(authorised)s 晚于会议日期 %(held)s"),
        rulebook["authorisations"],
        authorised=met.authorisation_on,
        held=met.held_on,
    )


@gate(needs={"meetings"})
def meeting_quorate(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Enough of those who should come came, by the quorum of that body.

    Refuses: no_quorum. Source: L1 arts 22, 26, 28.
    """
    met = facts.meetings.get(facts.step)
    if met is None:
        return None
    key, needed = quorum(met, rulebook)
    if met.present >= needed and met.present:
        return None
    return refuse(
        "no_quorum",
        _("%(body)s应到 %(due)s 人，实到 %(present)s 人，至少须到 %(needed)s 人"),
        rulebook[key],
        body=BODIES[met.kind],
        due=met.due,
        present=met.present,
        needed=needed,
    )


def quorum(met: Attendance, rulebook: Rulebook) -> tuple[str, int]:
    """Return the key and the number; adults and assemblies are more than a share."""
    if met.kind == REPRESENTATIVES:
        key = "quorum_representatives"
    elif met.kind == GROUP:
        key = "quorum_group"
    elif met.kind == ASSEMBLY:
        key = "quorum_assembly_over"
        return key, more_than(rulebook.fraction(key), met.due)
    elif met.basis == HOUSEHOLDS:
        key = "quorum_villagers_households"
    else:
        key = "quorum_villagers_adults_over"
        return key, more_than(rulebook.fraction(key), met.due)
    return key, at_least(rulebook.fraction(key), met.due)


@gate(needs={"meetings", "visits"})
def meeting_after_visit(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The appraisal came after the verification; both may fall on one day.

    Refuses: appraised_before_visit. Source: P6.
    """
    met = facts.meetings.get(facts.step)
    visits = [
        visit.visited_on
        for step in rulebook.words("visits_before_appraisal")
        if (visit := facts.visits.get(step))
    ]
    if met is None or not visits or max(visits) <= met.held_on:
        return None
    return refuse(
        "appraised_before_visit",
        _("会议 %(held)s 早于入户核实 %(visited)s，须先核实后评议"),
        rulebook["visits_before_appraisal"],
        held=met.held_on,
        visited=max(visits),
    )


@gate(needs={"meetings"})
def comparison_read_out(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The results of the comparison were read out before the vote.

    Holds where the rulebook has no such duty.

    Refuses: comparison_not_read_out. Source: H1, P1.
    """
    met = facts.meetings.get(facts.step)
    if met is None or met.comparison_read_out:
        return None
    if not rulebook.flag("comparison_read_out"):
        return None
    return refuse(
        "comparison_not_read_out",
        _("会议没有宣读信息比对结果"),
        rulebook["comparison_read_out"],
    )
