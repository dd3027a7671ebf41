"""The checks of upper offices: the sample that is drawn, the household that is seen.

Know samples and checkers; shares and numbers are the rulebook's.
"""

from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures import gates, sampling
from procedures.arithmetic import to_draw
from procedures.facts import SiteCheckFacts
from procedures.forms import fields
from procedures.forms.filed import Filed
from procedures.forms.lines import LineForm, Lines, lines
from procedures.forms.pictures import PhotosField
from procedures.forms.shown import Group, Reading, Text
from procedures.gates.gate import key_at
from procedures.models import Finding, Sample, SiteCheck

DRAWN = gettext_lazy("名单 %(listed)s 户，按 %(rate)s 抽 %(size)s 户")


class DrawButton(forms.CheckboxInput):
    """A check box that is pressed: it submits the page."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        """Return the button; what it says is what it does."""
        button = (
            '<button class="govuk-button govuk-button--secondary" '
            'name="{}" id="{}" value="on">{}</button>'
        )
        return format_html(button, name, (attrs or {}).get("id", name), _("抽取"))


class SampleForm(Filed):
    """抽查名单: drawn once, by a seed nobody chose, so that anyone can draw it again."""

    slug = "sample"
    title = gettext_lazy("抽查名单")

    draw = forms.BooleanField(
        label=gettext_lazy("按规程抽取核查户，只能抽一次"),
        widget=DrawButton,
    )

    class Meta:
        model = Sample
        fields = ()

    def prepare(self) -> None:
        listed = self.subject.cases.filter(closed_on=None, household__isnull=False)
        self.heads = dict(
            listed.order_by("pk").values_list("pk", "household__head_name")
        )
        key = key_at(self.rulebook, "sample_rate", self.step)
        self.rate, self.law = self.rulebook.fraction(key), self.rulebook[key].cited
        if self.is_complete:
            fields.drop(self, "draw")

    def readings(self) -> list[Reading]:
        size = len(self.heads)
        words = {"listed": size, "rate": self.rate, "size": to_draw(self.rate, size)}
        said = _("名单 %(listed)s 户，逐户核查") if self.rate == 1 else DRAWN
        text = said % words
        found = [Reading(_("抽查比例"), text, None, self.law)]
        if not self.is_complete:
            return found
        drawn = [self.heads[pk] for pk in self.instance.case_ids if pk in self.heads]
        seed = self.instance.seed[:16]
        return [
            *found,
            Reading(_("抽中的户"), _("、").join(drawn), ok=True),
            Reading(_("抽样种子"), _("%(seed)s，可凭此重抽核对") % {"seed": seed}),
        ]

    def judge(self) -> None:
        if not self.heads:
            self.add_error(None, _("名单里没有户，不能抽取"))
        elif self.is_complete:
            self.add_error(None, _("本环节已经抽过样，不能重抽"))

    def save(self, commit: Any = None) -> Any:
        """Draw, unless somebody has drawn since the page was made."""
        return self.found() or super().save(commit)

    def fill(self, row: Any) -> None:
        row.seed = sampling.seed_for(self.batch.head, self.step)
        row.rate, row.drawn_on = str(self.rate), self.today
        row.case_ids = sampling.draw(self.heads, self.rate, row.seed)
        row.size = len(row.case_ids)

    def summary(self) -> list[tuple[Text, str]]:
        if not self.is_complete:
            return []
        return [(reading.label, reading.text) for reading in self.readings()]


class CheckerLine(LineForm):
    """One person who checked."""

    name = fields.NameField(label=gettext_lazy("姓名"))


class SiteCheckForm(Filed):
    """实地核查: by as many people as the rulebook asks for."""

    slug = "site-check"
    title = gettext_lazy("实地核查")
    picture = "photo"
    groups: ClassVar = (
        Group(gettext_lazy("核查情况"), ("checked_on", "finding", "note", "photo")),
    )

    checked_on = fields.DayField(label=gettext_lazy("核查日期"))
    finding = fields.one_of(Finding, label=gettext_lazy("核查结论"))
    note = fields.words(1000, rows=2, label=gettext_lazy("说明"), required=False)
    photo = PhotosField(label=gettext_lazy("现场照片"))

    class Meta:
        model = SiteCheck
        fields = ("checked_on", "finding", "note")

    def tables(self) -> list[Lines]:
        needed = self.rulebook.whole(key_at(self.rulebook, "min_checkers", self.step))
        went = self.instance.checkers or [self.by.officer.full_name]
        return [
            lines(
                CheckerLine,
                title=_("核查人员"),
                hint=_("至少 %(needed)s 人") % {"needed": needed},
                around=self,
                name="checkers",
                saved=[{"name": name} for name in went],
            )
        ]

    def judge(self) -> None:
        typed = self.cleaned_data
        if typed["finding"] == Finding.WRONG and not typed["note"]:
            self.add_error("note", _("不属实的须写明哪里不属实"))
        facts = SiteCheckFacts(
            checked_on=typed["checked_on"], checkers=tuple(self._names()), right=True
        )
        checked = {self.step: facts}
        errors = self.by_gates([gates.site_checked], site_checks=checked)
        self.formsets[0].refuse(*errors)

    def fill(self, row: Any) -> None:
        row.checkers = self._names()

    def summary(self) -> list[tuple[Text, str]]:
        if not self.is_complete:
            return []
        return [
            *super().summary(),
            (_("核查人员"), _("、").join(self.instance.checkers)),
        ]

    def _names(self) -> list[str]:
        return list(dict.fromkeys(one["name"] for one in self.formsets[0].written()))
