"""Forms of objections; what is lawful is for `objection_rules` to say."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notices.models import Channel, Objection, Outcome, Paper
from notices.objections import Complaint
from notices.photos import Picture, examine
from permissions import policy
from permissions.models import Officer
from permissions.posts import Post
from registry.models import Household
from registry.refusals import Refusal
from registry.texts import TextField

_MINUTE = "%Y-%m-%dT%H:%M"


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MINUTE)
    return forms.DateTimeField(label=label, widget=widget)


class HouseholdChoice(forms.ModelChoiceField):
    """One household of a list, told by group and head."""

    def label_from_instance(self, obj: Household) -> str:
        return f"{obj.group} {obj.head_name}"


class OfficerChoice(forms.ModelChoiceField):
    """One officer, told by his name."""

    def label_from_instance(self, obj: Officer) -> str:
        return obj.full_name


def offered(form: forms.Form, name: str, rows: QuerySet) -> None:
    """Give a choice its rows, which only the paper knows."""
    field = cast("forms.ModelChoiceField", form.fields[name])
    field.queryset = rows


class ObjectionForm(forms.Form):
    """登记异议."""

    household = HouseholdChoice(
        Household.objects.none(),
        label=_("针对哪一户"),
        required=False,
        empty_label=_("名单整体"),
    )
    channel = forms.ChoiceField(label=_("反映方式"), choices=Channel.choices)
    received_at = _moment(_("收到时间"))
    content = TextField(
        label=_("异议内容"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000
    )
    anonymous = forms.BooleanField(label=_("匿名反映"), required=False)
    objector = TextField(
        label=_("反映人姓名"),
        max_length=50,
        required=False,
        help_text=_("加密保存，村级任职人员看不到"),
    )
    contact = TextField(label=_("联系方式"), max_length=100, required=False)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        """Offer the households on the list."""
        super().__init__(*args, **kwargs)
        lists = (paper.context.get(name, ()) for name in ("rows", "kept"))
        heads = [row["head"] for rows in lists for row in rows]
        listed = Household.objects.filter(place_id=paper.place_id, head_name__in=heads)
        offered(self, "household", listed.order_by("group", "number"))

    def complaint(self) -> Complaint:
        """Return what was typed."""
        typed = self.cleaned_data
        household = typed["household"]
        return Complaint(
            household_id=household.pk if household else None,
            channel=Channel(typed["channel"]),
            received_at=typed["received_at"],
            content=typed["content"],
            objector=typed["objector"],
            contact=typed["contact"],
            anonymous=typed["anonymous"],
        )


class AssignForm(forms.Form):
    """交办."""

    handler = OfficerChoice(Officer.objects.none(), label=_("办理人"))

    def __init__(
        self, *args: Any, objection: Objection, now: Any, **kwargs: Any
    ) -> None:
        """Offer the township's and county's officers, without the notice's author."""
        super().__init__(*args, **kwargs)
        today = timezone.localtime(now).date()
        code = objection.paper.place_id
        able: set[int] = set()
        for post in sorted(Post.TOWNSHIP | Post.COUNTY):
            able |= set(policy.officers(post, code, today).values_list("pk", flat=True))
        able.discard(objection.paper.issued_by_id)
        offered(self, "handler", Officer.objects.filter(pk__in=able))


class AnswerForm(forms.Form):
    """答复."""

    outcome = forms.ChoiceField(
        label=_("处理结论"),
        choices=[(o.value, o.label) for o in (Outcome.UPHELD, Outcome.REJECTED)],
        widget=forms.RadioSelect,
    )
    finding = TextField(
        label=_("调查结果"), widget=forms.Textarea(attrs={"rows": 5}), max_length=2000
    )
    investigators = TextField(label=_("调查人"), max_length=100, required=False)


class TakeDownForm(forms.Form):
    """撤下."""

    at = _moment(_("撤下时间"))
    name = TextField(label=_("撤下人"), max_length=50)
    photo = forms.FileField(
        label=_("照片"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def clean_photo(self) -> Picture | None:
        """Return the examined photo, if there is one."""
        upload = self.cleaned_data["photo"]
        found = examine(upload) if upload else None
        if isinstance(found, Refusal):
            raise forms.ValidationError(str(found.text), code=found.code)
        return found
