"""A "no" as a value with its legal basis.

It must not know who refuses, nor what was asked.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Grade(StrEnum):
    """How sure we are of a rule; an assumed one is shown as （推定）."""

    CONFIRMED = "confirmed"
    ASSUMED = "assumed"


def marked(source: str | Promise, grade: Grade) -> str:
    """Return a source as it is shown: an assumed one bears its mark."""
    assumed = gettext("（推定）") if grade is Grade.ASSUMED else ""
    return f"{source}{assumed}"


# Rules that follow from the register itself and from no article of law.
HOUSE_RULE = _("村县档案规则")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One thing that is missing or wrong, and the article that says so."""

    code: str
    text: str | Promise
    source: str | Promise
    grade: Grade = Grade.CONFIRMED

    @property
    def basis(self) -> str:
        """Return the source as it is printed, with its mark when assumed."""
        return marked(self.source, self.grade)

    @property
    def cited(self) -> str:
        """Return the sentence with its basis behind it."""
        said = gettext("%(text)s（%(basis)s）")
        return said % {"text": self.text, "basis": self.basis}

    def __str__(self) -> str:
        """Return the sentence an officer reads."""
        return str(self.text)
