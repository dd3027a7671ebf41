"""The application as it is typed from the signed sheet.

Knows who may ask for whom in what form; not what becomes of it.
"""

from typing import ClassVar

from django.forms import ValidationError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from procedures import gates
from procedures.facts import ApplicationFacts
from procedures.forms import fields
from procedures.forms.filed import Filed
from procedures.forms.pictures import PhotosField
from procedures.forms.shown import Group
from procedures.models import Applicant, Application, GroupReason
from registry.codes import Cause


class ApplicationForm(Filed):
    """户主申请: the household's own, or the group's for those who can hardly ask."""

    slug = "application"
    title = _("户主申请")
    once = True
    picture = "signature"
    groups: ClassVar = (
        Group(_("谁提出"), ("made_by", "group_reason", "applied_on")),
        Group(_("申请内容"), ("request", "cause", "income_stated", "labourers")),
        Group(
            _("签字"),
            ("thumb", "proxy_name", "witness_name", "signature"),
            _("本人不会写字的，由他人代写，本人按手印，并有见证人"),
        ),
    )

    made_by = fields.one_of(Applicant, label=_("提出方式"))
    group_reason = fields.picked(GroupReason, label=_("小组推荐原因"), required=False)
    applied_on = fields.DayField(label=_("申请日期"))
    request = fields.words(500, rows=3, label=_("申请内容"))
    cause = fields.words(100, label=_("致贫原因"))
    income_stated = fields.MoneyField(label=_("自报人均纯收入（元）"))
    labourers = fields.CountField(label=_("劳动力人数"), most=30)
    thumb = fields.tick(label=_("本人按了手印"))
    proxy_name = fields.NameField(label=_("代写人"), required=False)
    witness_name = fields.NameField(label=_("见证人"), required=False)
    signature = PhotosField(label=_("签字的申请书照片"))

    class Meta:
        model = Application
        fields = (
            "made_by",
            "group_reason",
            "applied_on",
            "request",
            "cause",
            "income_stated",
            "labourers",
            "thumb",
            "proxy_name",
            "witness_name",
        )

    @classmethod
    def filed(cls, step: str) -> dict[str, str]:
        """An application is one for the case, whatever the step."""
        return {}

    def prepare(self) -> None:
        cause = self.home.main_cause
        if not self.is_complete and cause:
            # What is filed is Chinese, whatever language the page speaks.
            with translation.override("zh-hans"):
                self.initial["cause"] = str(Cause(cause).label)

    def clean_group_reason(self) -> str:
        """Drop a reason chosen before the officer changed his mind."""
        chosen: str = self.cleaned_data["group_reason"]
        if self.cleaned_data.get("made_by") != Applicant.GROUP:
            return ""
        if not chosen:
            text = gettext(
                "村民小组推荐的须选推荐原因：孤寡老人、残疾人或者孤儿。%(law)s"
            )
            law = self.rulebook["group_reasons"].cited
            raise ValidationError(text % {"law": law}, code="group_reason")
        return chosen

    def clean_labourers(self) -> int:
        """No household has more workers than members."""
        workers: int = self.cleaned_data["labourers"]
        size = self.home.size
        if workers > size:
            self.add_error(
                "labourers",
                gettext("劳动力 %(workers)s 人，多于家庭人口 %(size)s 人")
                % {"workers": workers, "size": size},
            )
        return workers

    def judge(self) -> None:
        typed = self.cleaned_data
        facts = ApplicationFacts(
            made_by=typed["made_by"],
            group_reason=typed["group_reason"],
            applied_on=typed["applied_on"],
            # A sheet not yet photographed is the desk's to miss, not the form's.
            signed=True,
            thumb=typed["thumb"],
            proxy=typed["proxy_name"],
            witness=typed["witness_name"],
        )
        checks = (
            ("group_reason", gates.group_recommendation_justified),
            ("witness_name", gates.applicant_signed),
        )
        for field, gate in checks:
            for error in self.by_gates([gate], application=facts):
                self.add_error(field, error)
