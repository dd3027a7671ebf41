"""Declaring relatives outside a household: the only writer of `DeclaredKin`.

It must not know which procedure asks for them, nor who may write them down.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registry.identity import IdNumber, blind_index, parse_id, seal
from registry.models import DeclaredKin, Household
from registry.models.kin import KinRelation
from registry.names import clean_name
from registry.recording import locked
from registry.refusals import HOUSE_RULE, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class KinDraft:
    """A relative as he was named on a form.

    Attributes:
        consented_on: the day he signed that his property may be asked about; none
            where nothing asks for it.
    """

    name: str
    relation: KinRelation
    id_number: str
    consented_on: date | None = None


@transaction.atomic
def declare_kin(
    household: Household,
    named: KinDraft,
    *,
    on: date,
    to: AbstractBaseUser | None,
) -> DeclaredKin | list[Refusal]:
    """Let one more relative of a household stand declared, or say why not.

    Refuses: what `clean_name` and `parse_id` refuse; kin_twice, kin_is_member,
        kin_consent_late, household_closed.
    """
    household = locked(household)
    name, number = clean_name(named.name), parse_id(named.id_number)
    wrong = [said for said in (name, number) if isinstance(said, Refusal)]
    if isinstance(name, Refusal) or not isinstance(number, IdNumber):
        return wrong
    index = blind_index(number.text)
    if wrong := _untrue(household, named, index, on):
        return wrong
    return DeclaredKin.objects.create(
        household=household,
        name=name,
        relation=named.relation,
        id_cipher=seal(number.text),
        id_index=index,
        consented_on=named.consented_on,
        declared_on=on,
        declared_to_id=to.pk if to else None,
    )


def end_kin(kin: DeclaredKin, *, on: date, by: AbstractBaseUser | None) -> bool:
    """Let a relative stand declared no longer; the row stays. False: it had ended."""
    standing = DeclaredKin.objects.filter(pk=kin.pk, ended_on=None)
    ended = standing.update(ended_on=max(on, kin.declared_on), ended_by=by)
    return bool(ended)


def _untrue(
    household: Household, named: KinDraft, index: str, on: date
) -> list[Refusal]:
    found = []
    if household.until:
        found.append(_refuse("household_closed", _("该户已注销")))
    if DeclaredKin.objects.filter(
        household=household, id_index=index, ended_on=None
    ).exists():
        found.append(_refuse("kin_twice", _("同一个亲属申报了两次")))
    if household.members.filter(left_on=None, id_index=index).exists():
        found.append(_refuse("kin_is_member", _("申报的亲属已是本户成员")))
    if named.consented_on and named.consented_on > on:
        found.append(_refuse("kin_consent_late", _("授权书签署日期晚于今天")))
    return found


def _refuse(code: str, text: object) -> Refusal:
    return Refusal(code=code, text=str(text), source=HOUSE_RULE)
