"""Loads the notice a case is on, where it hangs, and what was objected to it.

Knows papers, postings and the ledger's record of a case's lists; no gate.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from notices.kinds import KINDS
from notices.models import Objection, Outcome, Paper, PaperState, Posting
from procedures.facts import NoticeFacts, PostingFacts
from procedures.load.request import Fields, Request
from procedures.papers.law import notice_up
from workflows import answering, calendars
from workflows.models import Case, Entry
from workflows.procedure import named

Lists = dict[int, set[str]]


def notices(request: Request) -> dict[int, Fields]:
    """Return the notice each case is on at this step, with its postings.

    The notice of the case's own list counts; a household set aside while its
    notice hung is still on the notice of the list it left, unless it was sent
    back since.
    """
    lists = _lists(request, since_return=True)
    kind = notice_up(named(request.cases[0].procedure), request.step)
    papers = _papers(lists, kind)
    postings = _postings(papers)
    unit = calendars.UNITS[request.rulebook["publicity_days"].unit]
    holidays = calendars.holidays(unit)
    found: dict[int, Fields] = {}
    for case in request.cases:
        found[case.pk] = {"holidays": holidays}
        paper = _notice_of(case, lists[case.pk], papers)
        if paper is not None:
            found[case.pk]["notice"] = _notice(paper, postings)
    return found


def objections(request: Request) -> dict[int, Fields]:
    """Return how many objections on a case's notices are open, or upheld for nothing.

    An upheld one is settled when the household was sent back to where the notice
    was put up, or further, for then it is put up anew.
    """
    lists = _lists(request, since_return=False)
    abouts = {about for known in lists.values() for about in known}
    rows = list(
        Objection.objects.filter(
            paper__about__in=abouts, outcome__in=(Outcome.OPEN, Outcome.UPHELD)
        )
        .select_related("paper")
        .only("household_id", "outcome", "received_at", "paper__about", "paper__kind")
    )
    upheld = [row for row in rows if row.outcome == Outcome.UPHELD]
    ways_back = _ways_back(request) if upheld else {}
    answers = answering.answers((row, request.rulebook) for row in rows)
    latest = {answer.objection.pk: answer.latest for answer in answers}
    found: dict[int, Fields] = {}
    for case in request.cases:
        mine = [row for row in rows if _concerns(row, case, lists[case.pk])]
        days = [latest[row.pk] for row in mine if row.is_open]
        back = ways_back.get(case.pk, ())
        found[case.pk] = {
            "open_objections": len(days),
            "answer_latest": min(filter(None, days), default=None),
            "upheld_objections": sum(
                not row.is_open and not _put_up_anew(row.paper, case, back)
                for row in mine
            ),
        }
    return found


def _ways_back(request: Request) -> dict[int, list[tuple[int, str]]]:
    """Return per case from which lists it went back, and to which step."""
    went = Entry.objects.filter(
        case_id__in=request.case_ids, act__in=(Entry.Act.RETURN, Entry.Act.RECALL)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for case_id, batch_id, step, data in went.values_list(
        "case_id", "batch_id", "step", "data"
    ):
        found.setdefault(case_id or 0, []).append((batch_id, data.get("to", step)))
    return found


def _put_up_anew(
    paper: Paper, case: Case, ways_back: Iterable[tuple[int, str]]
) -> bool:
    steps = named(case.procedure).steps
    order = {step.name: place for place, step in enumerate(steps)}
    posting = next(order[step.name] for step in steps if step.posts == paper.kind)
    listed = int(paper.about.split("/")[1])
    return any(
        batch_id >= listed and order[step] <= posting for batch_id, step in ways_back
    )


def _concerns(row: Objection, case: Case, lists: set[str]) -> bool:
    """Return whether an objection is about this household or about a whole list."""
    return row.paper.about in lists and row.household_id in (None, case.household_id)


def _lists(request: Request, *, since_return: bool) -> Lists:
    """Return the lists each case has been on, at all or since it was sent back."""
    been = {(stop.case_id, stop.batch_id, stop.act) for stop in request.stops}
    sent_back: dict[int, int] = {}
    for case_id, batch_id, act in been:
        if since_return and act == Entry.Act.RETURN:
            sent_back[case_id] = max(batch_id, sent_back.get(case_id, batch_id))
    lists: Lists = {case.pk: {case.batch.about} for case in request.cases}
    for case_id, batch_id, _act in been:
        if batch_id > sent_back.get(case_id, -1):
            lists[case_id].add(f"batch/{batch_id}")
    return lists


def _papers(lists: Lists, kind: str) -> list[Paper]:
    abouts = {about for known in lists.values() for about in known}
    upheld = Objection.objects.filter(paper_id=OuterRef("pk"), outcome=Outcome.UPHELD)
    papers = Paper.objects.filter(
        about__in=abouts, kind=kind, state=PaperState.ISSUED
    ).annotate(contested=Exists(upheld))
    return list(papers.order_by("issued_at"))


def _postings(papers: Iterable[Paper]) -> dict[str, list[PostingFacts]]:
    shown = Posting.photos.through.objects.filter(posting_id=OuterRef("pk"))
    rows = Posting.objects.filter(paper__in=papers).annotate(shown=Exists(shown))
    found: dict[str, list[PostingFacts]] = {}
    for row in rows.order_by("posted_at"):
        down = row.taken_down_at
        found.setdefault(row.paper_id, []).append(
            PostingFacts(
                where=row.where,
                posted_on=timezone.localdate(row.posted_at),
                photographed=row.shown,
                taken_down_on=timezone.localdate(down) if down else None,
            )
        )
    return found


def _notice_of(case: Case, lists: set[str], papers: list[Paper]) -> Paper | None:
    own = [paper for paper in papers if paper.about == case.batch.about]
    earlier = [paper for paper in papers if paper.about in lists]
    return next(reversed(own or earlier), None)


def _notice(paper: Any, postings: dict[str, list[PostingFacts]]) -> NoticeFacts:
    rows = paper.context.get("rows", ())
    return NoticeFacts(
        kind=paper.kind,
        title=KINDS[paper.kind].label,
        issued_on=timezone.localdate(paper.issued_at),
        rows=frozenset((row["group"], row["head"], row["size"]) for row in rows),
        postings=tuple(postings.get(paper.pk, ())),
        contested=paper.contested,
    )
