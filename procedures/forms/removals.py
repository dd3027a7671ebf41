"""The finding that speaks for a removal, the household's receipt and its answer to it.

Know grounds and words; which grounds there are is the rulebook's.
"""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures import gates
from procedures.facts import InvestigationFacts, StatementFacts
from procedures.forms import fields
from procedures.forms.filed import Filed
from procedures.forms.pictures import PhotosField
from procedures.forms.shown import Group
from procedures.forms.sign_offs import SignOffForm
from procedures.gates.removals import grounds_of
from procedures.models import Conclusion, Investigation, SignOffKind, Statement


class InvestigationForm(Filed):
    """核定登记表: what the team found, on which ground, by which evidence."""

    slug = "investigation"
    title = gettext_lazy("核定登记")
    picture = "photo"
    groups: ClassVar = (
        Group(gettext_lazy("核定结论"), ("conclusion", "grounds")),
        Group(gettext_lazy("事实和证据"), ("account", "evidence", "photo")),
    )

    conclusion = fields.one_of(Conclusion, label=gettext_lazy("核定结论"))
    grounds = forms.MultipleChoiceField(
        label=gettext_lazy("清退情形"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    account = fields.words(
        1000,
        rows=3,
        label=gettext_lazy("查实情况"),
        help_text=gettext_lazy("写事实，不写病情；农户会在通知书上看到"),
    )
    evidence = fields.words(
        500,
        rows=2,
        label=gettext_lazy("证据材料"),
        help_text=gettext_lazy("如部门比对结果、登记证明、现场照片"),
        required=False,
    )
    photo = PhotosField(label=gettext_lazy("证据照片"))

    class Meta:
        model = Investigation
        fields = ("conclusion", "grounds", "account", "evidence")

    def prepare(self) -> None:
        law = self.rulebook["removal_grounds"]
        listed = grounds_of(self.rulebook)
        fields.offer(self, "grounds", [(word, word) for word in listed])
        fields.quote(self, "grounds", law.cited)

    def judge(self) -> None:
        typed = self.cleaned_data
        if typed["conclusion"] != Conclusion.REMOVE:
            return
        if not typed["evidence"]:
            self.add_error("evidence", _("结论是清退的，须写明证据材料"))
        facts = InvestigationFacts(
            removes=True,
            grounds=tuple(typed["grounds"]),
            evidence=typed["evidence"] or "-",
        )
        for error in self.by_gates([gates.grounds_established], investigation=facts):
            self.add_error("grounds", error)


class NotificationForm(SignOffForm):
    """清退通知书回执: the household has its notification, or would not take it."""

    slug = "notification"
    title = gettext_lazy("清退通知书回执")
    law_hint = gettext_lazy("农户拒收的，写明理由，由见证人证明送达")
    kind = SignOffKind.NOTIFICATION
    paper = "removal_notification"


class StatementForm(Filed):
    """农户意见: what it says to its removal, and what it is answered."""

    slug = "statement"
    title = gettext_lazy("农户意见")
    groups: ClassVar = (
        Group(
            gettext_lazy("农户意见"), ("stated_on", "objects_to_it", "words", "answer")
        ),
    )

    stated_on = fields.DayField(label=gettext_lazy("陈述日期"))
    objects_to_it = fields.tick(label=gettext_lazy("农户有异议"))
    words = fields.words(1000, rows=3, label=gettext_lazy("农户怎么说"), required=False)
    answer = fields.words(
        1000,
        rows=3,
        label=gettext_lazy("核实答复"),
        help_text=gettext_lazy("有异议的须核实后答复，评议时一并宣读"),
        required=False,
    )

    class Meta:
        model = Statement
        fields = ("stated_on", "objects_to_it", "words", "answer")

    def prepare(self) -> None:
        fields.quote(self, "answer", self.rulebook["household_heard"].cited)

    def judge(self) -> None:
        typed = self.cleaned_data
        if typed["objects_to_it"] and not typed["words"]:
            self.add_error("words", _("有异议的须写明农户怎么说"))
        facts = StatementFacts(
            stated_on=typed["stated_on"],
            objects=typed["objects_to_it"],
            answered=bool(typed["answer"]),
        )
        for error in self.by_gates([gates.statement_answered], statement=facts):
            self.add_error("answer", error)
