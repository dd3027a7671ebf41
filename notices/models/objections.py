"""What somebody has against a posted list."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notices.models.names import APPOINTMENT, HOUSEHOLD
from notices.models.papers import Paper


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
