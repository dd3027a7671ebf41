"""The ballots on each household, typed in its row under the meeting.

Know ballots; that they add up is asked of the gate, the majority at the desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.models import Appointment
from procedures.forms import fields
from procedures.forms.attendance import Hall, hall_of, hall_of_row
from procedures.forms.meetings import MeetingForm
from procedures.models import Meeting, Vote
from workflows.models import Case

EVERYBODY = ""


class VoteRow(forms.Form):
    """For, against, abstained: three figures that are as many as voted.

    Attributes:
        meeting: where the household was voted on; None when none is known.
        hall: who was there.
    """

    slug = "votes"
    title = gettext_lazy("表决")
    heading = gettext_lazy("赞成 / 反对 / 弃权")
    cells = "cx-votes"
    use_required_attribute = False
    figures: ClassVar = ("votes_for", "against", "abstain")

    votes_for = fields.CountField(label=gettext_lazy("赞成"))
    against = fields.CountField(label=gettext_lazy("反对"))
    abstain = fields.CountField(label=gettext_lazy("弃权"))

    def __init__(
        self,
        *,
        subject: Case,
        vote: Vote | None,
        meeting: Meeting | None,
        hall: Hall | None,
        **options: Any,
    ) -> None:
        self.subject, self.vote = subject, vote
        self.meeting, self.hall = meeting, hall
        saved = {name: getattr(vote, name) for name in self.figures} if vote else {}
        super().__init__(prefix=f"{self.slug}-{subject.pk}", initial=saved, **options)
        for field in self.fields.values():
            field.error_messages["required"] = _("没有填写，没有人投就填 0")

    @classmethod
    def build(
        cls,
        cases: Sequence[Case],
        *,
        step: str,
        by: Appointment,
        now: datetime,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        peers: Sequence[Any] = (),
    ) -> dict[int, VoteRow]:
        """Return a row per household, checked against the meetings typed above it.

        Three statements at most, however many households.
        """
        met = _met(cases, step, peers)
        rows = Vote.objects.filter(
            case__in=cases, meeting__in=[m.pk for m, _hall in met.values() if m.pk]
        )
        cast = {vote.case_id: vote for vote in rows}
        found = {}
        for case in cases:
            group = case.household.group if case.household else EVERYBODY
            meeting, hall = met.get(group) or met.get(EVERYBODY) or (None, None)
            found[case.pk] = cls(
                subject=case,
                vote=cast.get(case.pk),
                meeting=meeting,
                hall=hall,
                data=data,
            )
        return found

    @property
    def label(self) -> str:
        """Return whose row it is, for those who hear the page."""
        return self.subject.household.head_name if self.subject.household else ""

    def clean(self) -> dict[str, Any]:
        """One ballot for each who may vote: source L1, as the gate `votes_sum`."""
        typed = super().clean() or {}
        if self.errors:
            return typed
        if self.meeting is None or self.hall is None:
            raise forms.ValidationError(_("请先填写会议情况，再填票数"))
        if self.hall.present is not None:
            self._compare([typed[name] for name in self.figures], self.hall)
        return typed

    def leave_unjudged(self) -> None:
        """Show what was typed, without a word on it: nobody has submitted it yet."""
        self._errors, self.cleaned_data = ErrorDict(), {}

    def save(self) -> Vote:
        """Write the ballots of this row alone; a list uses `save_rows`."""
        self.save_rows([self])
        return Vote.objects.get(meeting=self.meeting, case=self.subject)

    @staticmethod
    def save_rows(rows: Iterable[VoteRow]) -> None:
        """Write the ballots of many rows in one statement."""
        Vote.objects.bulk_create(
            [
                Vote(meeting=row.meeting, case=row.subject, **row.cleaned_data)
                for row in rows
            ],
            update_conflicts=True,
            unique_fields=["meeting", "case"],
            update_fields=list(VoteRow.figures),
        )

    def _compare(self, cast: Sequence[int], hall: Hall) -> None:
        away = len(hall.away(self.subject.pk))
        voters = (hall.present or 0) - away
        if sum(cast) == voters:
            return
        words = {
            "sum": " + ".join(map(str, cast)),
            "cast": sum(cast),
            "present": hall.present,
            "away": away,
            "voters": voters,
        }
        if away:
            text = _(
                "赞成、反对、弃权 %(sum)s = %(cast)s 票，实到 %(present)s 人"
                "减回避 %(away)s 人应为 %(voters)s 票"
            )
        elif sum(cast) > voters:
            text = _("赞成、反对、弃权 %(sum)s = %(cast)s 票，多于实到 %(present)s 人")
        else:
            text = _("赞成、反对、弃权 %(sum)s = %(cast)s 票，少于实到 %(present)s 人")
        raise forms.ValidationError(text % words, code="ballots_do_not_match")


def _met(
    cases: Sequence[Case], step: str, peers: Sequence[Any]
) -> dict[str, tuple[Meeting, Hall]]:
    """Return meeting and hall by village group, from the page or from the record."""
    typed = [form for form in peers if isinstance(form, MeetingForm)]
    if typed:
        return {
            form.group: (form.instance, hall_of(form))
            for form in typed
            if form.has_changed() or form.is_complete
        }
    batches = {case.batch_id for case in cases}
    rows = Meeting.objects.filter(batch__in=batches, step=step)
    rows = rows.prefetch_related("recused").order_by("pk")
    return {row.group: (row, hall_of_row(row)) for row in rows}
