"""Signed sheets that came back: a heap taken in, its files, its pages."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.models.names import APPOINTMENT, PLACE
from notices.models.papers import Paper
from notices.models.photos import Photo


class Intake(models.Model):
    """One heap of signed sheets, photographed or scanned.

    Attributes:
        kind: which paper is expected; empty when it may be any.
        subjects: the opaque words whose papers are expected; empty for the whole place.
        closed_at: when what was not taken as proof was thrown away.
    """

    place = models.ForeignKey(PLACE, models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(APPOINTMENT, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("收件时间"))
    kind = models.CharField(_("文种"), max_length=32, blank=True)
    about = models.CharField(max_length=40, blank=True, db_index=True)
    subjects = models.JSONField(default=list)
    title = models.CharField(_("用途"), max_length=100, blank=True)
    closed_at = models.DateTimeField(_("收完时间"), null=True)

    class Meta:
        verbose_name = _("收件")
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["place", "-taken_at"], name="intake_place_taken")
        ]

    def __str__(self) -> str:
        """Return what the heap is called."""
        return self.title or f"{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the page of this heap."""
        return reverse("notices:intake", args=[self.pk])

    @property
    def kind_label(self) -> str:
        """Return which paper is expected, in the reader's language."""
        return kinds.named(self.kind).label if self.kind else ""


class Fault(models.TextChoices):
    """Why a file gave no pages."""

    BROKEN = "broken", _("文件已损坏，打不开")
    ENCRYPTED = "encrypted", _("PDF 有密码，打不开，请去掉密码后再传")
    NO_SCAN = "no_scan", _("不是照片也不是 PDF")
    NO_PAGES = "no_pages", _("PDF 里没有页")
    TOO_MANY = "too_many", _("页数太多，请分几次上传")
    GAVE_UP = "gave_up", _("文件太大或者太复杂，读取时已中止")


class ScanFile(models.Model):
    """One file of a heap; what was uploaded is kept only until it has been read."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="files")
    name = models.CharField(_("文件名"), max_length=100)
    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.FileField(upload_to="scans", blank=True)
    pages_due = models.PositiveSmallIntegerField(null=True)
    fault = models.CharField(max_length=10, choices=Fault.choices, blank=True)
    added_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("扫描文件")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "sha256"], name="scan_file_once_per_intake"
            ),
        ]

    def __str__(self) -> str:
        """Return the name it came under."""
        return self.name


class PageStanding(models.TextChoices):
    """What a scanned page is worth."""

    MATCHED = "matched", _("已对上")
    UNREADABLE = "unreadable", _("认不出")
    BLANK = "blank", _("空白页")
    DOUBLED = "doubled", _("重复")
    SUPERSEDED = "superseded", _("文书已被替换")
    WITHDRAWN = "withdrawn", _("文书已撤销")
    # Not ours to read, or nobody's: which of the two is not told.
    FOREIGN = "foreign", _("本辖区查不到")
    FORGED = "forged", _("二维码不是本系统印的")
    DISCARDED = "discarded", _("不收")


class ScanPage(models.Model):
    """One sheet found on a page of a file.

    Attributes:
        part: which of several sheets on one picture, from 1.
        code: the check code read or typed; empty when there is none.
        paper: whose sheet it is, once that is known and may be.
        sheet: which page of the paper.
        turned: degrees by which the machine and the officer turned it upright.
        preferred: of doubled pages the one the officer chose.
    """

    file = models.ForeignKey(ScanFile, models.PROTECT, related_name="pages")
    number = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField(default=1)
    photo = models.OneToOneField(
        Photo, models.PROTECT, null=True, related_name="scan_page"
    )
    code = models.CharField(_("校验码"), max_length=16, blank=True)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, related_name="scan_pages"
    )
    sheet = models.PositiveSmallIntegerField(_("第几页"), null=True)
    turned = models.PositiveSmallIntegerField(default=0)
    preferred = models.BooleanField(default=False)
    standing = models.CharField(max_length=10, choices=PageStanding.choices)
    reason = models.CharField(_("不收的原因"), max_length=200, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(_("人工处理时间"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("确认时间"), null=True)

    class Meta:
        verbose_name = _("扫描页")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["file", "number", "part"], name="scan_page_read_once"
            ),
            models.UniqueConstraint(
                fields=["paper", "sheet"],
                condition=Q(confirmed_at__isnull=False),
                name="scan_sheet_confirmed_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True)
                | Q(standing="matched", paper__isnull=False, photo__isnull=False),
                name="scan_confirmed_is_matched",
            ),
            models.CheckConstraint(
                condition=~Q(standing="discarded") | ~Q(reason=""),
                name="scan_discarded_has_reason",
            ),
        ]

    def __str__(self) -> str:
        """Return where it was found."""
        return f"{self.file.name} {self.number}"

    def get_absolute_url(self) -> str:
        """Return the page that shows it large."""
        return reverse("notices:scan_page", args=[self.pk])
