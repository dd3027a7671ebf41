"""What is typed on a page and neither saved nor signed yet, with its photos."""

from __future__ import annotations

import json

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from notices.photos import Picture
from registry import identity
from workflows.models.batches import Batch

Typed = MultiValueDict[str, str]
Words = list[tuple[str, str]]


class DeskDraft(models.Model):
    """One officer's unsaved page of one step of one batch.

    Attributes:
        page: empty for the desk, else "case/5/visit".
        version: of the batch when it was typed.
        key: makes a repeated submit harmless.
        sealed: the fields and their words, in cipher: they name people.
        saved_at: by the wall clock, for a training day may jump by months.
    """

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="drafts")
    page = models.CharField(max_length=60, blank=True)
    step = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    key = models.CharField(max_length=32)
    sealed = models.TextField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("暂存内容")
        constraints = (
            models.UniqueConstraint(
                fields=["officer", "batch", "page", "step"], name="draft_once_per_page"
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.page or self.step}"

    @cached_property
    def typed(self) -> Typed:
        """Return the fields as the page sent them."""
        return MultiValueDict(json.loads(identity.unseal(self.sealed))["typed"])

    @cached_property
    def words(self) -> Words:
        """Return what was typed for people to read: label and text."""
        return [(a, b) for a, b in json.loads(identity.unseal(self.sealed))["words"]]


class DraftPhoto(models.Model):
    """A photo chosen on a page that was not saved: examined, and kept for it.

    Attributes:
        field: the name of the file field it was chosen in.
    """

    draft = models.ForeignKey(DeskDraft, models.CASCADE, related_name="photos")
    field = models.CharField(max_length=100)
    file = models.FileField(upload_to="drafts")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("暂存照片")

    def __str__(self) -> str:
        return f"{self.draft_id} {self.field}"

    def get_absolute_url(self) -> str:
        """Return the address of the picture, which only its officer may open."""
        return reverse("workflows:draft_photo", args=[self.pk])

    def picture(self) -> Picture:
        """Return what `notices.photos.examine` made of the upload."""
        with self.file.open("rb") as file:
            data = file.read()
        return Picture(
            data=data, width=self.width, height=self.height, taken_at=self.taken_at
        )
