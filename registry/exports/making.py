"""Making the file of an export: rows in parts, a watermark, a digest, a cipher.

The file is never on a disk in clear. It must not know who may fetch it.
"""

import hashlib
import io
import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db.models import F, QuerySet

from registry.exports.homes import folders
from registry.exports.layouts import NAMES, Layout, title
from registry.exports.pages import Cell
from registry.exports.writing import Format, Sheet, Watermark, write, write_together
from registry.identity import seal_bytes
from registry.models import Export, ExportLayout, ExportState

logger = logging.getLogger(__name__)

Progress = Callable[[int], None]
# A worker that has said nothing for so long was killed.
PATIENCE = timedelta(minutes=5)
MOST_ATTEMPTS = 3
_WIDTH = 15


def make(export_id: int, clock: Callable[[], datetime]) -> bool:
    """Make the file of an export that waits; return whether this run made it.

    Whoever takes it off the queue makes it, and only his file counts.
    Effects: file, digest and rows; READY, unless it was refused meanwhile.
    """
    taken = Export.objects.filter(pk=export_id, state=ExportState.WAITING).update(
        state=ExportState.WRITING,
        touched_at=clock(),
        done=0,
        attempts=F("attempts") + 1,
    )
    if not taken:
        return False
    export = Export.objects.select_related("place").get(pk=export_id)
    alive = Export.objects.filter(pk=export_id)
    Made(export, lambda rows: _said(alive, rows, clock())).keep()
    return _kept(export, clock())


def left_behind(now: datetime) -> list[int]:
    """Return the exports a killed worker left, ready to be made again.

    Effects: WAITING again; FAILED for one that kills its workers.
    """
    working = [state for state in ExportState if state.works]
    late = Export.objects.filter(state__in=working, touched_at__lt=now - PATIENCE)
    late.filter(attempts__gte=MOST_ATTEMPTS).update(state=ExportState.FAILED)
    left = list(late.values_list("pk", flat=True))
    Export.objects.filter(pk__in=left).update(state=ExportState.WAITING, touched_at=now)
    return left


class Made:
    """A file in clear, in memory, with the number of its rows."""

    def __init__(self, export: Export, progress: Progress) -> None:
        """Write it; `progress` is told the rows after every part."""
        self.rows = 0
        self._progress = progress
        self._export = export
        file = io.BytesIO()
        form, mark = Format(export.form), watermark(export)
        layouts = [
            Layout(name=name, clear=export.clear)
            for name in ExportLayout(export.layout).sheets
        ]
        sheets = [self._sheet(layout) for layout in layouts]
        rows = self._written(layouts)
        if form is Format.XLSX:
            write_together(file, sheets, rows, mark)
        else:
            # In CSV there is one sheet: asking refuses more.
            only = replace(sheets[0], rows=(row for _place, row in rows))
            write(file, [only], form, mark)
        self.content = file.getvalue()

    def _sheet(self, layout: Layout) -> Sheet:
        return Sheet(
            name=NAMES[layout.name],
            title=title(layout.name, self._export.place.name, self._export.on),
            headers=layout.headers,
            text=layout.text,
            widths=[_WIDTH] * len(layout.headers),
        )

    def _written(self, layouts: Sequence[Layout]) -> Iterator[tuple[int, list[Cell]]]:
        """Yield the rows of all sheets in one pass, each with its sheet's place."""
        export = self._export
        for part in folders(export.place_id, export.on, export.standing):
            for folder in part:
                for place, layout in enumerate(layouts):
                    for row in layout.rows(folder):
                        self.rows += 1
                        yield place, row
            self._progress(self.rows)

    def keep(self) -> None:
        """Put file, digest and rows into the export; the row is the caller's to save."""
        export = self._export
        export.rows = self.rows
        export.digest = hashlib.sha256(self.content).hexdigest()
        name = f"{secrets.token_hex(16)}.sealed"
        export.file.save(name, ContentFile(seal_bytes(self.content)), save=False)


def watermark(export: Export) -> Watermark:
    """Return who asked, when and what for, as it stands on every sheet."""
    return Watermark(name=export.title, at=export.asked_at, purpose=export.purpose)


def _said(alive: QuerySet[Export], rows: int, now: datetime) -> None:
    alive.update(done=rows, touched_at=now)


def _kept(export: Export, now: datetime) -> bool:
    """Keep the file, unless the export was refused or taken over meanwhile."""
    ours = Export.objects.filter(
        pk=export.pk, state=ExportState.WRITING, attempts=export.attempts
    )
    kept = ours.update(
        state=ExportState.READY,
        rows=export.rows,
        done=export.rows,
        digest=export.digest,
        file=export.file.name,
        touched_at=now,
    )
    if not kept:
        export.file.delete(save=False)
        return False
    logger.info("export %s: %s rows, sha256 %s", export.pk, export.rows, export.digest)
    return True
