"""What the household signs: confirmation of exit, receipt, registration.

Know signers and witnesses; what a missing signature means is the gates'.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.models import Photo
from notices.scans import waiting
from procedures import gates
from procedures.facts import SignOffFacts
from procedures.forms import fields
from procedures.forms.filed import Filed, opened_at
from procedures.forms.pictures import PhotosField
from procedures.forms.shown import Group
from procedures.models import Signer, SignOff, SignOffKind
from workflows.models import Batch, Case

PROXY = ("proxy_name", "proxy_relation", "witness_name")


class SignOffForm(Filed):
    """签字: by the head, or by a proxy before a witness; or a refusal with its reason.

    A signed sheet that came back is offered as its photo; who signed, when and how
    is for the officer to say.

    Attributes:
        paper: the kind of paper that is signed.
        came_back: the newest signed sheet of it, if one is to be offered.
    """

    slug = "sign-off"
    kind: ClassVar[SignOffKind]
    paper: ClassVar[str]
    picture = "photo"
    groups: ClassVar = (
        Group(
            gettext_lazy("签字"), ("signed_on", "by_whom", "thumb", "sheet", "photo")
        ),
        Group(
            gettext_lazy("代签"),
            PROXY,
            gettext_lazy("户主不能签字的，由亲属代签，户主按手印，并有见证人"),
        ),
        Group(gettext_lazy("拒签"), ("refused", "refusal_reason")),
    )

    signed_on = fields.DayField(label=gettext_lazy("签字日期"))
    by_whom = fields.one_of(Signer, label=gettext_lazy("签字人"))
    thumb = fields.tick(label=gettext_lazy("按了手印"))
    sheet = fields.tick(
        label=gettext_lazy("用已收回的签字页（见上方图像）"), initial=True
    )
    photo = PhotosField(label=gettext_lazy("签字页照片"))
    proxy_name = fields.NameField(label=gettext_lazy("代签人姓名"), required=False)
    proxy_relation = fields.words(
        30, label=gettext_lazy("代签人与户主关系"), required=False
    )
    witness_name = fields.NameField(label=gettext_lazy("见证人"), required=False)
    refused = fields.tick(label=gettext_lazy("拒绝签字"))
    refusal_reason = fields.words(
        300, rows=2, label=gettext_lazy("拒签理由"), required=False
    )

    class Meta:
        model = SignOff
        fields = ("signed_on", "thumb", *PROXY, "refused", "refusal_reason")

    @classmethod
    def filed(cls, step: str) -> dict[str, Any]:
        """A signature is found by what was signed, whatever the step."""
        return {"kind": cls.kind}

    @classmethod
    def offered(cls, cases: Sequence[Case]) -> set[int]:
        """Return the cases whose signed sheet has come back for this list."""
        if not cases:
            return set()
        by_about = {case.about: case.pk for case in cases}
        sheets = _of_this_list(waiting.sheets_of(by_about, [cls.paper]), cases[0].batch)
        return {by_about[about] for about in sheets.values_list("about", flat=True)}

    def prepare(self) -> None:
        self.initial["by_whom"] = self.instance.by
        sheets = waiting.sheets_of([self.subject.about], [self.paper])
        newest = _of_this_list(sheets, self.batch).first()
        used = newest is not None and self.instance.photo_id == newest.pk
        self.came_back: Photo | None = None if used else newest
        if self.came_back is None:
            del self.fields["sheet"]

    def ready(self) -> list[Photo]:
        """Return the signed sheet that is offered."""
        return [self.came_back] if self.came_back else []

    def clean_refusal_reason(self) -> str:
        """A household that signed gives no reason against it."""
        refused = self.cleaned_data.get("refused")
        return self.cleaned_data["refusal_reason"] if refused else ""

    def judge(self) -> None:
        typed = self.cleaned_data
        if typed["refused"] and typed["photo"] and typed["thumb"]:
            self.add_error("refused", _("按了手印就不是拒签，请核对"))
        facts = SignOffFacts(
            signed_on=typed["signed_on"],
            by_proxy=typed["by_whom"] == Signer.PROXY and not typed["refused"],
            proxy=typed["proxy_name"],
            proxy_relation=typed["proxy_relation"],
            witness=typed["witness_name"],
            thumb=typed["thumb"],
            photographed=True,
            refused=typed["refused"],
            refusal_reason=typed["refusal_reason"],
        )
        signed = {str(self.kind): facts}
        for error in self.by_gates([gates.proxy_witnessed], sign_offs=signed):
            self.add_error("by_whom", error)

    def fill(self, row: Any) -> None:
        typed = self.cleaned_data
        row.by = typed["by_whom"]
        # A photo chosen on the form is meant instead.
        if typed.get("sheet") and not typed["photo"]:
            row.photo = self.came_back


def _of_this_list(sheets: QuerySet[Photo], batch: Batch) -> QuerySet[Photo]:
    """Leave out what was signed before a follow-up list was opened."""
    since = opened_at(batch)
    return sheets if since is None else sheets.filter(uploaded_at__gte=since)


class ConsentForm(SignOffForm):
    """户主认可: the confirmation of exit; its refusal ends the exit."""

    slug = "consent"
    title = gettext_lazy("户主签字确认")
    law_hint = gettext_lazy("户主不签字的，不得退出")
    kind = SignOffKind.CONSENT
    paper = "exit_confirmation"


class ReceiptForm(SignOffForm):
    """退出告知书回执: the household has its notification."""

    slug = "receipt"
    title = gettext_lazy("退出告知书回执")
    kind = SignOffKind.RECEIPT
    paper = "exit_notification"


class RegistrationForm(SignOffForm):
    """登记建档: registration form and handbook are signed."""

    slug = "registration"
    title = gettext_lazy("登记表和扶贫手册签字")
    kind = SignOffKind.REGISTRATION
    paper = "household_card"


class ReportForm(SignOffForm):
    """家庭成员变更登记表: the head, or the new one, signs what was reported."""

    slug = "signature"
    title = gettext_lazy("户主签字")
    kind = SignOffKind.FAMILY_CHANGE
    paper = "change_form"
