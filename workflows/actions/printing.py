"""Printing the sheets people sign before an act: issued once, again only when changed.

A sheet already signed on paper stays valid as long as its facts stand; printing it
again on another day does not replace it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from notices import frozen, papers
from notices.models import Paper, PaperState
from notices.papers import Draft
from permissions.models import Appointment
from workflows.actions.writing import keep_in_place, must_hold
from workflows.models import Batch, Case
from workflows.procedure import named

# Who a sheet is about: kind, reference, household.
Subject = tuple[str, str, int | None]


def print_forms(
    batch: Batch,
    cases: Sequence[Case],
    kinds: Sequence[str],
    *,
    by: Appointment,
    at: datetime,
) -> list[Paper]:
    """Return the sheets of some kinds for a list at its present step.

    Effects: sheets never issued, or whose facts changed since, are issued; the ones
    they replace are superseded.

    Raises:
        Trespass: the officer does not hold the step's post here today.
        Stale: somebody moved the batch since it was read.
        Unprintable: a name holds a character no face of ours has.
    """
    procedure = named(batch.procedure)
    step = procedure.step(batch.step)
    must_hold(step.post, batch.place_id, by, at=at)
    with transaction.atomic():
        # Two clerks printing at once queue here instead of issuing twice.
        keep_in_place(batch)
        record = procedure.record(batch, cases, step)
        drafts = procedure.papers(kinds, record, cases, by=by, now=at)
        found = _in_force(drafts)
        stale = {_subject(draft) for draft in drafts if _facts_of(draft) not in found}
        wanted = [draft for draft in drafts if _subject(draft) in stale]
        issued = papers.issue(wanted, by=by, at=at, training=batch.training)
    made = iter(issued)
    return [
        next(made) if _subject(draft) in stale else found[_facts_of(draft)]
        for draft in drafts
    ]


def _in_force(drafts: Sequence[Draft]) -> dict[tuple[Subject, str], Paper]:
    rows = Paper.objects.filter(
        kind__in={draft.kind for draft in drafts},
        about__in={draft.about for draft in drafts},
        state=PaperState.ISSUED,
    )
    return {
        ((paper.kind, paper.about, paper.household_id), _facts(paper.context)): paper
        for paper in rows
    }


def _subject(draft: Draft) -> Subject:
    return draft.kind, draft.about, draft.household_id


def _facts_of(draft: Draft) -> tuple[Subject, str]:
    return _subject(draft), _facts(frozen.checked(draft.kind, draft.context))


def _facts(context: Mapping[str, Any]) -> str:
    """Return the digest of a sheet's facts; the day it is printed is none of them."""
    return frozen.digest({key: context[key] for key in context if key != "date"})
