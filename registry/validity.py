"""What makes a drafted household or member acceptable, without a database.

Sources: GB 11643, GB/T 4761, checking rules of the national system (Q20, Q41, Q42).
It must not know what is already on the register.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.codes import (
    Attribute,
    Cause,
    Education,
    Health,
    HousingGrade,
    Labour,
    Sex,
    StudentStatus,
)
from registry.drafts import HouseholdDraft, MemberDraft
from registry.identity import parse_id
from registry.kinship import FEMALE, MALE, SPOUSES, Relation
from registry.names import clean_name
from registry.nationalities import Nationality
from registry.refusals import HOUSE_RULE, Grade, Refusal
from registry.texts import tidy

SYSTEM_RULES = "建档立卡信息系统数据校验规则"
MOST_OTHER_CAUSES = 2

# Column -> what it is called, and the list its values come from.
_Codes = dict[str, tuple[Promise, type[TextChoices]]]
_HOUSEHOLD_CODES: _Codes = {
    "attribute": (gettext_lazy("贫困户属性"), Attribute),
    "main_cause": (gettext_lazy("主要致贫原因"), Cause),
    "other_causes": (gettext_lazy("其他致贫原因"), Cause),
    "housing_grade": (gettext_lazy("住房等级"), HousingGrade),
}
_MEMBER_CODES: _Codes = {
    "relation": (gettext_lazy("与户主关系"), Relation),
    "sex": (gettext_lazy("性别"), Sex),
    "nationality": (gettext_lazy("民族"), Nationality),
    "education": (gettext_lazy("文化程度"), Education),
    "student_status": (gettext_lazy("在校生状况"), StudentStatus),
    "labour": (gettext_lazy("劳动技能"), Labour),
    "health": (gettext_lazy("健康状况"), Health),
}
_PHONE_LENGTHS = range(7, 13)
_LARGEST_FARMLAND = 100_000


def checked_household(
    draft: HouseholdDraft, *, on: date
) -> HouseholdDraft | list[Refusal]:
    """Return the draft put right, or everything that is wrong with it."""
    members = [checked_member(m, on=on) for m in draft.members]
    wrong = [r for m in members if isinstance(m, list) for r in m]
    good = [m for m in members if isinstance(m, MemberDraft)]
    wrong += household_columns_wrong(draft)
    # A sex may stand in the ID number alone, so the mended members are compared.
    wrong += composition_wrong(draft.members if wrong else good)
    wrong += _numbers_twice(good)
    if wrong:
        return wrong
    phone, group = "".join(draft.phone.split()), tidy(draft.group).strip()
    return replace(draft, members=tuple(good), phone=phone, group=group)


def checked_member(draft: MemberDraft, *, on: date) -> MemberDraft | list[Refusal]:
    """Return the member put right (name, number, sex, birth), or what is wrong.

    Refuses: name_*, id_*, sex_not_id, birth_not_id, sex_missing, birth_missing,
    birth_after, sex_not_relation, relation_missing, code_unknown, health_both,
    education_and_school.
    """
    wrong: list[Refusal] = []
    name = clean_name(draft.name)
    if isinstance(name, Refusal):
        wrong.append(name)
        name = draft.name[:20]
    # A copy is made of what is put right only: an import checks a million members.
    draft, found = _with_id(draft if name == draft.name else replace(draft, name=name))
    wrong += found or _birth_and_sex_wrong(draft, on)
    wrong += _member_codes_wrong(draft)
    if wrong:
        return [replace(r, text=f"{name}：{r.text}") for r in wrong]
    return draft


def composition_wrong(members: Sequence[MemberDraft]) -> list[Refusal]:
    """Return what is wrong with the relations of those present together.

    Refuses: no_head, two_heads, two_spouses, spouse_sex.
    """
    heads = [m for m in members if m.relation == Relation.HEAD]
    spouses = [m for m in members if m.relation in SPOUSES]
    wrong = []
    if not heads:
        wrong.append(_system("no_head", _("每户须有一名户主")))
    if len(heads) > 1:
        count = {"count": len(heads)}
        wrong.append(_system("two_heads", _("一户有%(count)d名户主") % count))
    if len(spouses) > 1:
        count = {"count": len(spouses)}
        wrong.append(_system("two_spouses", _("一户有%(count)d名配偶") % count))
    match [m.sex for m in (*heads, *spouses)]:
        case [one, other] if spouses and one and one == other:
            wrong.append(_system("spouse_sex", _("户主与配偶性别相同")))
    return wrong


def household_columns_wrong(draft: HouseholdDraft) -> list[Refusal]:
    """Return what is wrong with the household's own columns.

    Refuses: code_unknown, causes_many, cause_twice, farmland, phone_shape.
    """
    wrong = _unknown(draft, _HOUSEHOLD_CODES)
    causes = [c for c in (draft.main_cause, *draft.other_causes) if c]
    if len(draft.other_causes) > MOST_OTHER_CAUSES:
        most = {"most": MOST_OTHER_CAUSES}
        wrong.append(_system("causes_many", _("其他致贫原因不得超过%(most)d项") % most))
    if len(set(causes)) < len(causes):
        wrong.append(_system("cause_twice", _("致贫原因重复填写")))
    if not 0 <= draft.farmland_mu < _LARGEST_FARMLAND:
        wrong.append(_house("farmland", _("耕地面积应在0至10万亩之间")))
    if draft.phone and not _is_phone("".join(draft.phone.split())):
        wrong.append(_house("phone_shape", _("联系电话应为7至12位数字")))
    return wrong


def _is_phone(text: str) -> bool:
    digits = text.replace("-", "")
    return digits.isascii() and digits.isdigit() and len(digits) in _PHONE_LENGTHS


def _with_id(draft: MemberDraft) -> tuple[MemberDraft, list[Refusal]]:
    if not draft.id_number:
        return draft, []
    if not draft.id_number.strip():
        return replace(draft, id_number=""), []
    number = parse_id(draft.id_number)
    if isinstance(number, Refusal):
        return draft, [number]
    wrong = []
    if draft.sex and draft.sex != number.sex:
        wrong.append(_system("sex_not_id", _("性别与证件号码不符")))
    if draft.birth and draft.birth != number.birth:
        wrong.append(_system("birth_not_id", _("出生日期与证件号码不符")))
    if draft.sex and draft.birth and draft.id_number == number.text:
        return draft, wrong
    filled = replace(
        draft,
        id_number=number.text,
        sex=draft.sex or number.sex,
        birth=draft.birth or number.birth,
    )
    return filled, wrong


def _birth_and_sex_wrong(draft: MemberDraft, on: date) -> list[Refusal]:
    wrong = []
    if not draft.sex:
        wrong.append(_house("sex_missing", _("没有证件号码的，须填性别")))
    if draft.birth is None:
        wrong.append(_house("birth_missing", _("没有证件号码的，须填出生日期")))
    elif draft.birth > on:
        day = {"day": draft.birth.isoformat()}
        text = _("出生日期%(day)s晚于办理日期") % day
        wrong.append(_house("birth_after", text))
    expected = Sex.MALE if draft.relation in MALE else Sex.FEMALE
    if draft.relation in MALE | FEMALE and draft.sex not in {"", expected}:
        wrong.append(
            Refusal(
                code="sex_not_relation",
                text=_("性别与“与户主关系”不符"),
                source="GB/T 4761-2008",
            )
        )
    return wrong


def _member_codes_wrong(draft: MemberDraft) -> list[Refusal]:
    wrong = _unknown(draft, _MEMBER_CODES)
    if not draft.relation:
        wrong.append(_system("relation_missing", _("须填与户主关系")))
    if draft.education and draft.student_status:
        text = _("在校生不填文化程度，两项只能填一项")
        wrong.append(_system("education_and_school", text))
    if Health.HEALTHY in draft.health and len(set(draft.health)) > 1:
        wrong.append(_system("health_both", _("健康与疾病、残疾不能同时选择")))
    return wrong


def _unknown(draft: MemberDraft | HouseholdDraft, columns: _Codes) -> list[Refusal]:
    wrong = []
    for column, (label, choices) in columns.items():
        value = getattr(draft, column)
        if not value:
            continue
        values = value if isinstance(value, tuple) else (value,)
        if _known(choices).issuperset(values):
            continue
        wrong += [
            _system(
                "code_unknown",
                _("%(column)s没有“%(value)s”这一项") % {"column": label, "value": v},
            )
            for v in values
            if v and v not in _known(choices)
        ]
    return wrong


@lru_cache(maxsize=32)
def _known(choices: type[TextChoices]) -> frozenset[str]:
    return frozenset(choices.values)


def _numbers_twice(members: Iterable[MemberDraft]) -> list[Refusal]:
    seen: set[str] = set()
    wrong = []
    for member in members:
        if member.id_number and member.id_number in seen:
            text = _("%(name)s的证件号码在本户重复") % {"name": member.name}
            wrong.append(_system("person_twice", text))
        seen.add(member.id_number)
    return wrong


def _system(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=SYSTEM_RULES, grade=Grade.ASSUMED)


def _house(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
