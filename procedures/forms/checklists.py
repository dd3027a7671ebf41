"""The checklist 一超过两不愁三保障, question by question.

Knows questions; which answers are good enough is the rulebook's.
"""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.facts import ChecklistFacts
from procedures.forms import fields
from procedures.forms.filed import Filed
from procedures.forms.shown import Group, Reading, Text
from procedures.gates.standards import ANSWERS, FIGURES, unmet_standards
from procedures.models import Checklist
from registry.codes import HousingGrade

HOUSING = ("housing_grade", "housing_certificate")
LIMITS = {
    "water_litres": gettext_lazy("不少于 %(limit)s 升"),
    "water_minutes": gettext_lazy("不超过 %(limit)s 分钟"),
    "water_metres": gettext_lazy("不超过 %(limit)s 米"),
    "water_dry_days": gettext_lazy("不超过 %(limit)s 天"),
}


class ChecklistForm(Filed):
    """两不愁三保障核查: what was asked is answered, the rest stays open."""

    slug = "checklist"
    title = gettext_lazy("两不愁三保障核查")
    groups: ClassVar = (
        Group(gettext_lazy("一超过"), ("income_over_line",)),
        Group(gettext_lazy("两不愁"), ("food", "clothing")),
        Group(gettext_lazy("饮水安全"), ("water_quality", *FIGURES)),
        Group(gettext_lazy("三保障"), ("school", "medical", *HOUSING)),
        Group(gettext_lazy("不能脱贫的情形"), ("blockers",)),
        Group(gettext_lazy("说明"), ("note",)),
    )

    income_over_line = fields.YesNoField(label=gettext_lazy("收入稳定超过标准"))
    food = fields.YesNoField(
        label=gettext_lazy("不愁吃"), help_text=gettext_lazy("主食、肉蛋豆")
    )
    clothing = fields.YesNoField(
        label=gettext_lazy("不愁穿"),
        help_text=gettext_lazy("四季衣被，不以捐赠为主"),
    )
    water_quality = fields.YesNoField(label=gettext_lazy("水质合格"))
    water_litres = fields.CountField(
        label=gettext_lazy("每人每天水量（升）"), required=False
    )
    water_minutes = fields.CountField(
        label=gettext_lazy("取水往返（分钟）"), required=False
    )
    water_metres = fields.CountField(
        label=gettext_lazy("取水高差（米）"), required=False
    )
    water_dry_days = fields.CountField(
        label=gettext_lazy("连续缺水最长（天）"), required=False, most=366
    )
    school = fields.YesNoField(label=gettext_lazy("义务教育无因贫辍学"))
    medical = fields.YesNoField(
        label=gettext_lazy("基本医疗有保障"),
        help_text=gettext_lazy("参加基本医保，大病有救助"),
    )
    housing_grade = fields.picked(
        HousingGrade, label=gettext_lazy("住房等级"), required=False
    )
    housing_certificate = fields.words(
        60, label=gettext_lazy("住房鉴定书编号"), required=False
    )
    blockers = forms.MultipleChoiceField(
        label=gettext_lazy("有下列情形的勾选"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = fields.words(1000, rows=2, label=gettext_lazy("说明"), required=False)

    class Meta:
        model = Checklist
        fields = (*ANSWERS, *FIGURES, *HOUSING, "blockers", "note")

    def prepare(self) -> None:
        values = self.rulebook.values
        if "exit_blockers" not in values:
            fields.drop(self, "blockers")
        else:
            listed = self.rulebook.words("exit_blockers")
            fields.offer(self, "blockers", [(word, word) for word in listed])
            fields.quote(self, "blockers", values["exit_blockers"].cited)
        for name, text in LIMITS.items():
            self.fields[name].help_text = text % {"limit": self.rulebook.whole(name)}
            fields.quote(self, name, values[name].cited)
        if not self.is_complete:
            self.initial["housing_grade"] = self.home.housing_grade

    def readings(self) -> list[Reading]:
        if not self.is_complete:
            return []
        answers = {name: getattr(self.instance, name) for name in self._asked()}
        listed = ChecklistFacts(**answers)
        missing = unmet_standards(listed, self.rulebook)
        words = _("、").join(missing) or _("没有不达标的项目")
        return [Reading(_("没有达标"), words, not missing)]

    def judge(self) -> None:
        typed = self.cleaned_data
        if not any(self._answered(typed.get(name)) for name in self._asked()):
            self.add_error(None, _("核查表一项也没有填"))

    def summary(self) -> list[tuple[Text, str]]:
        readings = [(reading.label, reading.text) for reading in self.readings()]
        return [*super().summary(), *readings]

    @staticmethod
    def _asked() -> tuple[str, ...]:
        return (*ANSWERS, *FIGURES, *HOUSING)

    @staticmethod
    def _answered(value: Any) -> bool:
        return value is not None and value != ""
