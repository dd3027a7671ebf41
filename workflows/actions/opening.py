"""Opening a batch: a place puts households on a list under a rulebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.models import Appointment
from registry.models import Household, Place
from registry.refusals import HOUSE_RULE, Refusal
from workflows import ledger
from workflows.actions import writing
from workflows.calendar import UnknownHolidayYear
from workflows.comparing import handing
from workflows.judge import unknown_holidays
from workflows.models import Batch, Receipt, RulebookVersion
from workflows.procedure import Procedure
from workflows.rulebook import Rulebook, in_force
from workflows.transit import Moves, lay, next_round, pass_entry, record_opening


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOpened:
    """Why no batch was opened: for the list, and per household."""

    batch: list[Refusal] = field(default_factory=list)
    households: dict[int, list[Refusal]] = field(default_factory=dict)


def open_batch(
    *,
    procedure: Procedure,
    place: Place,
    households: Sequence[Household],
    by: Appointment,
    key: str,
    now: datetime,
) -> Batch | NotOpened:
    """Open a batch for households of one village; nothing is written on a "no".

    Effects: a batch bound to the rulebook in force, a case per household, the
    first ledger line, a receipt under ``key``.

    Raises:
        Trespass: the officer does not hold the first step's post here.
    """
    try:
        return _opened(procedure, place, households, by=by, key=key, now=now)
    except UnknownHolidayYear as unknown:
        return NotOpened(batch=[unknown_holidays(unknown)])


def _opened(
    procedure: Procedure,
    place: Place,
    households: Sequence[Household],
    *,
    by: Appointment,
    key: str,
    now: datetime,
) -> Batch | NotOpened:
    with transaction.atomic():
        Place.objects.select_for_update().get(pk=place.pk)
        done = Receipt.objects.select_related("batch").filter(key=key).first()
        if done is not None:
            return done.batch
        first = procedure.steps[0]
        writing.must_hold(first.post, place.pk, by, at=now)
        rulebook = in_force(procedure.slug, place.pk, timezone.localdate(now))
        refused = _refusals(procedure, place, households, rulebook, now)
        if refused is not None or isinstance(rulebook, Refusal):
            return refused or NotOpened()
        batch = _make(procedure, place, rulebook, by, now)
        _enter(batch, procedure, households, by=by, at=now)
        writing.keep_receipt(key, batch, by, {"batch": batch.pk}, now)
        return batch


def keep_rulebook(rulebook: Rulebook) -> RulebookVersion:
    """Store a rulebook's text under its digest, once."""
    version, _made = RulebookVersion.objects.get_or_create(
        digest=rulebook.digest,
        defaults={
            "slug": rulebook.slug,
            "procedure": rulebook.procedure,
            "title": rulebook.title,
            "text": rulebook.text,
        },
    )
    return version


def _refusals(
    procedure: Procedure,
    place: Place,
    households: Sequence[Household],
    rulebook: Rulebook | Refusal,
    now: datetime,
) -> NotOpened | None:
    whole = [rulebook] if isinstance(rulebook, Refusal) else []
    if not households:
        whole.append(
            Refusal(
                code="list_empty", text=_("名单为空，请至少勾选一户"), source=HOUSE_RULE
            )
        )
    if any(household.place_id != place.pk for household in households):
        whole.append(
            Refusal(
                code="other_village",
                text=_("名单里有外村的户，一个批次只能是一个村的户"),
                source=HOUSE_RULE,
            )
        )
    each = procedure.eligible(households, timezone.localdate(now))
    each = {pk: reasons for pk, reasons in each.items() if reasons}
    return NotOpened(batch=whole, households=each) if whole or each else None


def _make(
    procedure: Procedure,
    place: Place,
    rulebook: Rulebook,
    by: Appointment,
    now: datetime,
) -> Batch:
    day = timezone.localdate(now)
    batch = Batch(
        procedure=procedure.slug,
        place=place,
        year=day.year,
        round=next_round(procedure.slug, place.pk, day.year),
        entry_step=procedure.steps[0].name,
        rulebook=keep_rulebook(rulebook),
        opened_by=by,
        opened_on=day,
        training=settings.TRAINING,
    )
    lay(procedure, batch, at=now)
    return batch


def _enter(
    batch: Batch,
    procedure: Procedure,
    households: Sequence[Household],
    *,
    by: Appointment,
    at: datetime,
) -> None:
    cases = procedure.case_class.objects.bulk_create(
        procedure.case_class(
            procedure=procedure.slug,
            household=household,
            place=batch.place,
            batch=batch,
            opened_on=batch.opened_on,
        )
        for household in households
    )
    record_opening(batch, cases, by=by, at=at)
    moves = Moves()
    way = pass_entry(batch, cases, moves, at=at)
    writing.write_states(moves, batch=batch, at=at)
    ledger.append(batch, way, by=None, at=at)
    writing.save_position(batch)
    handing.take_up(cases, at=at)
