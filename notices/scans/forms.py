"""What an officer says about a heap before it is read; the files come beside it."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.scans.waiting import RETURNING


def _offered() -> list[tuple[str, str | Promise]]:
    """Return the papers that come back signed, in the reader's language."""
    named = [(code, kinds.named(code).label) for code in sorted(RETURNING)]
    return [("", _("各种文书")), *named]


class IntakeForm(forms.Form):
    """收件: which paper is expected, and what for."""

    kind = forms.ChoiceField(label=_("文种"), required=False, choices=_offered)
    title = forms.CharField(label=_("用途"), max_length=100, required=False)
