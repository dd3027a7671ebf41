"""What is typed of a campaign and of a meeting; they check shapes.

Who may order or record, and which roster fits a household, is asked by the writers.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.models import Photo
from registry.models import Household
from registry.names import clean_name
from registry.refusals import Refusal
from registry.texts import TextField
from workflows.actions.campaigning import Minutes, Order
from workflows.campaign import CampaignKind

BETWEEN = re.compile(r"[、，,；;\s]+")
MOST_PRESENT = 9_999


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget)


def _words(longest: int, label: Any, *, rows: int = 0, **options: Any) -> TextField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return TextField(max_length=longest, label=label, widget=widget, **options)


class OrderForm(forms.Form):
    """专项行动方案."""

    use_required_attribute = False

    title = _words(120, gettext_lazy("名称"))
    document = _words(60, gettext_lazy("方案文号"), required=False)
    basis = _words(200, gettext_lazy("依据"))
    begins = _day(gettext_lazy("开始日期"))
    ends = _day(gettext_lazy("结束日期"))
    plan = _words(1000, gettext_lazy("方案要点"), rows=3, required=False)

    def order(self, scope: Sequence[str]) -> Order:
        """Return what was typed, for these places."""
        return Order(**self.cleaned_data, scope=scope)


class MinutesForm(forms.Form):
    """会议记录: who met; the households are sorted in the table under it."""

    use_required_attribute = False

    held_on = _day(gettext_lazy("开会日期"))
    place_text = _words(100, gettext_lazy("地点"))
    group = _words(
        30,
        gettext_lazy("村民小组"),
        required=False,
        help_text=gettext_lazy("按小组、自然村开会的填写，全村开会的不填"),
    )
    chair = _words(50, gettext_lazy("主持人"))
    recorder = _words(50, gettext_lazy("记录人"))
    due = forms.IntegerField(
        label=gettext_lazy("应到"), min_value=1, max_value=MOST_PRESENT
    )
    present = forms.IntegerField(
        label=gettext_lazy("实到"), min_value=1, max_value=MOST_PRESENT
    )
    attendees = _words(
        2000,
        gettext_lazy("到会人员"),
        rows=2,
        help_text=gettext_lazy("姓名之间用顿号隔开，与签到表一致"),
    )
    summary = _words(1000, gettext_lazy("会议情况"), rows=3, required=False)

    def clean_chair(self) -> str:
        return _name(self.cleaned_data["chair"])

    def clean_recorder(self) -> str:
        return _name(self.cleaned_data["recorder"])

    def clean_attendees(self) -> list[str]:
        """Return the names, each once, in the order typed."""
        typed = BETWEEN.split(self.cleaned_data["attendees"].strip())
        return list(dict.fromkeys(_name(one) for one in typed if one))

    def clean(self) -> dict[str, Any]:
        """No more were there than came, nor came than were due."""
        typed = super().clean() or {}
        due, present = typed.get("due"), typed.get("present")
        if due and present and present > due:
            self.add_error("present", _("实到人数多于应到人数"))
        names = typed.get("attendees") or []
        if present and len(names) > present:
            self.add_error(
                "attendees",
                _("写了 %(count)s 人，多于实到人数") % {"count": len(names)},
            )
        return typed

    def minutes(
        self, chosen: Mapping[int, tuple[str, str]], photos: Sequence[Photo]
    ) -> Minutes:
        """Return what was typed, with the households as they were sorted."""
        return Minutes(**self.cleaned_data, sorted=chosen, photos=photos)


def sorted_out(
    kind: CampaignKind, households: Sequence[Household], data: Mapping[str, str]
) -> dict[int, tuple[str, str]]:
    """Return which household was put on which roster and why, as typed."""
    known = {one.slug for one in kind.rosters}
    found = {}
    for home in households:
        roster = data.get(f"roster-{home.pk}", "")
        if roster in known:
            reason = TextField(required=False, max_length=300)
            typed = data.get(f"reason-{home.pk}", "")[:300]
            found[home.pk] = (roster, reason.clean(typed).strip())
    return found


def _name(typed: str) -> str:
    found = clean_name(typed)
    if isinstance(found, Refusal):
        raise forms.ValidationError(str(found.text), code=found.code)
    return found
