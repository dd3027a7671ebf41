"""Declaring relatives outside a household: the only writer of `DeclaredKin`.

It must not know which procedure asks for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registry.identity import IdNumber, blind_index, parse_id, seal
from registry.models import DeclaredKin, Household
from registry.models.kin import KinRelation
from registry.names import clean_name
from registry.refusals import HOUSE_RULE, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class KinDraft:
    """A relative as he was named on a form."""

    name: str
    relation: KinRelation
    id_number: str


def declare_kin(
    household: Household,
    named: Sequence[KinDraft],
    *,
    on: date,
    to: AbstractBaseUser | None,
) -> list[Refusal]:
    """Let exactly these relatives stand declared; nothing is written on a "no".

    Refuses: what `clean_name` and `parse_id` refuse; kin_twice, kin_is_member.
    Effects: rows for those named anew; those no longer named are ended, not deleted.
    """
    rows: dict[str, DeclaredKin] = {}
    refused: list[Refusal] = []
    members = set(
        household.members.filter(left_on=None).values_list("id_index", flat=True)
    )
    for draft in named:
        row = _row(household, draft, on=on, to=to)
        if isinstance(row, Refusal):
            refused.append(row)
        elif row.id_index in rows:
            refused.append(_refuse("kin_twice", _("同一个亲属申报了两次")))
        elif row.id_index in members:
            refused.append(_refuse("kin_is_member", _("申报的亲属已是本户成员")))
        else:
            rows[row.id_index] = row
    if refused:
        return refused
    with transaction.atomic():
        standing = DeclaredKin.objects.filter(household=household, ended_on=None)
        kept = set(standing.values_list("id_index", flat=True)) & set(rows)
        standing.exclude(id_index__in=kept).update(ended_on=on)
        DeclaredKin.objects.bulk_create(
            row for index, row in rows.items() if index not in kept
        )
    return []


def _row(
    household: Household,
    draft: KinDraft,
    *,
    on: date,
    to: AbstractBaseUser | None,
) -> DeclaredKin | Refusal:
    name = clean_name(draft.name)
    if isinstance(name, Refusal):
        return name
    number = parse_id(draft.id_number)
    if not isinstance(number, IdNumber):
        return number
    return DeclaredKin(
        household=household,
        name=name,
        relation=draft.relation,
        id_cipher=seal(number.text),
        id_index=blind_index(number.text),
        declared_on=on,
        declared_to_id=to.pk if to else None,
    )


def _refuse(code: str, text: object) -> Refusal:
    return Refusal(code=code, text=str(text), source=HOUSE_RULE)
