"""Asking for an export, agreeing to one, fetching its file, and its end.

The only writer of `Export` but for the making of the file. Who may read a place and who
may be the second person is the caller's to ask; that nobody is his own second person is
asked here.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from registry.exports.writing import Format
from registry.identity import unseal_bytes
from registry.ledgers.counting import read
from registry.ledgers.figures import HOUSEHOLDS, PERSONS
from registry.models import (
    Export,
    ExportFetch,
    ExportLayout,
    ExportState,
    Place,
)
from registry.refusals import HOUSE_RULE, Grade, Refusal

# Rows above which a second person must agree; from the issue, no law gives a number.
MOST_ALONE = 500
# How long a file can be fetched; files hold names and can be made again.
KEEP = timedelta(days=7)
_AGREEABLE = (
    ExportState.ASKED,
    ExportState.WAITING,
    ExportState.WRITING,
    ExportState.READY,
)
_LONGEST_PURPOSE = 200
_SHORTEST_PURPOSE = 4
# Least necessary, purpose stated, separation of duties (L2).
SOURCE = "《个人信息保护法》第六条、第五十一条"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for: the filter of a list, a layout, a kind of file, and why."""

    place: Place
    layout: str
    form: str
    on: date
    standing: str = ""
    clear: bool = False
    purpose: str = ""


def ask(
    wish: Wish, *, by: AbstractBaseUser, title: str, at: datetime
) -> Export | list[Refusal]:
    """Ask for a file; it is made at once unless it shows what two must agree to.

    Refuses: purpose_missing, purpose_long, layout_unknown, two_sheets.
    Effects: Export, WAITING, or ASKED when numbers in clear are wanted.
    """
    if wrong := _wrong(wish):
        return wrong
    return Export.objects.create(
        place=wish.place,
        layout=wish.layout,
        form=wish.form,
        on=wish.on,
        standing=wish.standing,
        clear=wish.clear,
        purpose=wish.purpose.strip(),
        title=title,
        asked_by_id=by.pk,
        asked_at=at,
        state=ExportState.ASKED if wish.clear else ExportState.WAITING,
        expires_at=at + KEEP,
        total=expected(wish),
        touched_at=at,
    )


def expected(wish: Wish) -> int:
    """Return how many rows the file will have, by the ledger's figures."""
    figures = list(read(wish.place.code, wish.on).values())
    return sum(
        number
        for sheet in ExportLayout(wish.layout).sheets
        for numbers in figures
        for key, number in numbers.items()
        if _counts(key, wish.standing, PERSONS if sheet.by_person else HOUSEHOLDS)
    )


def needs_second(export: Export) -> bool:
    """Return whether another officer must agree before the file is fetched."""
    rows = export.total if export.rows is None else export.rows
    return export.clear or rows > MOST_ALONE


def waiting(at: datetime) -> QuerySet[Export]:
    """Return the exports that wait for a second person: `needs_second` as a filter."""
    many = Q(rows__gt=MOST_ALONE) | Q(rows=None, total__gt=MOST_ALONE)
    return Export.objects.filter(
        Q(clear=True) | many,
        state__in=_AGREEABLE,
        approved_by=None,
        expires_at__gt=at,
    )


def approve(export_id: int, *, by: AbstractBaseUser, at: datetime) -> Export | Refusal:
    """Agree to an export as its second person.

    Refuses: own_export, nothing_to_agree.
    Effects: approved_by; an export of numbers in clear is now made.
    """
    with transaction.atomic():
        export = _locked(export_id)
        if refusal := _not_agreeable(export, by):
            return refusal
        export.approved_by_id, export.approved_at = by.pk, at
        if export.state == ExportState.ASKED:
            export.state, export.touched_at = ExportState.WAITING, at
        export.save()
    return export


def refuse(export_id: int, *, by: AbstractBaseUser, at: datetime) -> Export | Refusal:
    """Say no to an export as its second person; its file goes.

    Refuses: own_export, nothing_to_agree.
    Effects: REFUSED; the file is deleted.
    """
    with transaction.atomic():
        export = _locked(export_id)
        if refusal := _not_agreeable(export, by):
            return refusal
        _discard(export, ExportState.REFUSED)
    return export


def barred(export: Export, at: datetime) -> Refusal | None:
    """Return why the file cannot be fetched now; nothing when it can.

    Refuses: not_ready, expired, second_person_missing.
    """
    if export.state != ExportState.READY:
        return _refusal("not_ready", _("文件还没有生成，或者已经删除"))
    if at >= export.expires_at:
        return _refusal("expired", _("文件已过期，请重新申请"))
    if needs_second(export) and export.approved_by_id is None:
        text = _("超过%(most)d行或含完整证件号码的，须由另一名工作人员同意后才能下载")
        return _refusal("second_person_missing", text % {"most": MOST_ALONE})
    return None


def fetch(export: Export, *, by: AbstractBaseUser, at: datetime) -> bytes | Refusal:
    """Return the file in clear, and write down who fetched it, with its digest.

    Refuses: those of `barred`.
    Effects: ExportFetch.
    """
    if refusal := barred(export, at):
        return refusal
    with export.file.open("rb") as file:
        content = unseal_bytes(file.read())
    ExportFetch.objects.create(
        export=export, officer_id=by.pk, at=at, digest=export.digest
    )
    return content


def clear(now: datetime) -> int:
    """Delete the files whose time is over; return how many exports ended."""
    over = Export.objects.filter(expires_at__lte=now).filter(
        Q(state=ExportState.READY) | Q(state=ExportState.ASKED)
    )
    ended = list(over)
    for export in ended:
        _discard(export, ExportState.EXPIRED)
    return len(ended)


def _wrong(wish: Wish) -> list[Refusal]:
    wrong = []
    length = len(wish.purpose.strip())
    if length < _SHORTEST_PURPOSE:
        wrong.append(_refusal("purpose_missing", _("须写明用途，不少于四个字")))
    if length > _LONGEST_PURPOSE:
        text = _("用途不得超过%(most)d字") % {"most": _LONGEST_PURPOSE}
        wrong.append(_refusal("purpose_long", text))
    known = wish.layout in ExportLayout.values and wish.form in Format.values
    if not known:
        wrong.append(_house("layout_unknown", _("请选择表式和文件格式")))
    if wish.layout == ExportLayout.NATIONAL and wish.form != Format.XLSX:
        text = _("两张表放在一个文件里的，只能用 xlsx 格式")
        wrong.append(_house("two_sheets", text))
    return wrong


def _counts(key: str, standing: str, measure: str) -> bool:
    dimension, value, counted = key.split("/")
    if dimension != "status" or counted != measure:
        return False
    return not standing or value == standing


def _locked(export_id: int) -> Export:
    return Export.objects.select_for_update(no_key=True).get(pk=export_id)


def _not_agreeable(export: Export, by: AbstractBaseUser) -> Refusal | None:
    if export.asked_by_id == by.pk:
        return _refusal("own_export", _("本人申请的导出，须由另一名工作人员同意"))
    if (
        export.state not in _AGREEABLE
        or export.approved_by_id
        or not needs_second(export)
    ):
        return _house("nothing_to_agree", _("这个导出不需要再同意"))
    return None


def _discard(export: Export, state: ExportState) -> None:
    if export.file:
        export.file.delete(save=False)
    export.state = state
    export.save()


def _refusal(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=SOURCE, grade=Grade.ASSUMED)


def _house(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
