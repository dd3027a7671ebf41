"""Taking a heap in: files weighed, known ones left out, the rest queued to be read.

Knows files, not what is on them. What was uploaded is kept only until it has been
read; then only our own pictures of its pages are left.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from notices import pictures
from notices.models import Intake, ScanFile
from notices.photos import LARGEST_BYTES as LARGEST_PICTURE
from notices.scans import tasks
from permissions.models import Appointment
from registry.refusals import HOUSE_RULE, Refusal

_MEGABYTE: Final = 1024 * 1024
MOST_FILES: Final = 200
LARGEST_PDF: Final = 100 * _MEGABYTE
# Of one upload; a village's two hundred sheets photographed are about 100 MB.
MOST_BYTES: Final = 300 * _MEGABYTE

_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
_LONGEST_NAME: Final = 100
_LONGEST_TITLE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a heap is for: which place, which paper, about what."""

    place_id: str
    kind: str = ""
    about: str = ""
    subjects: Sequence[str] = ()
    title: str = ""


@dataclass(slots=True, kw_only=True)
class Taken:
    """What became of an upload: `known` files lie in an intake already."""

    intake: Intake
    added: int = 0
    known: list[str] = field(default_factory=list)


def open_intake(
    uploads: Sequence[UploadedFile],
    *,
    purpose: Purpose,
    by: Appointment,
    at: datetime,
) -> Taken | list[Refusal]:
    """Take a heap in; a heap whose every file is known is the intake they lie in.

    Refuses: scan_none, scan_many_files, scan_heavy, scan_not, scan_large.
    Effects: an intake, its files, one task after commit.
    """
    if refusals := _unfit(uploads):
        return refusals
    digests = [_digest(upload) for upload in uploads]
    known = ScanFile.objects.filter(
        sha256__in=digests, intake__place=purpose.place_id, fault=""
    ).order_by("pk")
    before = {file.sha256: file for file in known.select_related("intake")}
    with transaction.atomic():
        if all(digest in before for digest in digests):
            intake = before[digests[0]].intake
        else:
            intake = _opened(purpose, by, at)
        return _filed(intake, uploads, digests, set(before), at=at)


def add(
    intake: Intake, uploads: Sequence[UploadedFile], *, at: datetime
) -> Taken | list[Refusal]:
    """Put further files into a heap; those it has are left out.

    Refuses: as `open_intake`, and scan_closed.
    Effects: its files, one task after commit.
    """
    if intake.closed_at:
        return [_refuse("scan_closed", _("这次收件已经收完，请另开一次"))]
    if refusals := _unfit(uploads):
        return refusals
    digests = [_digest(upload) for upload in uploads]
    known = set(intake.files.values_list("sha256", flat=True))
    with transaction.atomic():
        return _filed(intake, uploads, digests, known, at=at)


def _opened(purpose: Purpose, by: Appointment, at: datetime) -> Intake:
    return Intake.objects.create(
        place_id=purpose.place_id,
        taken_by=by,
        taken_at=at,
        kind=purpose.kind,
        about=purpose.about,
        subjects=list(purpose.subjects),
        title=purpose.title[:_LONGEST_TITLE],
    )


def _filed(
    intake: Intake,
    uploads: Sequence[UploadedFile],
    digests: Sequence[str],
    known: set[str],
    *,
    at: datetime,
) -> Taken:
    taken = Taken(intake=intake)
    for upload, digest in zip(uploads, digests, strict=True):
        name = str(upload.name or "")[-_LONGEST_NAME:]
        if digest in known:
            taken.known.append(name)
            continue
        known.add(digest)
        file = ScanFile(intake=intake, name=name, sha256=digest, added_at=at)
        upload.seek(0)
        # The name it came under is nobody's to choose on our disk.
        file.content.save(digest, upload, save=False)
        file.save()
        taken.added += 1
    if taken.added:
        transaction.on_commit(partial(tasks.read_heap.enqueue, intake.pk))
    return taken


def _unfit(uploads: Sequence[UploadedFile]) -> list[Refusal]:
    if not uploads:
        return [_refuse("scan_none", _("请选择照片或者 PDF"))]
    if len(uploads) > MOST_FILES:
        said = _("一次最多 %(most)s 个文件") % {"most": MOST_FILES}
        return [_refuse("scan_many_files", said)]
    if sum(upload.size or 0 for upload in uploads) > MOST_BYTES:
        said = _("一次最多 %(most)s MB，请分几次上传")
        return [_refuse("scan_heavy", said % {"most": MOST_BYTES // _MEGABYTE})]
    return [refusal for upload in uploads if (refusal := _unfit_file(upload))]


def _unfit_file(upload: UploadedFile) -> Refusal | None:
    upload.seek(0)
    head = upload.read(16)
    is_pdf = head.startswith(pictures.PDF)
    if not is_pdf and not head.startswith(_PICTURES):
        said = _("“%(name)s”不是照片也不是 PDF（看内容不看文件名）")
        return _refuse("scan_not", said % {"name": upload.name})
    largest = LARGEST_PDF if is_pdf else LARGEST_PICTURE
    if (upload.size or 0) <= largest:
        return None
    said = _("“%(name)s”有 %(size)s MB，最多 %(most)s MB")
    size = round((upload.size or 0) / _MEGABYTE)
    given = {"name": upload.name, "size": size, "most": largest // _MEGABYTE}
    return _refuse("scan_large", said % given)


def _digest(upload: UploadedFile) -> str:
    found = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        found.update(chunk)
    return found.hexdigest()


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
