"""Relatives of a household who live elsewhere: taken down once, masked ever after.

Draws what `workflows.comparing.declaring` decides. Every opening is written down.
"""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from permissions.recusal import recusals
from registry.kin import KinDraft
from registry.models import DeclaredKin, Household
from registry.models.kin import KinRelation
from registry.opening import look
from registry.refusals import Refusal
from registry.texts import TextField
from workflows import clock
from workflows.comparing import declaring
from workflows.comparing.scope import asked
from workflows.errors import Trespass
from workflows.rulebook import Value
from workflows.views.access import (
    covered,
    hat_of,
    household_or_404,
    in_reach,
    officer_of,
)
from workflows.views.paging import number, page_of
from workflows.views.register.comparison_access import round_or_404

UNPROCESSABLE: Final = 422
# Written down in Chinese, shown in the language of whoever reads.
KIN = gettext_noop("户外亲属")


class KinForm(forms.Form):
    """登记户外亲属: one relative at a time."""

    name = TextField(label=gettext_lazy("姓名"), max_length=50)
    relation = forms.ChoiceField(
        label=gettext_lazy("与户主关系"), choices=[("", "—"), *KinRelation.choices]
    )
    id_number = forms.CharField(
        label=gettext_lazy("证件号码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("18 位，按 GB 11643 校验；存入以后只显示前 6 位"),
    )
    consented_on = forms.DateField(
        label=gettext_lazy("查询授权书签署日期"),
        help_text=gettext_lazy("由亲属本人签"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": declaring.UNSIGNED},
    )

    def __init__(self, *args: Any, rule: Value | None, **options: Any) -> None:
        """Ask for the relative's own letter where a rule does."""
        super().__init__(*args, **options)
        if rule:
            field: Any = self.fields["consented_on"]
            field.required, field.law = True, rule.cited

    @property
    def draft(self) -> KinDraft:
        """Return what was typed as the relative it names."""
        return KinDraft(
            name=self.cleaned_data["name"],
            relation=KinRelation(self.cleaned_data["relation"]),
            id_number=self.cleaned_data["id_number"],
            consented_on=self.cleaned_data["consented_on"],
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def household_kin(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a household's relatives elsewhere, and take down one more."""
    found = household_or_404(request, pk)
    hat, now = hat_of(request), clock.now()
    rule = declaring.consent_rule(found, now.date())
    form = KinForm(request.POST if request.method == "POST" else None, rule=rule)
    if request.method == "POST" and not declaring.may_declare(hat, found):
        raise Http404
    refused: list[Refusal] = []
    if form.is_valid():
        try:
            refused = declaring.declare(found, form.draft, by=hat, now=now)
        except Trespass as trespass:
            raise Http404 from trespass
        if not refused:
            messages.success(request, _("已登记，下次比对一并查询"))
            return redirect("workflows:household_kin", found.pk)
    look(found, KIN, by=officer_of(request), reason=hat.recorded_title, at=now)
    return _page(request, found, form, refused)


@require_POST
def end_kin(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a relative be asked about no longer."""
    rows = DeclaredKin.objects.select_related("household")
    declared = get_object_or_404(rows, pk=pk)
    covered(request, declared.household.place_id)
    try:
        refused = declaring.withdraw(declared, by=hat_of(request), now=clock.now())
    except Trespass as trespass:
        raise Http404 from trespass
    for refusal in refused:
        messages.error(request, str(refusal))
    if not refused:
        messages.success(request, _("已停止申报，以前的比对结果不变"))
    return redirect("workflows:household_kin", declared.household_id)


@never_cache
@require_safe
def comparison_kin(request: HttpRequest, pk: int) -> HttpResponse:
    """List the relatives elsewhere that belong to a round, as far as one may read."""
    round_ = round_or_404(request, pk)
    homes = in_reach(request, asked(round_)).order_by().values("pk")
    rows = DeclaredKin.objects.filter(household__in=homes, ended_on=None)
    after = str(number(request.GET.get("after", "")) or "")
    context: dict[str, Any] = {
        "round": round_,
        "page": page_of(rows.select_related("household__place"), "pk", after),
        "people": rows.count(),
    }
    return render(request, "workflows/register/comparison_kin.html", context)


def _page(
    request: HttpRequest, found: Household, form: KinForm, refused: list[Refusal]
) -> HttpResponse:
    hat, today = hat_of(request), clock.today()
    may = declaring.may_declare(hat, found) and not found.until
    barred = recusals(hat.officer, [found.pk], today) if may else {}
    rows = DeclaredKin.objects.filter(household=found)
    context: dict[str, Any] = {
        "household": found,
        "kin": list(rows.select_related("declared_to", "ended_by")),
        "form": form,
        "may": may,
        "barred": list(barred.values()),
        "refused": refused,
        "trail": [
            (_("名册"), reverse("workflows:roster")),
            (found.place.name, f"{reverse('workflows:roster')}?place={found.place_id}"),
            (found.head_name, reverse("workflows:household", args=[found.pk])),
            (_("户外亲属"), ""),
        ],
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(
        request, "workflows/register/household_kin.html", context, status=status
    )
