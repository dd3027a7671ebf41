"""The papers of the procedures, written from the record: nothing is typed twice.

Knows which writer writes which kind; must not know how a paper is issued or printed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import translation

from notices.frozen import frozen_context
from notices.papers import Draft
from permissions.models import Appointment
from procedures.papers import (
    changes,
    households,
    lists,
    meetings,
    objections,
    removals,
)
from procedures.papers.occasion import Occasion
from procedures.record import Record
from workflows.models import Case

Writer = Callable[[Occasion, str], list[Draft]]

WRITERS: Mapping[str, Writer] = {
    "application": households.application,
    "ballot": meetings.ballot,
    "sign_in": meetings.sign_in,
    "minutes": meetings.minutes,
    "tally": meetings.tally,
    "verification": households.verification,
    "worksheet": households.worksheet,
    "comparison_list": lists.comparison_list,
    "first_publicity": lists.publicity,
    "second_publicity": lists.publicity,
    "village_publicity": lists.publicity,
    "township_publicity": lists.publicity,
    "township_opinion": lists.township_opinion,
    "township_list": lists.township_list,
    "approval_list": lists.approval_list,
    "announcement": lists.announcement,
    "household_card": households.household_card,
    "handbook_page": households.handbook_page,
    "exit_confirmation": households.exit_confirmation,
    "exit_notification": households.exit_notification,
    "not_eligible": households.not_eligible,
    "removal_register": removals.removal_register,
    "removal_notification": removals.removal_notification,
    "removal_publicity": removals.removal_publicity,
    "change_form": changes.change_form,
    "change_list": changes.change_list,
    "change_notice": changes.change_notice,
    "objection_record": objections.objection_record,
}

# Papers are Chinese whatever language the officer reads the pages in.
PAPER_LANGUAGE = "zh-hans"


def write(
    kinds: Sequence[str],
    record: Record,
    cases: Sequence[Case],
    *,
    by: Appointment,
    now: datetime,
) -> list[Draft]:
    """Return the drafts of some kinds for some of the cases on record.

    A constant number of statements. One draft for the list, or one per household,
    as the kind is. A fact nobody has recorded yet is left blank, to be filled in by
    hand.

    Raises: KeyError for a kind nobody writes.
    """
    at = Occasion(record=record, cases=cases, by=by, now=now)
    with translation.override(PAPER_LANGUAGE):
        return [
            replace(draft, context=frozen_context(draft.context))
            for kind in kinds
            for draft in WRITERS[kind](at, kind)
        ]
