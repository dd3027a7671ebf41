"""Loads the meeting at which a household was appraised, and the village's signatures.

Knows these tables; no gate.
"""

from django.utils import timezone

from procedures.facts import ConfirmationFacts, MeetingFacts, VoteFacts
from procedures.load.request import Fields, Request, home_of
from procedures.models import Confirmation, Meeting, Recused, Vote
from workflows.models import Case

Recusals = dict[int, list[Recused]]


def meetings(request: Request) -> dict[int, Fields]:
    """Return each case's meeting at this step.

    The list's own meeting comes first: the one that voted on the household, else
    the last one of its group or of the whole village. Only a household whose list
    has not met yet is answered by an earlier list's meeting that voted on it.
    """
    step = request.step.name
    votes = list(
        Vote.objects.filter(
            case_id__in=request.case_ids, meeting__step=step
        ).select_related("meeting")
    )
    own = list(Meeting.objects.filter(batch_id__in=request.batch_ids, step=step))
    ids = {vote.meeting_id for vote in votes} | {meeting.pk for meeting in own}
    recusals: Recusals = {}
    for row in Recused.objects.filter(meeting_id__in=ids):
        recusals.setdefault(row.meeting_id, []).append(row)
    found: dict[int, Fields] = {}
    for case in request.cases:
        cast = [vote for vote in votes if vote.case_id == case.pk]
        met = _meeting_of(case, cast, own)
        if met is not None:
            copy = _meeting(met, case, cast, recusals.get(met.pk, []))
            found[case.pk] = {"meetings": {step: copy}}
    return found


def confirmations(request: Request) -> dict[int, Fields]:
    """Return the last signatures under each case's list at this step."""
    rows = Confirmation.objects.filter(
        batch_id__in=request.batch_ids, step=request.step.name
    ).order_by("pk")
    by_batch = {row.batch_id: _confirmation(row) for row in rows}
    return {
        case.pk: {"confirmation": by_batch.get(case.batch_id)} for case in request.cases
    }


def _meeting_of(case: Case, cast: list[Vote], own: list[Meeting]) -> Meeting | None:
    voted = {vote.meeting_id: vote.meeting for vote in cast}
    of_list = [
        meeting
        for meeting in own
        if meeting.batch_id == case.batch_id
        and (meeting.pk in voted or meeting.group in ("", home_of(case).group))
    ]
    choice = [meeting for meeting in of_list if meeting.pk in voted] or of_list
    return max(
        choice or voted.values(), key=lambda met: (met.held_at, met.pk), default=None
    )


def _meeting(
    met: Meeting, case: Case, cast: list[Vote], recused: list[Recused]
) -> MeetingFacts:
    return MeetingFacts(
        kind=met.kind,
        basis=met.basis,
        authorisation_type=met.authorisation_type,
        authorisation_on=met.authorisation_on,
        authorisation_document=met.authorisation_document,
        called_on=met.called_on,
        held_on=timezone.localdate(met.held_at),
        due=met.due,
        present=met.present,
        chair=met.chair,
        recorder=met.recorder,
        teller=met.teller,
        scrutineer=met.scrutineer,
        comparison_read_out=met.comparison_read_out,
        recused=frozenset(
            row.name for row in recused if row.case_id in (None, case.pk)
        ),
        vote=next((_vote(row) for row in cast if row.meeting_id == met.pk), None),
    )


def _vote(row: Vote) -> VoteFacts:
    return VoteFacts(votes_for=row.votes_for, against=row.against, abstain=row.abstain)


def _confirmation(row: Confirmation) -> ConfirmationFacts:
    return ConfirmationFacts(
        signatures={
            "secretary": row.secretary,
            "village_head": row.village_head,
            "team_leader": row.team_leader,
        },
        confirmed_on=row.confirmed_on,
        photographed=row.photo_id is not None,
    )
