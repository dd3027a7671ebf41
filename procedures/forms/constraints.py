"""What the database forbids, said to the officer in words.

Knows constraints by name; a constraint without words here is a bug a test finds.
"""

from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _


class Broken(NamedTuple):
    """The field to mark, and the sentence."""

    field: str | None
    text: Any


BROKEN: Mapping[str, Broken] = {
    "application_group_has_reason": Broken(
        "group_reason", _("村民小组推荐的须选推荐原因，户主申请的不选")
    ),
    "application_income_positive": Broken("income_stated", _("收入不能是负数")),
    "meeting_present_within_due": Broken("present", _("实到人数多于应到人数")),
    "meeting_women_within_present": Broken("women", _("女性人数多于实到人数")),
    "meeting_kind_known": Broken(None, _("会议类型不对")),
    "worksheet_period_ordered": Broken("period_to", _("计算期止早于计算期起")),
    "worksheet_has_people": Broken("size", _("家庭人口至少 1 人")),
    "worksheet_sums_positive": Broken(None, _("分项合计不能是负数")),
    "checklist_housing_known": Broken("housing_grade", _("住房等级须是 A、B、C、D")),
    "sample_once": Broken(None, _("本环节已经抽过样，不能重抽")),
    "investigation_conclusion_known": Broken("conclusion", _("核定结论不对")),
    "investigation_accounted_for": Broken("account", _("须写明查实情况")),
    "investigation_removes_on_evidence": Broken(
        "evidence", _("结论是清退的，须写明证据材料")
    ),
    "statement_objects_in_words": Broken("words", _("有异议的须写明农户怎么说")),
    "signoff_refusal_has_reason": Broken("refusal_reason", _("拒绝签字的须写明理由")),
    "signoff_proxy_named": Broken("proxy_name", _("代签的须填代签人姓名")),
    "family_event_known": Broken("event", _("没有这一种变动")),
    "family_merge_has_other": Broken("other", _("并户须填并入哪一户")),
    "family_move_has_village": Broken("village", _("整户迁移须填迁入村")),
    "family_made_by_split": Broken(None, _("只有分户才产生新户")),
}


def worded(errors: ValidationError, fields: Container[str]) -> ValidationError:
    """Return a model's errors with every broken constraint in words, at its field.

    Django names the constraint in its own sentence and nowhere else.
    """
    if not hasattr(errors, "error_dict"):
        return errors
    found = dict(errors.error_dict)
    for error in found.pop(NON_FIELD_ERRORS, []):
        names = [name for name in BROKEN if f"“{name}”" in str(error.messages)]
        broken = BROKEN[names[0]] if names else None
        at_field = broken is not None and broken.field in fields
        where = broken.field if broken and at_field else NON_FIELD_ERRORS
        said = ValidationError(broken.text, code=names[0]) if broken else error
        found.setdefault(where or NON_FIELD_ERRORS, []).append(said)
    return ValidationError(found)
