"""Fact forms that write one row: found again, checked, stamped, saved.

Know how a row of facts is kept; no column but those every fact has.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from notices.models import Photo
from procedures.forms import pictures
from procedures.forms.constraints import worded
from procedures.forms.fact import Fact, Subject
from procedures.forms.shown import Text, said
from workflows.models import Batch, Case, Entry


class Filed(Fact, forms.ModelForm):
    """A form that writes one fact.

    Attributes:
        once: one fact for the whole life of the case; a follow-up list changes
            it. Otherwise a follow-up list writes a fact of its own.
        picture: the column of the photo; the form's field has the same name.
    """

    once: ClassVar[bool] = False
    picture: ClassVar[str] = ""

    def __init__(self, *, subject: Subject, step: str, **told: Any) -> None:
        self.subject, self.step = subject, step
        row = self.found() or self._meta.model(**self.key())
        super().__init__(subject=subject, step=step, instance=row, **told)

    @classmethod
    def filed(cls, step: str) -> dict[str, Any]:
        """Return the columns by which the fact is found, besides its subject."""
        return {"step": step}

    @classmethod
    def done(cls, cases: Sequence[Case], *, step: str) -> set[int]:
        """Return the cases for which this fact is saved, in one statement."""
        if not cases:
            return set()
        rows = cls._meta.model.objects.filter(case__in=cases, **cls.filed(step))
        if not cls.once:
            rows = anew(rows, cases[0].batch)
        return set(rows.values_list("case_id", flat=True))

    def key(self) -> dict[str, Any]:
        """Return the columns that make this fact this one."""
        whose = "batch" if isinstance(self.subject, Batch) else "case"
        return {whose: self.subject, **self.filed(self.step)}

    def found(self) -> models.Model | None:
        """Return the fact as it was saved last for this list, or None."""
        rows = self._meta.model.objects.filter(**self.key())
        if not self.once:
            rows = anew(rows, self.batch)
        return rows.order_by("-pk").first()

    @property
    def is_complete(self) -> bool:
        """Return whether something is saved."""
        return self.instance.pk is not None

    def _update_errors(self, errors: ValidationError) -> None:
        """Say in words, at its field, which constraint is broken."""
        super()._update_errors(worded(errors, self.fields))  # type: ignore[misc]

    def save(self, commit: Any = None) -> Any:
        """Write the fact with its lines and photos; call in a transaction.

        `commit` is Django's and not asked: a fact is written whole.

        Effects: one row inserted, or updated when there is one; its lines
        replaced; photos stored.
        """
        row = self.instance
        take_turn(self)
        row.recorded_by, row.recorded_at = self.by, self.now
        if self.picture and self.cleaned_data.get(self.picture):
            (kept,) = pictures.keep(self, self.cleaned_data[self.picture], self.slug)
            setattr(row, self.picture, kept)
        self.fill(row)
        row.save()
        self.write(row)
        return row

    def fill(self, row: Any) -> None:
        """Set columns that are computed rather than typed."""

    def write(self, row: Any) -> None:
        """Write what stands in other tables."""

    def photos(self) -> list[Photo]:
        """Return the photo saved with the fact."""
        kept = getattr(self.instance, self.picture) if self.picture else None
        return [kept] if kept else []

    def summary(self) -> list[tuple[Text, str]]:
        """Return the saved columns in words; empty ones are left out."""
        if not self.is_complete:
            return []
        columns = [name for name in self._meta.fields or () if name in self.fields]
        return [
            (self.fields[name].label or "", words)
            for name in columns
            if (words := said(self.instance, name))
        ]


def take_turn(form: Filed) -> None:
    """Let two officers who file the same fact at once write one row, not two."""
    mine = type(form.subject).objects.select_for_update()
    mine.filter(pk=form.subject.pk).order_by("pk").values_list("pk").first()
    if form.instance.pk is None:
        before = form.found()
        form.instance.pk = before.pk if before else None


def anew(rows: models.QuerySet, batch: Batch) -> models.QuerySet:
    """Keep the facts recorded for this list; a follow-up list starts without any."""
    since = opened_at(batch)
    return rows if since is None else rows.filter(recorded_at__gte=since)


def opened_at(batch: Batch) -> datetime | None:
    """Return when a follow-up list was opened; None for a first list."""
    if batch.parent_id is None:
        return None
    first = Entry.objects.filter(batch=batch).order_by("seq")
    return first.values_list("at", flat=True).first()
