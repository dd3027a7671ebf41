"""Papers, their numbers, photos, postings and objections, as rows.

Knows places, households and officers; must not know batches, cases or steps: `about`
is an opaque word such as "batch/12".
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notices import kinds

APPOINTMENT = "permissions.Appointment"
HOUSEHOLD = "registry.Household"
PLACE = "registry.Place"


class PaperState(models.TextChoices):
    """What a sheet in somebody's hand is worth today."""

    ISSUED = "issued", _("有效")
    SUPERSEDED = "superseded", _("已被替换")
    WITHDRAWN = "withdrawn", _("已撤销")


class SheetField(models.JSONField):
    """A long JSON text, sent to the database as one parameter.

    PostgreSQL inserts several rows as arrays, and escaping a sheet of fifty
    households inside an array takes longer than writing all else of the act. A
    field with a placeholder of its own is left out of that.
    """

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """Return the plain placeholder."""
        return "%s"

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Be an ordinary JSON column to the migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


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
    context = SheetField()
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


class Photo(models.Model):
    """A re-encoded picture: a signed sheet, a notice on the wall, a meeting."""

    file = models.FileField(upload_to="photos")
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_at = models.DateTimeField(_("拍摄时间"), null=True)
    uploaded_by = models.ForeignKey(APPOINTMENT, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"))
    place = models.ForeignKey(PLACE, models.PROTECT, related_name="+")
    about = models.CharField(max_length=40, db_index=True)
    purpose = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("照片")
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        """Return what the picture is about."""
        return f"{self.about} {self.purpose}"

    def get_absolute_url(self) -> str:
        """Return the address of the picture for officers of the place."""
        return reverse("notices:photo", args=[self.pk])


class Posting(models.Model):
    """A notice put up at one spot, with the proof that starts the clock."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="postings")
    where = models.CharField(_("张贴地点"), max_length=100)
    posted_at = models.DateTimeField(_("张贴时间"))
    photos = models.ManyToManyField(Photo, related_name="+")
    posted_by_name = models.CharField(_("张贴人"), max_length=50)
    recorded_by = models.ForeignKey(APPOINTMENT, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))
    taken_down_at = models.DateTimeField(_("撤下时间"), null=True)

    class Meta:
        verbose_name = _("张贴")
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_at__lte=F("recorded_at")),
                name="posting_not_in_the_future",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at__isnull=True)
                | Q(taken_down_at__gte=F("posted_at")),
                name="posting_taken_down_after_posted",
            ),
        ]

    def __str__(self) -> str:
        """Return where the notice hangs."""
        return self.where


class Outcome(models.TextChoices):
    """How an objection ended; only `open` stops a case."""

    OPEN = "open", _("办理中")
    UPHELD = "upheld", _("成立")
    REJECTED = "rejected", _("不成立")
    WITHDRAWN = "withdrawn", _("已撤回")


class Channel(models.TextChoices):
    """How the objection came in."""

    IN_PERSON = "in_person", _("当面")
    PHONE = "phone", _("电话")
    LETTER = "letter", _("信函")
    HOTLINE = "hotline", _("12317 热线")
    ONLINE = "online", _("网上")


class Objection(models.Model):
    """What somebody has against a posted list; the objector's name is sealed."""

    number = models.CharField(_("异议编号"), max_length=60)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="objections")
    household = models.ForeignKey(
        HOUSEHOLD, models.PROTECT, null=True, related_name="objections"
    )
    received_at = models.DateTimeField(_("收到时间"))
    acknowledged_at = models.DateTimeField(_("告知受理时间"))
    channel = models.CharField(_("反映方式"), max_length=12, choices=Channel.choices)
    content = models.TextField(_("异议内容"))
    objector_cipher = models.TextField(blank=True)
    contact_cipher = models.TextField(blank=True)
    anonymous = models.BooleanField(_("匿名"), default=False)
    recorded_by = models.ForeignKey(APPOINTMENT, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    assigned_at = models.DateTimeField(_("交办时间"), null=True)
    investigators = models.CharField(_("调查人"), max_length=100, blank=True)
    finding = models.TextField(_("调查结果"), blank=True)
    outcome = models.CharField(
        _("处理结论"), max_length=12, choices=Outcome.choices, default=Outcome.OPEN
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answer_paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    satisfied = models.BooleanField(_("反映人是否满意"), null=True)

    class Meta:
        verbose_name = _("异议")
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(
                fields=["paper"], condition=Q(outcome="open"), name="objection_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="open") | Q(answered_at__isnull=False),
                name="objection_closed_has_date",
            ),
            models.CheckConstraint(
                condition=Q(anonymous=False) | Q(objector_cipher=""),
                name="objection_anonymous_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        """Return the objection's number."""
        return self.number

    @property
    def is_open(self) -> bool:
        """Return whether the objection still stops its cases."""
        return self.outcome == Outcome.OPEN
