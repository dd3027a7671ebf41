"""Meetings as they are typed from the minutes: of a group, of representatives.

Know bodies, attendance and recusals; which body, which quorum and which
authority are asked of the rulebook and its gates.
"""

from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.models import Photo
from procedures import gates
from procedures.forms import fields, pictures
from procedures.forms.attendance import attended
from procedures.forms.fact import Subject
from procedures.forms.filed import Filed
from procedures.forms.lines import Lines, lines
from procedures.forms.recused import RecusedLine, heads_of, saved_lines
from procedures.forms.shown import Group, Reading, Text
from procedures.gates.gate import key_at
from procedures.gates.meetings import quorum
from procedures.models import (
    Authorisation,
    Meeting,
    MeetingKind,
    Method,
    QuorumBasis,
    Recused,
)

GROUP, REPRESENTATIVES = MeetingKind.GROUP, MeetingKind.REPRESENTATIVES
ASSEMBLY = MeetingKind.ASSEMBLY
# Who is counted, unless the form says otherwise.
COUNTED: dict[str, QuorumBasis] = {
    GROUP: QuorumBasis.ADULTS,
    ASSEMBLY: QuorumBasis.HOUSEHOLDS,
}
ONLY: dict[str, QuorumBasis] = {
    REPRESENTATIVES: QuorumBasis.MEMBERS,
    ASSEMBLY: QuorumBasis.HOUSEHOLDS,
}
AUTHORITY = ("authorisation_type", "authorisation_on", "authorisation_document")
# Which field an officer has to look at when a gate says no.
ASKED = (
    ("called_on", gates.meeting_recorded),
    ("held_at", gates.meeting_not_in_future),
    ("authorisation_type", gates.meeting_authorised),
    ("present", gates.meeting_quorate),
    ("teller", gates.tellers_named),
)


class MeetingForm(Filed):
    """民主评议的会议: one for the list, or one for each village group on it."""

    slug = "meeting"
    title: Text = gettext_lazy("会议情况")
    group = ""
    groups: ClassVar = (
        Group(
            gettext_lazy("召集"),
            ("kind", "basis", "called_on", "held_at", "place_text", "method"),
        ),
        Group(gettext_lazy("到会"), ("due", "present", "women")),
        Group(gettext_lazy("授权"), AUTHORITY),
        Group(
            gettext_lazy("主持和计票"), ("chair", "recorder", "teller", "scrutineer")
        ),
        Group(gettext_lazy("记录"), ("comparison_read_out", "account", "sheets")),
    )

    kind = fields.one_of(MeetingKind, label=gettext_lazy("会议类型"))
    basis = fields.picked(QuorumBasis, label=gettext_lazy("人数依据"))
    called_on = fields.DayField(label=gettext_lazy("通知日期"))
    held_at = fields.MomentField(label=gettext_lazy("开会时间"))
    place_text = fields.words(100, label=gettext_lazy("地点"))
    method = fields.picked(Method, label=gettext_lazy("表决方式"))
    due = fields.CountField(label=gettext_lazy("应到"), least=1)
    present = fields.CountField(label=gettext_lazy("实到"))
    women = fields.CountField(label=gettext_lazy("其中女性"))
    authorisation_type = fields.picked(
        Authorisation, label=gettext_lazy("授权方式"), required=False
    )
    authorisation_on = fields.DayField(label=gettext_lazy("授权日期"), required=False)
    authorisation_document = fields.words(
        120, label=gettext_lazy("授权文件"), required=False
    )
    chair = fields.NameField(label=gettext_lazy("主持人"))
    recorder = fields.NameField(label=gettext_lazy("记录人"))
    teller = fields.NameField(label=gettext_lazy("计票人"))
    scrutineer = fields.NameField(label=gettext_lazy("监票人"))
    comparison_read_out = fields.tick(label=gettext_lazy("会上宣读了信息比对结果"))
    account = fields.words(1000, rows=3, label=gettext_lazy("会议情况"), required=False)
    sheets = pictures.PhotosField(
        label=gettext_lazy("会议记录、签到表、会场照片"), several=True
    )

    class Meta:
        model = Meeting
        fields = (
            "kind",
            "basis",
            "called_on",
            "held_at",
            "place_text",
            "method",
            "due",
            "present",
            "women",
            *AUTHORITY,
            "chair",
            "recorder",
            "teller",
            "scrutineer",
            "comparison_read_out",
        )

    def __init__(self, *, subject: Subject, step: str, **told: Any) -> None:
        self.group = told.pop("group", "")
        super().__init__(subject=subject, step=step, **told)

    @classmethod
    def build(cls, subject: Subject, **told: Any) -> list[Self]:
        """Return one form, or one per village group when the groups meet."""
        if bodies(subject, told["step"]) != (GROUP,):
            return super().build(subject, **told)
        listed = subject.cases.filter(closed_on=None, household__isnull=False)
        names = listed.values_list("household__group", flat=True)
        return [
            cls(subject=subject, group=group, prefix=f"{cls.slug}-{number}", **told)
            for number, group in enumerate(sorted(set(names)), start=1)
        ]

    def key(self) -> dict[str, Any]:
        return {**super().key(), "group": self.group}

    def prepare(self) -> None:
        allowed = bodies(self.subject, self.step)
        kinds = [one for one in MeetingKind.choices if one[0] in allowed]
        fields.offer(self, "kind", kinds)
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
        if not self.is_complete:
            self.initial["kind"] = allowed[0]
            self.initial["basis"] = COUNTED.get(allowed[0], QuorumBasis.MEMBERS)
        if allowed == (ASSEMBLY,):
            self.fields["basis"].widget = forms.HiddenInput()
        if REPRESENTATIVES not in allowed:
            fields.drop(self, *AUTHORITY)
        if GROUP in allowed or not self.rulebook.flag("comparison_read_out"):
            fields.drop(self, "comparison_read_out")
        if self.group:
            self.title = _("会议情况·%(group)s") % {"group": self.group}
        self.initial["account"] = self.instance.summary
        self.away = saved_lines(self.instance)

    def tables(self) -> list[Lines]:
        return [
            lines(
                RecusedLine,
                title=_("回避的人"),
                hint=_("到会但不投票的，如被评议户的近亲属"),
                around=self,
                name="recused",
                saved=self.away,
                heads=heads_of(self.batch, self.group),
            )
        ]

    def readings(self) -> list[Reading]:
        met = attended(self)
        if met is None:
            return []
        key, needed = quorum(met, self.rulebook)
        enough = met.present >= needed
        text = (
            _("%(share)s%%，达到法定人数（须 %(needed)s 人）")
            if enough
            else _("%(share)s%%，没有达到法定人数（须 %(needed)s 人）")
        )
        words = {"share": met.present * 100 // met.due, "needed": needed}
        return [Reading(_("到会比例"), text % words, enough, self.rulebook[key].cited)]

    def judge(self) -> None:
        met = attended(self)
        for field, gate in ASKED:
            for error in self.by_gates([gate], meetings={self.step: met}):
                self.add_error(field, error)

    def clean_basis(self) -> str:
        """Representatives are counted as members, an assembly as its households."""
        chosen: str = self.cleaned_data["basis"]
        return ONLY.get(self.cleaned_data.get("kind", ""), chosen)

    def fill(self, row: Any) -> None:
        row.summary = self.cleaned_data["account"]

    def write(self, row: Any) -> None:
        row.recused.all().delete()
        once = {(one["name"], one["case"]): one for one in self.formsets[0].written()}
        Recused.objects.bulk_create(
            Recused(meeting=row, name=name, case_id=case_id, reason=one["reason"])
            for (name, case_id), one in once.items()
        )
        kept = pictures.keep(self, self.cleaned_data["sheets"], self.slug)
        row.photos.add(*kept)

    def photos(self) -> list[Photo]:
        return list(self.instance.photos.order_by("pk")) if self.is_complete else []

    def summary(self) -> list[tuple[Text, str]]:
        away = _("、").join(
            _("%(text)s（%(basis)s）") % {"text": one["name"], "basis": one["reason"]}
            for one in self.away
        )
        said = [
            *super().summary(),
            *((reading.label, reading.text) for reading in self.readings()),
        ]
        return [*said, (_("回避"), away)] if away else said


def bodies(batch: Subject, step: str) -> tuple[str, ...]:
    """Return which bodies may decide at a step, by the list's rulebook."""
    rulebook = batch.bound_rulebook
    return rulebook.words(key_at(rulebook, "bodies", step))
