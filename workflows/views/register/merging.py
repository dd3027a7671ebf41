"""Villages that become one, by the county: chosen, looked at, confirmed.

Draws what `workflows.merging` decides. Nothing is written before what it would do has
been shown as it stands.
"""

import hashlib
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from permissions.posts import Post
from registry.models import Place
from registry.moving import VillageMerger
from registry.texts import TextField
from workflows import clock
from workflows.merging import Outlook, foresee, merge_villages
from workflows.views.access import hat_of, officer_of
from workflows.views.register.merged_groups import lines, renamed

UNPROCESSABLE: Final = 422
NEW: Final = "new"


class MergerForm(forms.Form):
    """合村: which villages become which, from when, by which document."""

    villages = forms.MultipleChoiceField(
        label=gettext_lazy("合并的村"), widget=forms.CheckboxSelectMultiple
    )
    into = forms.ChoiceField(
        label=gettext_lazy("合并以后"),
        help_text=gettext_lazy("沿用其中一个村的，名称和代码都不变"),
    )
    name = TextField(label=gettext_lazy("新村名称"), max_length=50, required=False)
    code = forms.CharField(
        label=gettext_lazy("新村区划代码"),
        required=False,
        max_length=12,
        validators=[RegexValidator(r"^[0-9]{12}$", gettext_lazy("代码是 12 位数字"))],
    )
    document = TextField(label=gettext_lazy("批复文号"), max_length=60)
    document_on = forms.DateField(
        label=gettext_lazy("批复日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    on = forms.DateField(
        label=gettext_lazy("生效日期"),
        help_text=gettext_lazy("这一天起属于合并以后的村"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, villages: list[Place], **options: Any) -> None:
        """Offer the standing villages of one township."""
        super().__init__(*args, **options)
        self.village_names = {one.code: one.name for one in villages}
        named = list(self.village_names.items())
        fields: Any = self.fields
        fields["villages"].choices = named
        fields["into"].choices = [(NEW, _("设立新村")), *named]

    def clean(self) -> dict[str, Any]:
        """Ask for name and code of a village that is founded."""
        said = super().clean() or {}
        if said.get("into") == NEW:
            for name in ("name", "code"):
                if name not in self.errors and not said.get(name):
                    self.add_error(name, _("设立新村的，须填写名称和代码"))
        return said

    def merger(self, groups: dict[tuple[str, str], str]) -> VillageMerger:
        """Return what was typed as the merger it means."""
        said, founded = self.cleaned_data, self.cleaned_data["into"] == NEW
        return VillageMerger(
            villages=frozenset({*said["villages"]} | self._survivor()),
            into=said["code"] if founded else said["into"],
            name=said["name"] if founded else "",
            groups=groups,
        )

    @property
    def reason(self) -> str:
        """Return the document as it stands in every record: number and day."""
        said = self.cleaned_data
        # Records are Chinese, whatever language the officer reads.
        day = said["document_on"]
        return f"{said['document']}（{day.year}年{day.month}月{day.day}日）"

    def _survivor(self) -> set[str]:
        into = self.cleaned_data["into"]
        return set() if into == NEW else {into}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """Choose villages of a township, see what a merger would do, and confirm it."""
    hat = hat_of(request)
    if hat.held not in Post.COUNTY:
        raise Http404
    towns = list(_standing(hat.place))
    data = request.POST if request.method == "POST" else request.GET
    town = next((one for one in towns if one.code == data.get("town")), None)
    form = MergerForm(
        request.POST if request.method == "POST" and town else None,
        villages=list(_standing(town)) if town else [],
        initial={"on": clock.today()},
    )
    context: dict[str, Any] = {"towns": towns, "town": town, "form": form}
    if form.is_valid():
        said = _said(request, form)
        if _confirmed(request, form, said):
            return redirect("workflows:place", said["merger"].into)
        context |= said
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workflows/register/merge.html", context, status=status)


def _standing(above: Place) -> Any:
    return Place.objects.filter(parent=above, valid_to=None).order_by("code")


def _said(request: HttpRequest, form: MergerForm) -> dict[str, Any]:
    """Return the merger, what it would do, and the seal of both as they were shown."""
    merger = form.merger(renamed(request.POST))
    on: date = form.cleaned_data["on"]
    outlook = foresee(
        merger, on=on, by=officer_of(request), reason=form.reason, now=clock.now()
    )
    return {
        "merger": merger,
        "outlook": outlook,
        "groups": lines(outlook, merger),
        "households": sum(one.households for one in outlook.groups),
        "persons": sum(one.persons for one in outlook.groups),
        "seal": _seal(merger, on, form.reason, outlook),
    }


def _seal(merger: VillageMerger, on: date, reason: str, outlook: Outlook) -> str:
    """Return a digest of all that a person was shown before he confirms."""
    shown = [
        sorted(merger.villages),
        merger.into,
        merger.name,
        sorted(merger.groups.items()),
        on.isoformat(),
        reason,
        [asdict(one) for one in outlook.groups],
        [one.pk for one in outlook.posts],
    ]
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def _confirmed(request: HttpRequest, form: MergerForm, said: dict[str, Any]) -> bool:
    """Merge when what was confirmed is what was shown; False: show it (again)."""
    if request.POST.get("do") != "merge" or said["outlook"].refused:
        return False
    if request.POST.get("seal") != said["seal"]:
        messages.error(request, _("内容有变，请核对以后再确认"))
        return False
    refused = merge_villages(
        said["merger"],
        on=form.cleaned_data["on"],
        by=officer_of(request),
        reason=form.reason,
        now=clock.now(),
    )
    for refusal in refused:
        messages.error(request, str(refusal))
    if not refused:
        messages.success(request, _("已合村；合并以后的村须重新任职"))
    return not refused
