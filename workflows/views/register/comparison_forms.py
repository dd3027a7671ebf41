"""Forms of a comparison: what a round asks, what came back, what a hit comes to.

What is lawful is for `workflows.comparing` to say.
"""

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from notices.photos import Picture, examine
from registry.codes import Standing
from registry.comparing import departments
from registry.comparing.kinds import Decision
from registry.models import Place
from registry.refusals import Refusal
from registry.texts import TextField
from workflows.comparing.deciding import Ruling, exceptions
from workflows.models import Match
from workflows.models.rounds import APPLICANTS

# In the order in which offices think of them; removed households are asked no more.
ASKED = (
    (Standing.REGISTERED.value, Standing.REGISTERED.label),
    (Standing.EXITED.value, Standing.EXITED.label),
    (APPLICANTS, _("正在办理的户（申请、识别等）")),
    (Standing.UNREGISTERED.value, _("全部未建档户")),
)


class RoundForm(forms.Form):
    """发起比对."""

    purpose = TextField(label=_("用途"), max_length=100)
    basis = TextField(
        label=_("查询依据"),
        max_length=200,
        help_text=_("文件名称和文号，部门据此答复"),
    )
    areas = forms.MultipleChoiceField(
        label=_("比对范围"), widget=forms.CheckboxSelectMultiple
    )
    groups = forms.MultipleChoiceField(
        label=_("比对哪些户"), choices=ASKED, widget=forms.CheckboxSelectMultiple
    )
    sources = forms.MultipleChoiceField(
        label=_("送哪些部门"), widget=forms.CheckboxSelectMultiple
    )
    authorised = forms.BooleanField(label=_("各户的查询授权书已归档"), required=False)

    def __init__(self, *args: Any, place: Place, **options: Any) -> None:
        """Offer the county, its townships and the catalogue's lists."""
        super().__init__(*args, **options)
        below = Place.objects.filter(parent=place, valid_to=None).order_by("code")
        _offer(
            self,
            "areas",
            [(place.code, place.name), *below.values_list("code", "name")],
        )
        listed = [(key, one.label) for key, one in departments.catalogue().items()]
        _offer(self, "sources", listed)


class AnswerForm(forms.Form):
    """部门反馈: one file, and whether it adds to the ones before.

    The file's field is named so that it never lies on the disk in clear
    (`registry.sheets.uploads`).
    """

    workbook = forms.FileField(label=_("部门反馈的文件"))
    adds = forms.BooleanField(label=_("补充数据，不替换以前的"), required=False)


class RulingForm(forms.Form):
    """认定: explained with evidence, or found true, by a named officer."""

    decision = forms.ChoiceField(
        label=_("认定"),
        choices=[
            (Decision.EXPLAINED.value, Decision.EXPLAINED.label),
            (Decision.ACCEPTED.value, Decision.ACCEPTED.label),
        ],
        widget=forms.RadioSelect,
    )
    exception = forms.ChoiceField(
        label=_("例外情形"),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("按规程列举；不在其中的选“其他”，写明说明"),
    )
    explanation = TextField(
        label=_("农户说明或者认定理由"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=500,
    )
    evidence = forms.FileField(
        label=_("证明材料照片"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("认定“说明成立”的必须有"),
    )
    same_person = forms.BooleanField(
        label=_("已核对，部门登记的就是本人"), required=False
    )

    def __init__(self, *args: Any, match: Match, **options: Any) -> None:
        """Offer the exceptions of the round's rulebook that fit the kind of hit."""
        super().__init__(*args, **options)
        fitting = exceptions(match.round.bound_rulebook, match.kind)
        listed = [(key, value.cited) for key, value in fitting]
        _offer(self, "exception", [*listed, ("", _("其他"))])
        if not match.name_differs:
            del self.fields["same_person"]

    def clean_evidence(self) -> Picture | None:
        """Return the picture of the upload; what is none is refused in words."""
        upload: UploadedFile | None = self.cleaned_data["evidence"]
        if upload is None:
            return None
        found = examine(upload)
        if isinstance(found, Refusal):
            raise forms.ValidationError(str(found.text), code=found.code)
        return found

    @property
    def ruling(self) -> Ruling:
        """Return what was typed as the ruling it is."""
        return Ruling(
            decision=Decision(self.cleaned_data["decision"]),
            exception=self.cleaned_data["exception"],
            explanation=self.cleaned_data["explanation"],
            same_person=self.cleaned_data.get("same_person", False),
        )


def _offer(form: forms.Form, name: str, choices: list[Any]) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices
