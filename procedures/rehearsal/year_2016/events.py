"""What happens beside the desks: objections, holds, a list taken back, clocks run out.

Each through the same act as in earnest; the script says with whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from notices import objections
from notices.models import Channel, Objection, Outcome, Paper, PaperState
from notices.objections import Complaint
from permissions.models import Appointment
from permissions.posts import Post
from procedures.rehearsal import Stuck
from procedures.rehearsal.year_2016 import script
from procedures.rehearsal.year_2016.peopling import morning
from procedures.rehearsal.year_2016.rates import Fate
from registry.refusals import Refusal
from workflows import actions
from workflows.actions import close_clock
from workflows.models import Batch, Case, Entry

if TYPE_CHECKING:
    from procedures.rehearsal.year_2016.village import Village

A_DAY = timedelta(days=1)


def on_the_wall(village: Village, batch: Batch) -> None:
    """Let people object while the notice hangs, then let its days run out."""
    if batch.clock_until is None:
        return
    fates = village.open_cases(batch)
    against = {pk: fate for pk, fate in fates.items() if fate in script.OBJECTED}
    if against:
        homes = dict(Case.objects.filter(pk__in=against).values_list("pk", "household"))
        heard = set(
            Objection.objects.filter(household__in=homes.values()).values_list(
                "household_id", flat=True
            )
        )
        at = morning(batch.step_since + A_DAY)
        for pk, fate in against.items():
            if homes[pk] not in heard:
                right = script.OBJECTED[fate]
                _object(village, batch, homes[pk], right=right, now=at)
    close_clock(batch.pk, now=morning(batch.clock_until + A_DAY))


def hold(
    village: Village,
    batch: Batch,
    fates: Mapping[int, Fate],
    *,
    by: Appointment,
    now: datetime,
) -> None:
    """Stop a household without stopping its list, and let it go on."""
    for pk, fate in fates.items():
        if script.HOLDS.get((batch.procedure, batch.step)) is fate:
            _done(actions.hold(pk, by=by, reason="户主外出，待电话核实", now=now))
            _done(actions.release(pk, by=by, reason="已电话核实", now=now))
            village.measures.events["hold"] += 1
            # The sample is drawn by the head of the ledger, which has grown.
            batch.refresh_from_db()


def take_back(
    village: Village, batch: Batch, step: str, *, by: Appointment, now: datetime
) -> None:
    """Take back the act just done at a step, once in a village chosen for it."""
    if not village.plan.recalled or (batch.procedure, step) != script.TAKEN_BACK:
        return
    lists = Batch.objects.filter(procedure=batch.procedure, place=village.place)
    done = Entry.objects.filter(batch__in=lists, act=Entry.Act.RECALL)
    batch.refresh_from_db()
    if done.exists() or not batch.is_open:
        return
    taken = actions.recall(
        batch.pk,
        by=by,
        reason="上报人数与核查不符，收回重新认定",
        version=batch.version,
        now=now,
    )
    _done(taken)
    village.measures.events["recall"] += 1


def _object(
    village: Village, batch: Batch, home: int, *, right: bool, now: datetime
) -> None:
    notice = Paper.objects.filter(
        about=batch.about, state=PaperState.ISSUED, postings__isnull=False
    )
    complaint = Complaint(
        content="该户情况与公示不符" if right else "该户有人在外务工",
        channel=Channel.PHONE,
        received_at=now,
        household_id=home,
        objector="虚构群众",
        contact="19907430000",
    )
    filed = objections.file_objection(
        notice.latest("issued_at"),
        complaint,
        by=village.hat(Post.TOWNSHIP_CLERK, now.date()),
        now=now,
    )
    answered = (
        filed
        if isinstance(filed, list)
        else _answer(village, filed, right=right, now=now)
    )
    if isinstance(answered, list):
        raise Stuck(f"{batch}", answered)
    village.measures.events["objection"] += 1


def _answer(
    village: Village, filed: Objection, *, right: bool, now: datetime
) -> Objection | list[Refusal]:
    # The county answers: a township's officer may have issued the notice himself.
    later = now + A_DAY
    return objections.answer(
        filed,
        Outcome.UPHELD if right else Outcome.REJECTED,
        finding="两人入户核实，情况见记录",
        investigators="",
        by=village.hat(Post.COUNTY_CLERK, later.date()),
        now=later,
        training=True,
    )


def _done(answer: object) -> None:
    """Raise when an act beside the road was refused."""
    if isinstance(answer, Refusal):
        raise Stuck("2016", [answer])
