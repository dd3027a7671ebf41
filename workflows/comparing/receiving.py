"""Taking in what a department sent back: known files left out, the rest queued.

Knows files, not what is in them. A file lies on disk in cipher and only until it has
been compared.
"""

import hashlib
from datetime import datetime
from functools import partial
from typing import Final

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from permissions.models import Appointment
from permissions.posts import Post
from registry.identity import seal_bytes
from registry.refusals import HOUSE_RULE, Refusal
from registry.sheets.runs import LARGEST_FILE
from registry.sheets.sentences import too_large
from workflows.actions import writing
from workflows.comparing import tasks, trace
from workflows.models import DepartmentFile, RoundDepartment, RoundEntry

_MEGABYTE: Final = 1024 * 1024
_LONGEST_NAME: Final = 100


def receive(
    department: RoundDepartment,
    data: bytes,
    *,
    name: str,
    adds: bool,
    by: Appointment,
    now: datetime,
) -> DepartmentFile | Refusal:
    """Take in a department's file; one that was received already is returned as it is.

    Refuses: file_empty, file_large, list_not_released, round_expired.
    Effects: the file in cipher, a line of the trace, one task after commit.

    Raises:
        Trespass: he is not the county's clerk.
    """
    round_ = department.round
    writing.must_hold(Post.COUNTY_CLERK, round_.place_id, by, at=now)
    if refused := _unfit(department, data, now):
        return refused
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        RoundDepartment.objects.select_for_update().get(pk=department.pk)
        known = department.files.exclude(stage=DepartmentFile.Stage.FAULTY)
        before = known.filter(sha256=digest).first()
        if before is not None:
            return before
        file = DepartmentFile(
            department=department,
            name=name[-_LONGEST_NAME:],
            adds=adds,
            sha256=digest,
            received_by=by,
            received_at=now,
        )
        _keep(file, data)
    return file


def _keep(file: DepartmentFile, data: bytes) -> None:
    sealed = ContentFile(seal_bytes(data))
    file.content.save(f"{file.sha256}.sealed", sealed, save=False)
    file.save()
    trace.note(
        file.department.round,
        RoundEntry.Act.RECEIVED,
        by=file.received_by,
        at=file.received_at,
        department=file.department,
        sha256=file.sha256,
        name=file.name,
    )
    transaction.on_commit(partial(tasks.compare_file.enqueue, file.pk))


def _unfit(department: RoundDepartment, data: bytes, now: datetime) -> Refusal | None:
    if not data:
        return _refuse("file_empty", _("请选择部门反馈的文件"))
    if len(data) > LARGEST_FILE:
        return _refuse("file_large", too_large(LARGEST_FILE // _MEGABYTE))
    if not department.released_at:
        return _refuse("list_not_released", _("名单还没有批准发出，不能收部门数据"))
    if not department.round.counts_on(timezone.localdate(now)):
        return _refuse("round_expired", _("比对任务已过有效期"))
    return None


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
