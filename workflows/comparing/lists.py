"""The lists that go out: written and sealed, released by a second person, fetched.

The clerk fetches the file, the leader who released it reads the password: neither
alone can open a list. Must not know what departments answer.
"""

import hashlib
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.models import Appointment
from permissions.posts import Post
from registry.comparing.people import Listed, listed, who_belongs
from registry.comparing.sealed_lists import Stamp, new_password, sealed_list
from registry.identity import seal, unseal
from registry.refusals import HOUSE_RULE, Refusal
from workflows.actions import writing
from workflows.comparing import trace
from workflows.comparing.scope import households_of
from workflows.models import (
    ComparisonRound,
    RoundDepartment,
    RoundEntry,
    RoundHousehold,
)

Act = RoundEntry.Act
# Two signatures under what leaves the office: GB/T 22239 8.1.4.2 (separation of
# duties) and the Personal Information Protection Law, article 51 (L2).
TWO_PERSONS = "《个人信息保护法》第五十一条"


def write_lists(round_id: int, *, at: datetime) -> int:
    """Write the sealed lists of a round; return how many people stand on them.

    Effects: the households asked about, frozen with who belongs to them; a file, a
    digest and a password per department. A second run does nothing.
    """
    with transaction.atomic():
        round_ = ComparisonRound.objects.select_for_update().get(pk=round_id)
        if round_.sealed_at:
            return round_.persons
        homes = households_of(round_.areas, round_.groups)
        belongs = who_belongs(homes)
        RoundHousehold.objects.bulk_create(
            (
                RoundHousehold(round=round_, household_id=home, belongs=digest)
                for home, digest in belongs.items()
            ),
            batch_size=2000,
        )
        people = listed(homes)
        for department in round_.departments.select_related("round__place"):
            _seal(department, people, at=at)
        round_.households, round_.persons = len(belongs), len(people)
        round_.sealed_at = at
        round_.save(update_fields=["households", "persons", "sealed_at"])
    return round_.persons


def release(
    department: RoundDepartment, *, by: Appointment, now: datetime
) -> Refusal | None:
    """Let a list leave: the county's leader answers for it, never its own clerk.

    Refuses: list_not_sealed, list_released, list_own, round_expired.
    Effects: until when it may be fetched; a line of the trace.

    Raises:
        Trespass: he is not the county's leader.
    """
    round_ = department.round
    writing.must_hold(Post.COUNTY_LEADER, round_.place_id, by, at=now)
    today = timezone.localdate(now)
    if by.officer_id == round_.opened_by.officer_id:
        return _refuse("list_own", _("名单须由发起人以外的人批准发出"), TWO_PERSONS)
    if not round_.counts_on(today):
        return _refuse("round_expired", _("比对任务已过有效期"))
    with transaction.atomic():
        mine = RoundDepartment.objects.select_for_update().get(pk=department.pk)
        if not mine.content:
            return _refuse("list_not_sealed", _("名单还没有生成"))
        if mine.released_at:
            return _refuse("list_released", _("名单已经批准发出"))
        days = round_.bound_rulebook.whole("fetch_days")
        mine.released_by, mine.released_at = by, now
        mine.fetch_until = today + timedelta(days=days - 1)
        mine.save(update_fields=["released_by", "released_at", "fetch_until"])
        trace.note(round_, Act.RELEASED, by=by, at=now, department=mine)
    return None


def fetch(
    department: RoundDepartment, *, by: Appointment, now: datetime
) -> bytes | Refusal:
    """Return the encrypted list to the clerk who takes it to the department.

    Refuses: list_not_released, list_expired.
    Effects: a line of the trace with the digest.

    Raises:
        Trespass: he is not the county's clerk.
    """
    round_ = department.round
    writing.must_hold(Post.COUNTY_CLERK, round_.place_id, by, at=now)
    if not department.released_at:
        return _refuse("list_not_released", _("名单还没有批准发出"), TWO_PERSONS)
    if not department.fetchable_on(timezone.localdate(now)):
        return _refuse("list_expired", _("名单已过领取期限，不能再领取"))
    with department.content.open("rb") as file:
        sealed: bytes = file.read()
    with transaction.atomic():
        RoundDepartment.objects.filter(pk=department.pk).update(fetched_at=now)
        digest = hashlib.sha256(sealed).hexdigest()
        trace.note(
            round_, Act.FETCHED, by=by, at=now, department=department, sha256=digest
        )
    return sealed


def password_of(
    department: RoundDepartment, *, by: Appointment, now: datetime
) -> str | Refusal:
    """Return the password to the leader who released the list, to be told by voice.

    Refuses: list_not_released, list_expired, password_of_another.
    Effects: a line of the trace.

    Raises:
        Trespass: he is not the county's leader.
    """
    round_ = department.round
    writing.must_hold(Post.COUNTY_LEADER, round_.place_id, by, at=now)
    released = department.released_by
    if released is None:
        return _refuse("list_not_released", _("名单还没有批准发出"), TWO_PERSONS)
    if released.officer_id != by.officer_id:
        return _refuse("password_of_another", _("密码只告诉批准发出的人"), TWO_PERSONS)
    if not department.fetchable_on(timezone.localdate(now)):
        return _refuse("list_expired", _("名单已过领取期限，密码已销毁"))
    trace.note(round_, Act.PASSWORD, by=by, at=now, department=department)
    return unseal(department.password_cipher)


def expire(now: datetime) -> int:
    """Destroy the lists that may no longer be fetched; return how many.

    Effects: file and password go, the digest stays; a line of the trace each.
    """
    today = timezone.localdate(now)
    over = RoundDepartment.objects.exclude(content="").select_related("round")
    gone = 0
    for department in over:
        until = department.fetch_until or department.round.expires_on
        if until < today:
            department.content.delete(save=False)
            department.password_cipher = ""
            department.save(update_fields=["content", "password_cipher"])
            trace.note(
                department.round, Act.EXPIRED, by=None, at=now, department=department
            )
            gone += 1
    return gone


def _seal(department: RoundDepartment, people: list[Listed], *, at: datetime) -> None:
    round_, office = department.round, department.catalogued
    password = new_password()
    mark = f"{round_.place.name}{round_.number} 仅供{office.asks}部门比对使用"
    stamp = Stamp(
        title=f"{round_.place.name}信息比对名单（{office.title}）",
        mark=f"{mark}，不得复制转发，{round_.expires_on:%Y年%-m月%-d日}前有效",
        purpose=f"用途：{round_.purpose}；依据：{round_.basis}",
    )
    sealed = sealed_list(people, stamp, password)
    department.sha256 = hashlib.sha256(sealed).hexdigest()
    department.password_cipher = seal(password)
    department.content.save(
        f"{department.sha256}.xlsx", ContentFile(sealed), save=False
    )
    department.save()
    trace.note(
        round_,
        Act.SEALED,
        by=None,
        at=at,
        department=department,
        sha256=department.sha256,
        persons=len(people),
    )


def _refuse(code: str, text: str, source: object = HOUSE_RULE) -> Refusal:
    return Refusal(code=code, text=text, source=str(source))
