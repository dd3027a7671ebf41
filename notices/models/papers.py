"""Issued papers and the numbers they were given."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.models.names import APPOINTMENT, HOUSEHOLD, PLACE


class PaperState(models.TextChoices):
    """What a sheet in somebody's hand is worth today."""

    ISSUED = "issued", _("有效")
    SUPERSEDED = "superseded", _("已被替换")
    WITHDRAWN = "withdrawn", _("已撤销")


class Paper(models.Model):
    """One issued paper: its frozen facts first, the PDF made of them later."""

    code = models.CharField(_("校验码"), max_length=16, primary_key=True)
    kind = models.CharField(_("文种"), max_length=32)
    number = models.CharField(_("文书号"), max_length=60, db_index=True)
    issuer = models.ForeignKey(
        PLACE, models.PROTECT, related_name="+", verbose_name=_("出具单位")
    )
    place = models.ForeignKey(
        PLACE, models.PROTECT, related_name="papers", verbose_name=_("所涉地区")
    )
    household = models.ForeignKey(
        HOUSEHOLD, models.PROTECT, null=True, related_name="papers"
    )
    about = models.CharField(max_length=40, db_index=True)
    context = models.JSONField()
    digest = models.CharField(max_length=64)
    template_version = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=12, choices=PaperState.choices, default=PaperState.ISSUED
    )
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaces"
    )
    closed_at = models.DateTimeField(_("失效时间"), null=True)
    closed_reason = models.CharField(_("失效原因"), max_length=200, blank=True)
    issued_at = models.DateTimeField(_("出具时间"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    issued_under = models.ForeignKey(APPOINTMENT, models.PROTECT, related_name="+")
    training = models.BooleanField(_("演练"), default=False)
    # Of the ledger, as it stood at issue; printed on every page. See `docs/ledger.md`.
    witness = models.CharField(_("账本校验点"), max_length=80, blank=True)
    pdf = models.FileField(upload_to="papers", blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    rendered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    printed_at = models.DateTimeField(_("打印时间"), null=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("文书")
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["place", "-issued_at"], name="paper_place_issued"),
            models.Index(
                fields=["kind", "about"],
                condition=Q(state="issued"),
                name="paper_current",
            ),
            models.Index(
                fields=["issuer", "place", "kind"],
                condition=Q(state="issued", printed_at=None),
                name="paper_unprinted",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number"], name="paper_number_once_per_issuer"
            ),
            models.CheckConstraint(
                condition=~Q(state="superseded") | Q(superseded_by__isnull=False),
                name="paper_superseded_names_successor",
            ),
        ]

    def __str__(self) -> str:
        """Return the printed number."""
        return self.number

    def get_absolute_url(self) -> str:
        """Return the page of this paper for officers."""
        return reverse("notices:paper", args=[self.code])

    @property
    def title(self) -> str:
        """Return what the paper is called."""
        return kinds.named(self.kind).title


class Counter(models.Model):
    """The last number given out by one issuer under one word in one year."""

    place = models.ForeignKey(PLACE, models.PROTECT, related_name="+")
    word = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "word", "year"], name="counter_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the last number under this word."""
        return f"{self.word}〔{self.year}〕{self.last}号"
