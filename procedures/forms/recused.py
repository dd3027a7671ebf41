"""The lines of a meeting on which those stand who did not vote.

Know names and households; not who is a relative of whom.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.forms import fields
from procedures.forms.lines import LineForm
from procedures.models import Meeting
from workflows.models import Batch

ALL_HOUSEHOLDS = _("全部户")


class RecusedLine(LineForm):
    """Somebody present who did not vote, on one household or on all."""

    name = fields.NameField(label=_("回避人"))
    case = forms.TypedChoiceField(
        label=_("回避哪一户"), coerce=int, empty_value=None, required=False
    )
    reason = fields.words(100, label=_("原因（与户主的关系）"))

    def __init__(self, *args: Any, heads: Mapping[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        fields.offer(self, "case", [("", ALL_HOUSEHOLDS), *heads.items()])


def heads_of(batch: Batch, group: str = "") -> dict[int, str]:
    """Return the heads of a list's open cases, of one village group if named."""
    listed = batch.cases.filter(closed_on=None, household__isnull=False)
    if group:
        listed = listed.filter(household__group=group)
    return dict(listed.order_by("pk").values_list("pk", "household__head_name"))


def saved_lines(meeting: Meeting) -> list[dict[str, Any]]:
    """Return who is written down, as the lines show it."""
    rows = meeting.recused.order_by("pk") if meeting.pk else ()
    return [
        {"name": row.name, "case": row.case_id or "", "reason": row.reason}
        for row in rows
    ]
