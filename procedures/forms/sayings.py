"""How the forms say "no": sentences with the figure typed and the rule broken.

Knows words; no form and no law of its own.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.refusals import Refusal

EMPTY = gettext_lazy("没有填写")
NOT_CHOSEN = gettext_lazy("没有选择")
NO_PHOTO = gettext_lazy("没有上传照片")
UNKNOWN_CHOICE = gettext_lazy("所选的不在选项里，请重新选择")
NOT_A_DAY = gettext_lazy("日期看不懂，请按 2018-11-16 的样子填写")
NOT_A_MOMENT = gettext_lazy("时间看不懂，请按 2018-11-16 09:00 的样子填写")
NOT_WHOLE = gettext_lazy("请填整数")
NOT_A_NUMBER = gettext_lazy("请填数字")


def refused(refusal: Refusal) -> ValidationError:
    """Return a refusal as an error of a form: its sentence, then its article."""
    text = str(refusal.text).rstrip("。")
    return ValidationError(f"{text}{_('。')}{refusal.basis}", code=refusal.code)


def spelled(moment: date | datetime) -> str:
    """Return a day, or a moment to the minute, as people write it."""
    if isinstance(moment, datetime):
        return date_format(timezone.localtime(moment), _("Y年n月j日 H:i"))
    return date_format(moment, _("Y年n月j日"))


def ahead(typed: date | datetime, now: datetime) -> ValidationError:
    """Return the error for a day or moment that has not come yet."""
    if isinstance(typed, datetime) and timezone.localdate(typed) == timezone.localdate(
        now
    ):
        return ValidationError(
            _("%(typed)s 晚于现在（%(now)s）")
            % {"typed": spelled(typed), "now": spelled(now)},
            code="future",
        )
    day = timezone.localdate(typed) if isinstance(typed, datetime) else typed
    return ValidationError(
        _("%(typed)s晚于今天（%(today)s）")
        % {"typed": spelled(day), "today": spelled(timezone.localdate(now))},
        code="future",
    )


def too_old(typed: date | datetime) -> ValidationError:
    """Return the error for a year that can only be a slip of the pen."""
    return ValidationError(
        _("%(year)s 年太早，请核对年份") % {"year": typed.year}, code="too_old"
    )


def before(typed: date | datetime, bound: str, limit: date | datetime) -> str:
    """Return the sentence for something dated before what it must follow."""
    return _("%(typed)s早于%(bound)s（%(limit)s）") % {
        "typed": spelled(typed),
        "bound": bound,
        "limit": spelled(limit),
    }
