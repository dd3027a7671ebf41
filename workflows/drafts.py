"""Half-typed pages: kept for their officer until saved, discarded or too old.

Knows fields as names and texts; must not know what they mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict

from notices import photos
from notices.photos import Picture
from registry import identity
from workflows.models import Batch, DeskDraft, DraftPhoto
from workflows.models.drafts import Typed, Words

DESK = ""
LIFE = timedelta(days=14)
MOST_PHOTOS = 60

# A file just chosen, or a photo kept from an earlier submit of the page.
Chosen = UploadedFile | DraftPhoto
Files = MultiValueDict[str, Chosen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """One page of one officer: whose, of which list, at which step."""

    officer_id: int
    batch: Batch
    step: str
    page: str = DESK

    @property
    def columns(self) -> dict[str, Any]:
        """Return the columns by which the page's draft is found."""
        return {
            "officer_id": self.officer_id,
            "batch": self.batch,
            "step": self.step,
            "page": self.page,
        }


def keep(where: Where, typed: Typed, words: Words, *, at: datetime) -> DeskDraft:
    """Put a page aside; what was kept of it before is replaced, its photos stay.

    Units: `at` by the wall clock.
    """
    body = {"typed": dict(typed.lists()), "words": words}
    content = {
        "version": where.batch.version,
        "sealed": identity.seal(json.dumps(body, ensure_ascii=False)),
        "saved_at": at,
    }
    draft, _new = DeskDraft.objects.update_or_create(
        **where.columns,
        defaults=content,
        create_defaults=content | {"key": uuid4().hex},
    )
    return draft


def of_batch(officer_id: int, batch: Batch) -> list[DeskDraft]:
    """Return everything an officer keeps about one list, the latest first."""
    rows = DeskDraft.objects.filter(officer_id=officer_id, batch=batch)
    return list(rows.prefetch_related("photos").order_by("-saved_at", "-pk"))


def find(where: Where) -> DeskDraft | None:
    """Return what is kept of one page."""
    rows = DeskDraft.objects.filter(**where.columns)
    return rows.prefetch_related("photos").first()


def keep_photos(draft: DeskDraft, files: Files) -> None:
    """Keep the chosen files that are photos, and put them in the place of the files.

    Files that are none stay, first of their field: they have been refused in words.
    """
    for name, chosen in list(files.lists()):
        found = [_kept(draft, name, one) for one in chosen]
        found.sort(key=lambda one: isinstance(one, DraftPhoto))
        files.setlist(name, found)


def _kept(draft: DeskDraft, name: str, chosen: Chosen) -> Chosen:
    if isinstance(chosen, DraftPhoto) or draft.photos.count() >= MOST_PHOTOS:
        return chosen
    picture = photos.examine(chosen)
    return _store(draft, name, picture) if isinstance(picture, Picture) else chosen


def _store(draft: DeskDraft, name: str, picture: Picture) -> DraftPhoto:
    row = DraftPhoto(
        draft=draft,
        field=name,
        width=picture.width,
        height=picture.height,
        taken_at=picture.taken_at,
    )
    row.file.save(f"{uuid4().hex}.jpg", ContentFile(picture.data), save=False)
    row.save()
    return row


def forget(drafts: Iterable[DeskDraft]) -> int:
    """Drop whole drafts: they were signed, discarded or are too old."""
    ids = [draft.pk for draft in drafts]
    with transaction.atomic():
        forget_photos(DraftPhoto.objects.filter(draft_id__in=ids))
        DeskDraft.objects.filter(pk__in=ids).delete()
    return len(ids)


def forget_photos(rows: QuerySet[DraftPhoto]) -> None:
    """Drop photos that were taken over or are no longer wanted, files and all."""
    names = [str(photo.file.name) for photo in rows]
    rows.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))


def expire(now: datetime) -> int:
    """Drop what nobody has come back to for two weeks; return how many pages.

    Units: `now` by the wall clock.
    """
    return forget(DeskDraft.objects.filter(saved_at__lt=now - LIFE))
