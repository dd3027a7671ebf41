"""Who came to a meeting and who may vote, as typed on the page or as saved.

Knows a meeting's form; writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from procedures.facts import MeetingFacts

if TYPE_CHECKING:
    from procedures.forms.meetings import MeetingForm
    from procedures.models import Meeting

WORDS = (
    "authorisation_type",
    "authorisation_document",
    "chair",
    "recorder",
    "teller",
    "scrutineer",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """Those present, and who of them did not vote on which household.

    Attributes:
        present: None while it is not typed rightly.
        recused: name and case; no case means on none at all.
    """

    present: int | None
    recused: tuple[tuple[str, int | None], ...] = ()

    def away(self, case_id: int) -> frozenset[str]:
        """Return who did not vote on one household."""
        return frozenset(
            name for name, case in self.recused if case is None or case == case_id
        )


def hall_of(form: MeetingForm) -> Hall:
    """Return the hall as it is typed, or as it was saved when nothing was typed."""
    if not form.has_changed():
        saved = [(one["name"], one["case"] or None) for one in form.away]
        return Hall(present=form.instance.present, recused=tuple(saved))
    form.is_valid()
    (table,) = form.formsets
    typed = [(one["name"], one.get("case")) for one in table.written()]
    return Hall(present=form.cleaned_data.get("present"), recused=tuple(typed))


def hall_of_row(meeting: Meeting) -> Hall:
    """Return the hall of a saved meeting with its recusals fetched."""
    recused = tuple((one.name, one.case_id) for one in meeting.recused.all())
    return Hall(present=meeting.present, recused=recused)


def attended(form: MeetingForm) -> MeetingFacts | None:
    """Return the meeting as gates read it; None while nobody is counted."""
    values = _values(form)
    if not (values["kind"] and values["due"]) or values["present"] is None:
        return None
    held_at = values["held_at"]
    words: dict[str, Any] = {name: values[name] or "" for name in WORDS}
    return MeetingFacts(
        kind=values["kind"],
        basis=values["basis"],
        called_on=values["called_on"],
        held_on=timezone.localdate(held_at) if held_at else form.today,
        due=values["due"],
        present=values["present"],
        comparison_read_out=bool(values["comparison_read_out"]),
        authorisation_on=values["authorisation_on"],
        **words,
    )


def _values(form: MeetingForm) -> Mapping[str, Any]:
    names = form.base_fields
    if form.is_bound and form.has_changed():
        return {name: form.cleaned_data.get(name) for name in names}
    return {name: getattr(form.instance, name, None) for name in names}
