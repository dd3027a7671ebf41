"""Deciding a hit: a named officer explains it with evidence, or finds it true.

Knows who may decide and which exceptions the rulebook offers; which kinds exclude is
asked by the report and by gates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices import photos
from notices.models import Photo
from notices.photos import Picture
from permissions.models import Appointment
from permissions.posts import Post
from permissions.recusal import recusals
from registry.comparing.kinds import Decision
from registry.refusals import HOUSE_RULE, Refusal
from workflows.actions import writing
from workflows.comparing import handing, trace
from workflows.models import Match, RoundEntry
from workflows.rulebook import Rulebook, Value

EXCEPTION = "exception_"
EVIDENCE = "match_evidence"
DECIDERS = frozenset({Post.COUNTY_CLERK, Post.COUNTY_LEADER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What an officer says about a hit; nothing is decided yet."""

    decision: Decision
    exception: str
    explanation: str
    same_person: bool


def exceptions(rules: Rulebook, kind: str) -> list[tuple[str, Value]]:
    """Return the rulebook's exceptions that fit a kind of hit, with their keys."""
    return [
        (key.removeprefix(EXCEPTION), value)
        for key, value in rules.values.items()
        if key.startswith(EXCEPTION) and kind in rules.words(key)
    ]


def decide(
    match: Match,
    ruling: Ruling,
    pictures: Sequence[Picture],
    *,
    by: Appointment,
    now: datetime,
) -> list[Refusal]:
    """Decide a hit; returns why not, and then writes nothing.

    Refuses: recusal_own_household, recusal_kin, match_superseded, hit_undecided,
        hit_without_reason, hit_without_evidence, exception_unknown,
        exception_of_true_hit, hit_of_another_name.
    Effects: the decision with its decider, photos, a line of the trace, and the facts
    of the household's open cases.

    Raises:
        Trespass: he decides no hits of this county.
    """
    post = by.held if by.held in DECIDERS else Post.COUNTY_CLERK
    writing.must_hold(post, match.round.place_id, by, at=now)
    with transaction.atomic():
        match = Match.objects.select_for_update(of=("self",)).get(pk=match.pk)
        if refused := _refusals(match, ruling, len(pictures), by=by, now=now):
            return refused
        for picture in pictures:
            photos.keep(
                picture,
                by=by,
                at=now,
                about=match.about,
                purpose=EVIDENCE,
                place_code=match.place_id,
            )
        _write(match, ruling, by=by, now=now)
        handing.hand_over(match.round, at=now, households=[match.household_id])
    return []


def evidence(match: Match) -> list[Photo]:
    """Return the photos that prove what was said, newest last."""
    return list(Photo.objects.filter(about=match.about).order_by("pk"))


def _write(match: Match, ruling: Ruling, *, by: Appointment, now: datetime) -> None:
    match.decision, match.exception = ruling.decision, ruling.exception
    match.explanation = ruling.explanation.strip()
    match.same_person = ruling.same_person
    match.decided_by, match.decided_at = by, now
    match.save()
    trace.note(
        match.round,
        RoundEntry.Act.DECIDED,
        by=by,
        at=now,
        match=match,
        decision=ruling.decision,
        exception=ruling.exception,
        explanation=match.explanation,
    )


def _refusals(
    match: Match, ruling: Ruling, new_photos: int, *, by: Appointment, now: datetime
) -> list[Refusal]:
    today = timezone.localdate(now)
    found = list(recusals(by.officer, [match.household_id], today).values())
    if not match.standing:
        found.append(_house("match_superseded", _("部门已更正数据，这条不再成立")))
    if not ruling.explanation.strip():
        found.append(_house("hit_without_reason", _("请写明说明或者理由")))
    if ruling.decision == Decision.EXPLAINED:
        return found + _against_explained(match, ruling, new_photos)
    if ruling.decision == Decision.ACCEPTED:
        return found + _against_accepted(match, ruling)
    return [*found, _house("hit_undecided", _("请选择“说明成立”或“属实”"))]


def _against_explained(match: Match, ruling: Ruling, new_photos: int) -> list[Refusal]:
    found = []
    fitting = {key for key, _v in exceptions(match.round.bound_rulebook, match.kind)}
    if ruling.exception and ruling.exception not in fitting:
        found.append(_house("exception_unknown", _("规程里没有这种例外情形")))
    if not (new_photos or evidence(match)):
        found.append(_house("hit_without_evidence", _("说明成立的，须附证明材料照片")))
    return found


def _against_accepted(match: Match, ruling: Ruling) -> list[Refusal]:
    found = []
    if ruling.exception:
        text = _("认定属实的，不能同时选例外情形")
        found.append(_house("exception_of_true_hit", text))
    if match.name_differs and not ruling.same_person:
        text = _("部门登记的姓名不同，须核对是同一人才能认定属实")
        found.append(_house("hit_of_another_name", text))
    return found


def _house(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
