"""Loads the notice a case is on, where it hangs, and what was objected to it.

Knows papers, postings and the ledger's record of a case's lists; no gate.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from notices.kinds import KINDS
from notices.models import Objection, Outcome, Paper, PaperState, Posting
from procedures.facts import NoticeFacts, PostingFacts
from procedures.load.request import Fields, Request
from procedures.papers.law import notice_up
from workflows import calendars
from workflows.models import Case, Entry
from workflows.procedure import named

Lists = dict[int, set[str]]


def notices(request: Request) -> dict[int, Fields]:
    """Return the notice each case is on at this step, with postings and objections.

    The notice of the case's own list counts; a household set aside while its
    notice hung is still on the notice of the list it left, unless it was sent
    back since.
    """
    lists = _lists(request, since_return=True)
    kind = notice_up(named(request.cases[0].procedure), request.step)
    papers = _papers(lists, kind)
    postings = _postings(papers)
    upheld = _objections(papers, Outcome.UPHELD)
    unit = calendars.UNITS[request.rulebook["publicity_days"].unit]
    holidays = calendars.holidays(unit)
    found: dict[int, Fields] = {}
    for case in request.cases:
        found[case.pk] = {"holidays": holidays}
        paper = _notice_of(case, lists[case.pk], papers)
        if paper is not None:
            against = _about(case, upheld.get(paper.pk, ()))
            found[case.pk]["notice"] = _notice(paper, postings, against)
    return found


def objections(request: Request) -> dict[int, Fields]:
    """Return how many objections on any of a case's notices are still open."""
    lists = _lists(request, since_return=False)
    abouts = {about for known in lists.values() for about in known}
    waiting = Objection.objects.filter(
        paper__about__in=abouts, outcome=Outcome.OPEN
    ).select_related("paper")
    rows = list(waiting.only("household_id", "paper__about"))
    return {
        case.pk: {
            "open_objections": _about(
                case, (row for row in rows if row.paper.about in lists[case.pk])
            )
        }
        for case in request.cases
    }


def _lists(request: Request, *, since_return: bool) -> Lists:
    """Return the lists each case has been on, at all or since it was sent back."""
    been = Entry.objects.filter(case_id__in=request.case_ids)
    rows = list(been.values_list("case_id", "batch_id", "act").distinct())
    sent_back: dict[int, int] = {}
    for case_id, batch_id, act in rows:
        if since_return and act == Entry.Act.RETURN:
            sent_back[case_id] = max(batch_id, sent_back.get(case_id, batch_id))
    lists: Lists = {case.pk: {case.batch.about} for case in request.cases}
    for case_id, batch_id, _act in rows:
        if batch_id > sent_back.get(case_id, -1):
            lists[case_id].add(f"batch/{batch_id}")
    return lists


def _papers(lists: Lists, kind: str) -> list[Paper]:
    abouts = {about for known in lists.values() for about in known}
    return list(
        Paper.objects.filter(
            about__in=abouts, kind=kind, state=PaperState.ISSUED
        ).order_by("issued_at")
    )


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


def _objections(
    papers: Iterable[Paper], outcome: Outcome
) -> dict[str, list[Objection]]:
    rows = Objection.objects.filter(paper__in=papers, outcome=outcome)
    found: dict[str, list[Objection]] = {}
    for row in rows.only("paper_id", "household_id"):
        found.setdefault(row.paper_id, []).append(row)
    return found


def _about(case: Case, rows: Iterable[Objection]) -> int:
    """Count the objections about this household or about the whole list."""
    return sum(row.household_id in (None, case.household_id) for row in rows)


def _notice_of(case: Case, lists: set[str], papers: list[Paper]) -> Paper | None:
    own = [paper for paper in papers if paper.about == case.batch.about]
    earlier = [paper for paper in papers if paper.about in lists]
    return next(reversed(own or earlier), None)


def _notice(
    paper: Paper, postings: dict[str, list[PostingFacts]], upheld: int
) -> NoticeFacts:
    rows = paper.context.get("rows", ())
    return NoticeFacts(
        kind=paper.kind,
        title=KINDS[paper.kind].label,
        issued_on=timezone.localdate(paper.issued_at),
        rows=frozenset((row["group"], row["head"], row["size"]) for row in rows),
        postings=tuple(postings.get(paper.pk, ())),
        upheld_objections=upheld,
    )
