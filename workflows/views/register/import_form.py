"""What an officer says of a spreadsheet before it is checked."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.codes import Standing
from registry.models import Place
from registry.sheets.runs import Wish

_STANDINGS = (Standing.UNREGISTERED, Standing.REGISTERED, Standing.EXITED)


class ImportForm(forms.Form):
    """导入表格: for which place, as of which day, of which year; the file beside it."""

    place = forms.ChoiceField(label=gettext_lazy("地区"))
    standing = forms.ChoiceField(
        label=gettext_lazy("新入册的户，建档状态是"),
        choices=[(s.value, s.label) for s in _STANDINGS],
    )
    on = forms.DateField(
        label=gettext_lazy("以何日为准"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    year = forms.IntegerField(
        label=gettext_lazy("表中没有写年度的，算哪一年"), min_value=2005, max_value=2100
    )

    def __init__(self, sent: Any, *, own: Place, today: date) -> None:
        """Offer the officer's place and those below it."""
        first = {
            "place": own.pk,
            "on": today,
            "year": today.year,
            "standing": Standing.REGISTERED,
        }
        super().__init__(sent, initial=first)
        self.today = today
        below = Place.objects.filter(parent=own, valid_to=None).order_by("code")
        offered = [(own.pk, own.name), *((p.pk, p.name) for p in below)]
        cast("forms.ChoiceField", self.fields["place"]).choices = offered

    def clean_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("不能晚于今天"))
        return day

    @property
    def wish(self) -> Wish:
        """Return what was said; after `is_valid`."""
        said = self.cleaned_data
        return Wish(
            on=said["on"], year=said["year"], standing=Standing(said["standing"])
        )
