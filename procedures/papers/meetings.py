"""Papers of a meeting: sign-in and ballot before it, minutes and tally after it.

Knows what each says; whether a meeting may decide is a gate's business.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from notices.papers import Draft
from procedures.arithmetic import more_than
from procedures.gates.gate import key_at
from procedures.models import Meeting, Method, Recused, Vote
from procedures.papers import law
from procedures.papers.occasion import Context, Occasion, row
from procedures.record import latest
from registry.places import Level
from workflows.models import Case


def sign_in(at: Occasion, kind: str) -> list[Draft]:
    """Write the sheet on which those present sign; lines are left for them."""
    return [
        at.for_meeting(
            meeting,
            kind,
            _meeting(at, kind, meeting)
            | {"due": meeting.due if meeting else None, "names": []},
        )
        for meeting in _meetings(at)
    ]


def ballot(at: Occasion, kind: str) -> list[Draft]:
    """Write the ballot with every household of the list."""
    rows = [
        row(at.household(case))
        | {"cause": _cause(at, case), "reason": _reason(at, case)}
        for case in at.cases
    ]
    return [
        at.for_meeting(meeting, kind, _meeting(at, kind, meeting) | {"rows": rows})
        for meeting in _meetings(at)
    ]


def tally(at: Occasion, kind: str) -> list[Draft]:
    """Write the count of the votes."""
    return [
        at.for_meeting(
            meeting,
            kind,
            _meeting(at, kind, meeting)
            | _ballots(meeting)
            | _officials(meeting, "teller", "scrutineer")
            | {
                "present": meeting.present if meeting else None,
                "rows": _rows(at, meeting),
            },
        )
        for meeting in _meetings(at)
    ]


def minutes(at: Occasion, kind: str) -> list[Draft]:
    """Write the record of the meeting: who came, who left the room, each vote."""
    return [
        at.for_meeting(
            meeting,
            kind,
            _meeting(at, kind, meeting)
            | _attendance(at, meeting)
            | _officials(meeting, "chair", "recorder", "teller", "scrutineer")
            | _proceedings(at, meeting),
        )
        for meeting in _meetings(at)
    ]


def _proceedings(at: Occasion, meeting: Meeting | None) -> Context:
    return {
        "authorisation": _authorisation(meeting) if meeting else "",
        "called_on": meeting.called_on if meeting else None,
        "agenda": list(_agenda(at, meeting)),
        "method": meeting.get_method_display() if meeting else "",
        "rows": [each | {"opinion": ""} for each in _rows(at, meeting)],
        "recused": _recused(at, meeting) if meeting else [],
        "summary": meeting.summary if meeting else "",
    }


def _meetings(at: Occasion) -> list[Meeting] | list[None]:
    """Return the meetings of the step; none yet stands for a sheet left blank."""
    return at.record.meetings or [None]


def _meeting(at: Occasion, kind: str, meeting: Meeting | None) -> Context:
    village = at.record.names.get(Level.VILLAGE, "")
    title = f"{village}{at.step.title}会议"
    if meeting is not None:
        title = f"{village}{meeting.group}{meeting.get_kind_display()}"
    return at.base(kind) | {
        "procedure_title": at.procedure.title,
        "meeting_title": title,
        "held_at": meeting.held_at if meeting else None,
        "place_text": meeting.place_text if meeting else "",
    }


def _officials(meeting: Meeting | None, *roles: str) -> Context:
    return {role: getattr(meeting, role, "") for role in roles}


def _attendance(at: Occasion, meeting: Meeting | None) -> Context:
    if meeting is None:
        blank: dict[str, Any] = dict.fromkeys(("due", "present", "women"))
        return blank | {"present_percent": "", "quorum_text": ""}
    return {
        "due": meeting.due,
        "present": meeting.present,
        "women": meeting.women,
        "present_percent": law.percent(meeting.present, meeting.due),
        "quorum_text": law.quorum_text(meeting, at.rulebook),
    }


def _rows(at: Occasion, meeting: Meeting | None) -> list[Context]:
    """Return the households with their votes: also those that found no majority."""
    votes = {vote.case_id: vote for vote in meeting.votes.all()} if meeting else {}
    return [
        row(at.household(case)) | _vote(at, meeting, votes.get(case.pk))
        for case in at.record.cases
        if not votes or case.pk in votes
    ]


def _vote(at: Occasion, meeting: Meeting | None, vote: Vote | None) -> Context:
    if meeting is None or vote is None:
        blank: dict[str, Any] = dict.fromkeys(("votes_for", "against", "abstain"))
        return blank | {"percent": "", "result": ""}
    key = key_at(at.rulebook, "majority_over", at.step.name)
    needed = more_than(at.rulebook.fraction(key), meeting.present)
    return {
        "votes_for": vote.votes_for,
        "against": vote.against,
        "abstain": vote.abstain,
        "percent": law.percent(vote.votes_for, meeting.present),
        "result": "通过" if vote.votes_for >= needed else "未通过",
    }


def _ballots(meeting: Meeting | None) -> Context:
    """Return the sheets handed out and taken in, where the votes leave no doubt.

    A household whose kin left the room has fewer votes than there are sheets.
    """
    sheets = _sheets(meeting) if meeting else None
    return dict.fromkeys(("issued", "returned", "valid"), sheets)


def _sheets(meeting: Meeting) -> int | None:
    if meeting.method == Method.HANDS:
        return None
    away = [absent.case_id for absent in meeting.recused.all()]
    voters = meeting.present - away.count(None)
    votes = meeting.votes.all()
    complete = all(
        vote.votes_for + vote.against + vote.abstain + away.count(vote.case_id)
        == voters
        for vote in votes
    )
    return voters if votes and complete else None


def _recused(at: Occasion, meeting: Meeting) -> list[Context]:
    return [
        {"name": away.name, "head": _whose(at, away), "reason": away.reason}
        for away in meeting.recused.all()
    ]


def _whose(at: Occasion, away: Recused) -> str:
    if away.case_id is None:
        return "全部"
    home = at.record.households.get(away.case_id)
    return home.head_name if home else ""


def _agenda(at: Occasion, meeting: Meeting | None) -> Iterator[str]:
    if meeting is None:
        return
    if meeting.comparison_read_out:
        yield "宣读信息比对结果"
    listed = len(_rows(at, meeting))
    yield f"{at.step.title}：{at.procedure.title}名单{listed}户，逐户评议"
    yield f"逐户表决（{meeting.get_method_display()}），公布结果"


def _authorisation(meeting: Meeting) -> str:
    day = _day(meeting.authorisation_on)
    words = (day, meeting.get_authorisation_type_display())
    text = "".join(word for word in words if word)
    document = meeting.authorisation_document
    return f"{text}（{document}）" if document else text


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _cause(at: Occasion, case: Case) -> str:
    asked = at.record.applications.get(case.pk)
    return asked.cause if asked else at.household(case).get_main_cause_display()


def _reason(at: Occasion, case: Case) -> str:
    """Return what speaks for it: the household's own words, the grounds, or its income."""
    asked = at.record.applications.get(case.pk)
    if asked:
        return asked.request
    found = at.record.investigations.get(case.pk)
    if found:
        return "；".join(found.grounds)
    sheet = latest(at.record.worksheets, case, at.step.name)
    return f"{sheet.year}年人均纯收入{sheet.per_head}元" if sheet else ""
