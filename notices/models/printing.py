"""What is sent to the printer: jobs, the sheets in them, and every printing counted."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.models.names import APPOINTMENT, HOUSEHOLD, PLACE
from notices.models.papers import Paper


class JobState(models.TextChoices):
    """Where a print job stands."""

    WAITING = "waiting", _("排队中")
    RENDERING = "rendering", _("正在生成")
    READY = "ready", _("可以打印")
    PRINTED = "printed", _("已打印")
    FAILED = "failed", _("未能生成")
    DROPPED = "dropped", _("已取消")


# Printed on every page of a copy; papers are Chinese only.
COPY = "副本"

# In these a sheet belongs to its job: nobody else may put it into another file.
LIVE = (JobState.WAITING, JobState.RENDERING, JobState.READY)


class PrintJob(models.Model):
    """One file for the printer: the papers of one kind in one village, as a rule.

    The file is made of the papers' frozen facts and may be thrown away at any time;
    what stays is who asked, and what was printed.
    """

    place = models.ForeignKey(
        PLACE, models.PROTECT, related_name="print_jobs", verbose_name=_("所涉地区")
    )
    # Empty when the papers are of several kinds.
    kind = models.CharField(_("文种"), max_length=32, blank=True)
    household = models.ForeignKey(
        HOUSEHOLD, models.PROTECT, null=True, related_name="print_jobs"
    )
    asked_by = models.ForeignKey(APPOINTMENT, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提交时间"))
    contents = models.BooleanField(_("附打印清单"), default=True)
    duplex = models.BooleanField(_("双面打印"), default=False)
    posters = models.BooleanField(_("附 A3 大字版"), default=False)
    copies = models.PositiveSmallIntegerField(_("份数"), default=1)
    state = models.CharField(
        max_length=12, choices=JobState.choices, default=JobState.WAITING
    )
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField()
    # When the worker last said that it is alive.
    touched_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    file = models.FileField(upload_to="printing", blank=True)
    pages = models.PositiveIntegerField(null=True)
    # How many of them, at the end, are A3.
    poster_pages = models.PositiveSmallIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("打印任务")
        verbose_name_plural = verbose_name
        indexes = [
            models.Index(fields=["place", "-id"], name="print_job_place_newest"),
            models.Index(
                fields=["state"],
                condition=Q(state__in=("waiting", "rendering", "ready")),
                name="print_job_live",
            ),
            models.Index(
                fields=["id"], condition=~Q(file=""), name="print_job_has_file"
            ),
        ]

    def __str__(self) -> str:
        """Return what is printed."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of this job."""
        return reverse("notices:print_job", args=[self.pk])

    @property
    def title(self) -> str:
        """Return the kind of the papers, in the reader's language."""
        return kinds.named(self.kind).label if self.kind else str(_("全部文书"))

    @property
    def live(self) -> bool:
        """Return whether its sheets are still to be printed from its file."""
        return self.state in LIVE

    @property
    def percent(self) -> int:
        """Return how far the worker is, in percent."""
        return 100 * self.done // self.total if self.total else 0


class JobSheet(models.Model):
    """One paper in a job: which copy it is, and on which pages of the file."""

    job = models.ForeignKey(PrintJob, models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="sheets")
    # 0 is the original, n the n-th copy.
    copy = models.PositiveSmallIntegerField(default=0)
    first_page = models.PositiveIntegerField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=300, blank=True)
    # Whether the sheet waits to be printed from this job's file.
    open = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "position"], name="job_sheet_position_once"
            ),
            # Two files with the same original would make two originals.
            models.UniqueConstraint(
                fields=["paper", "copy"],
                condition=Q(open=True),
                name="job_sheet_open_once_a_copy",
            ),
        ]

    def __str__(self) -> str:
        """Return the paper's code and its place in the file."""
        return f"{self.position} {self.paper_id}"

    @property
    def mark(self) -> str:
        """Return what every page of the sheet says of itself; originals say nothing."""
        return f"{COPY} {self.copy}" if self.copy else ""

    @property
    def last_page(self) -> int | None:
        """Return the last of its pages in the file."""
        if self.first_page is None or self.pages is None:
            return None
        return self.first_page + self.pages - 1


class Printing(models.Model):
    """A paper went through a printer: who, when, how many. Never changed."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="printings")
    # None when it was printed from its own file, outside any job.
    job = models.ForeignKey(
        PrintJob, models.PROTECT, null=True, related_name="printings"
    )
    copy = models.PositiveSmallIntegerField(_("第几次副本"))
    copies = models.PositiveSmallIntegerField(_("份数"))
    printed_by = models.ForeignKey(APPOINTMENT, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(_("打印时间"))

    class Meta:
        verbose_name = _("打印登记")
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "copy"], name="printing_counted_once"
            ),
            models.CheckConstraint(
                condition=Q(copies__gte=1), name="printing_of_something"
            ),
        ]

    def __str__(self) -> str:
        """Return the paper and which copy of it this was."""
        return f"{self.paper_id} {self.copy}"
