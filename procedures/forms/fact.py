"""The protocol of fact forms: one subject, one step, one officer, one moment.

Knows cases, batches and how a fact is found and written; not one field of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.forms import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.functional import Promise

from permissions.models import Appointment
from procedures.facts import CaseFacts, HouseholdFacts
from procedures.forms import sayings
from procedures.forms.fields import tell_time
from procedures.forms.lines import Lines
from procedures.forms.shown import Shown
from procedures.gates import Gate
from registry.models import Household
from workflows.models import Batch, Case
from workflows.rulebook import Rulebook

Subject = Batch | Case


class Fact(Shown):
    """A form about one list or one household at one step.

    Attributes:
        slug: names the form within its step; also the prefix of its fields.
        law_hint: the article printed under the title.
    """

    slug: ClassVar[str]
    title: str | Promise
    law_hint: str | Promise = ""
    use_required_attribute = False

    def __init__(
        self,
        *,
        subject: Subject,
        step: str,
        by: Appointment,
        now: datetime,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        prefix: str | None = None,
        **options: Any,
    ) -> None:
        self.subject, self.step, self.by, self.now = subject, step, by, now
        super().__init__(data=data, files=files, prefix=prefix or self.slug, **options)
        self._judged = False
        self.law_hint = self.law_hint or self.rulebook.step_law(step)
        tell_time(self, now)
        self.prepare()
        self.formsets = self.tables()

    @classmethod
    def build(cls, subject: Subject, **told: Any) -> list[Self]:
        """Return the forms of this kind for a subject: one, unless it says more."""
        return [cls(subject=subject, **told)]

    @classmethod
    def offered(cls, cases: Sequence[Case]) -> set[int]:
        """Return the cases for which something lies ready to be taken over."""
        return set()

    def prepare(self) -> None:
        """Set choices, starting values and articles from subject and rulebook."""

    def tables(self) -> list[Lines]:
        """Return the tables of lines under the fields."""
        return []

    def has_changed(self) -> bool:
        """Say whether anything was typed, on the form or on its lines."""
        if not self.is_bound:
            return False
        return super().has_changed() or any(t.has_changed() for t in self.formsets)

    def is_valid(self) -> bool:
        """Check fields, lines and photos; nothing is written."""
        good = super().is_valid()
        tables = [table.is_valid() for table in self.formsets]
        if good and all(tables) and not self._judged:
            self._judged = True
            self.judge()
        return (
            good
            and not self.errors
            and all(tables)
            and not any(table.non_form_errors() for table in self.formsets)
        )

    def leave_unjudged(self) -> None:
        """Show what was typed, without a word on it: nobody has submitted it yet."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        for table in self.formsets:
            table.leave_unjudged()

    def judge(self) -> None:
        """Check what fields and lines say together; add errors where they clash."""

    @property
    def batch(self) -> Batch:
        """Return the list the subject is, or travels in."""
        return self.subject if isinstance(self.subject, Batch) else self.subject.batch

    @property
    def rulebook(self) -> Rulebook:
        """Return the rulebook the list is bound to."""
        return self.batch.bound_rulebook

    @property
    def home(self) -> Household:
        """Return the household the form is about; only forms about cases ask."""
        found = self.subject.household if isinstance(self.subject, Case) else None
        if found is None:
            raise TypeError(f"{self.slug} is about a household")
        return found

    @property
    def today(self) -> date:
        """Return the day of ``now``."""
        return timezone.localdate(self.now)

    def by_gates(self, gates: Iterable[Gate], **facts: Any) -> list[ValidationError]:
        """Return what gates say to facts that are typed but not yet saved.

        The desk asks the same gates later, so the sentences are the same.
        """
        typed = CaseFacts(
            case_id=0,
            step=self.step,
            household=_household(self.subject),
            listed=0,
            since=self.batch.opened_on if self.batch.parent_id else None,
            **facts,
        )
        answers = (gate(typed, self.rulebook, self.today) for gate in gates)
        return [sayings.refused(refusal) for refusal in answers if refusal]


def _household(subject: Subject) -> HouseholdFacts:
    home = subject.household if isinstance(subject, Case) else None
    if home is None:
        return HouseholdFacts(head="", group="", size=0, status="")
    return HouseholdFacts(
        head=home.head_name,
        group=home.group,
        size=home.size,
        status=home.status,
        housing_grade=home.housing_grade,
    )
