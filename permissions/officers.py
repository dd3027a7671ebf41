"""The one writer of accounts: open, give a new first password, close, reopen.

It gives nobody a right; a new officer stands nowhere until he is appointed.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions import second_factor
from permissions.grants import sync_officers
from permissions.models import AccountAct, AccountRecord, Appointment, Officer
from permissions.policy import standing
from permissions.posts import Post
from permissions.separation import HOUSE_RULE
from registry.places import within
from registry.refusals import Refusal

# Nothing that can be read as something else when copied from a slip of paper.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS = 3
GROUP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """An account and the first password, shown once and kept nowhere."""

    officer: Officer
    password: str


@transaction.atomic
def open_account(
    officer: Officer, *, by: Appointment | None, now: datetime
) -> Handed | list[Refusal]:
    """Save a new officer with a first password that he must change at once.

    Effects: one officer, one account record.
    Refuses: anybody but a system administrator, a user name that is taken.
    """
    found = _administrator(by, now)
    if Officer.objects.filter(username__iexact=officer.username).exists():
        found.append(_refuse("username_taken", _("这个用户名已有人使用。")))
    if officer.id_index and Officer.objects.filter(id_index=officer.id_index).exists():
        found.append(_refuse("one_person_one_account", _("此人已有账号，一人一个。")))
    if found:
        return found
    return _hand_out(officer, AccountAct.CREATED, by=by, now=now)


@transaction.atomic
def reset_password(
    officer: Officer, *, by: Appointment, now: datetime
) -> Handed | list[Refusal]:
    """Give a new first password to somebody who forgot his.

    Refuses: the account of another administrator, for who holds its password
    holds two of the three posts; that takes the server's own `changepassword`.
    And that of somebody who holds a post outside the administrator's place.
    """
    found = _administrator(by, now) + _elsewhere(officer, by, now)
    held = Appointment.objects.valid(_day(now)).filter(officer=officer)
    if held.filter(post__in=Post.ADMINS).exists():
        text = _("管理员的密码不能在这里重置，须由服务器操作员办理。")
        found.append(_refuse("admin_password", text))
    if found:
        return found
    # Who lost his telephone comes here too; he sets up another one himself.
    second_factor.give_up(officer)
    return _hand_out(officer, AccountAct.PASSWORD_RESET, by=by, now=now)


@transaction.atomic
def close_account(
    officer: Officer, *, by: Appointment | None, now: datetime
) -> Officer | list[Refusal]:
    """Close an account: it logs in no more and stands nowhere, at the next click.

    Effects: the account is inactive, its permissions on places go, one record.
    Refuses: his own account, and one with a post outside his place.
    """
    found = _administrator(by, now) + _elsewhere(officer, by, now)
    if by is not None and by.officer_id == officer.pk:
        found.append(_refuse("closes_himself", _("不能停用自己的账号。")))
    if found:
        return found
    return _switch(officer, AccountAct.CLOSED, by=by, now=now)


@transaction.atomic
def reopen_account(
    officer: Officer, *, by: Appointment | None, now: datetime
) -> Officer | list[Refusal]:
    """Open a closed account again; appointments still running count again.

    Effects: the account is active, its permissions on places return, one record.
    Refuses: an account with a post outside his place.
    """
    found = _administrator(by, now) + _elsewhere(officer, by, now)
    if found:
        return found
    return _switch(officer, AccountAct.REOPENED, by=by, now=now)


def first_password() -> str:
    """Return twelve letters and digits in groups of four (59 bits)."""
    groups = ("".join(map(secrets.choice, [LETTERS] * GROUP)) for _n in range(GROUPS))
    return "-".join(groups)


def _hand_out(
    officer: Officer, act: AccountAct, *, by: Appointment | None, now: datetime
) -> Handed:
    password = first_password()
    officer.set_password(password)
    officer.must_change_password = True
    officer.save()
    AccountRecord.objects.create(officer=officer, act=act, by=by, at=now)
    return Handed(officer=officer, password=password)


def _switch(
    officer: Officer, act: AccountAct, *, by: Appointment | None, now: datetime
) -> Officer:
    officer.is_active = act is AccountAct.REOPENED
    officer.save(update_fields=["is_active"])
    sync_officers([officer.pk], _day(now))
    AccountRecord.objects.create(officer=officer, act=act, by=by, at=now)
    return officer


def _administrator(by: Appointment | None, now: datetime) -> list[Refusal]:
    """Ask again at the moment of writing; commands come without an appointment."""
    if by is None:
        return []
    if standing(by.officer, Post.SYSTEM_ADMIN, by.place_id, _day(now)) is not None:
        return []
    return [_refuse("not_system_admin", _("只有系统管理员可以管理账号。"))]


def _elsewhere(
    officer: Officer, by: Appointment | None, now: datetime
) -> list[Refusal]:
    """Keep an administrator to his place: a township's resets no county's password."""
    if by is None:
        return []
    held = Appointment.objects.valid(_day(now)).filter(officer=officer)
    codes = held.values_list("place_id", flat=True)
    if all(within(code, by.place_id) for code in codes):
        return []
    text = _("此人在您的地区以外任职，账号由上级系统管理员管理。")
    return [_refuse("account_elsewhere", text)]


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)


def _day(now: datetime) -> date:
    return timezone.localtime(now).date()
