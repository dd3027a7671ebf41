"""Loads facts as the desk does, and puts notices on a wall to be loaded."""

from datetime import timedelta
from typing import Any

from notices.models import Paper, Posting
from procedures import load
from procedures.facts import CaseFacts
from procedures.record import Record
from procedures.rehearsal.rehearse import picture
from tests.procedures.papers.factories import NOW, World
from workflows.models import Case

TODAY = NOW.date()


def facts(made: World, step: str, *needs: str) -> dict[int, CaseFacts]:
    """Load what some gates would need, as the desk does: from fresh cases."""
    ids = [case.pk for case in made.cases]
    cases = Case.objects.filter(pk__in=ids).order_by("pk")
    return load.load_facts(
        Record(made.batch, cases, made.procedure.step(step)),
        rulebook=made.batch.bound_rulebook,
        today=TODAY,
        need=frozenset(needs) if needs else None,
    )


def first(made: World, step: str, *needs: str) -> CaseFacts:
    return facts(made, step, *needs)[made.cases[0].pk]


def paper(made: World, kind: str = "first_publicity", **columns: Any) -> Paper:
    rows = [
        {"group": c.household.group, "head": c.household.head_name, "size": 3}
        for c in made.cases
    ]
    given = {
        "code": f"CODE{Paper.objects.count()}",
        "kind": kind,
        "number": f"公示{Paper.objects.count()}",
        "issuer": made.batch.place,
        "place": made.batch.place,
        "about": made.batch.about,
        "context": {"rows": rows},
        "digest": "",
        "template_version": 1,
        "issued_at": NOW - timedelta(days=3),
        "issued_by": made.by.officer,
        "issued_under": made.by,
    }
    return Paper.objects.create(**given | columns)


def posting(made: World, on: Paper, *, shown: bool = True, **columns: Any) -> Posting:
    given = {
        "where": "村务公开栏",
        "posted_at": NOW - timedelta(days=2),
        "posted_by_name": "吴晓兰",
        "recorded_by": made.by,
        "recorded_at": NOW,
    }
    row = Posting.objects.create(paper=on, **given | columns)
    if shown:
        row.photos.add(picture(made.batch, by=made.by, now=NOW))
    return row
