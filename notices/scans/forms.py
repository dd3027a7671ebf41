"""What an officer says about a heap before it is read; the files come beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.scans.waiting import RETURNING


class IntakeForm(forms.Form):
    """收件: which paper is expected, and what for."""

    kind = forms.ChoiceField(label=_("文种"), required=False)
    title = forms.CharField(label=_("用途"), max_length=100, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the papers that come back signed."""
        super().__init__(*args, **options)
        offered = [(code, kinds.named(code).label) for code in sorted(RETURNING)]
        self.fields["kind"].choices = [("", _("各种文书")), *offered]  # type: ignore[attr-defined]
