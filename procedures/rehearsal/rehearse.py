"""Fills in the facts of a step for every household of a list."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

import notices
from notices import photos
from notices.models import Photo
from notices.photos import Picture
from permissions.models import Appointment
from procedures.rehearsal import changes, meetings, removals, signatures, visits, wall
from procedures.rehearsal.scene import Deviations, Scene
from registry.refusals import Refusal
from workflows.models import Batch, Case
from workflows.procedure import named

PAPER, INK = (238, 232, 214), (90, 84, 72)
FONTS = Path(notices.__file__).parent / "fonts"

SCENES: dict[str, tuple[Callable[[Scene], None], ...]] = {
    "analyse": (removals.rosters,),
    "apply": (signatures.applications,),
    "nominate": (meetings.of_groups,),
    "propose": (meetings.of_groups,),
    "verify": (visits.visits, visits.worksheets, visits.checklists),
    "compare": (signatures.comparisons,),
    "appraise": (meetings.of_the_village,),
    "examine": (visits.visits, visits.worksheets, visits.checklists),
    "investigate": (visits.visits, removals.investigations),
    "notify": (signatures.sign_offs, removals.statements),
    "confirm": (signatures.confirmation,),
    "consent": (signatures.sign_offs,),
    "post_first": (wall.postings,),
    "post_second": (wall.postings,),
    "post_village": (wall.postings,),
    "post_township": (wall.postings,),
    "announce": (wall.postings,),
    "township_review": (visits.samples, visits.site_checks),
    "recheck": (visits.samples, visits.site_checks),
    "register": (signatures.sign_offs,),
    "delist": (signatures.sign_offs,),
}

# Procedures whose steps bear the names of others and ask for less.
OWN: dict[str, dict[str, tuple[Callable[[Scene], None], ...]]] = {
    "natural_change": {
        "declare": (changes.reports, signatures.sign_offs),
        "verify": (visits.visits,),
    },
}


def scenes_of(procedure: str, step: str) -> tuple[Callable[[Scene], None], ...]:
    """Return what is filled in at a step of a procedure, in order."""
    return OWN.get(procedure, SCENES).get(step, ())


def rehearse(
    batch: Batch,
    *,
    by: Appointment,
    now: datetime,
    deviations: Deviations | None = None,
    photo: Photo | None = None,
) -> list[Refusal]:
    """Record right facts at the batch's present step, but for the deviations.

    Effects: facts inserted in a constant number of statements; facts the same
    step had before stay beside them, but for those a case has only once.
    Returns what the writers of facts would not take.
    """
    procedure = named(batch.procedure)
    cases = Case.objects.filter(batch=batch, closed_on=None)
    scene = Scene(
        batch=batch,
        cases=list(cases.select_related("household").order_by("pk")),
        step=procedure.step(batch.step),
        by=by,
        now=now,
        photo=photo or picture(batch, by=by, now=now),
        deviations=deviations or {},
    )
    with transaction.atomic():
        for fill in scenes_of(batch.procedure, scene.step.name):
            fill(scene)
    return scene.refused


def picture(batch: Batch, *, by: Appointment, now: datetime) -> Photo:
    """Return a sheet about a list that says it is none."""
    return sheet(batch.number, about=batch.about, place=batch.place_id, by=by, now=now)


def sheet(
    words: str, *, about: str, place: str, by: Appointment, now: datetime
) -> Photo:
    """Return a sheet with these words, accepted like any other upload."""
    upload = _upload(f"演练用照片\n\n{words}\n{timezone.localdate(now)}")
    found = photos.accept(
        upload, by=by, at=now, about=about, purpose="rehearsal", place_code=place
    )
    if not isinstance(found, Photo):
        raise TypeError(found.text)
    return found


def drawn(text: str) -> Picture:
    """Return a sheet with these words on it, examined like any other upload."""
    found = photos.examine(_upload(text))
    if not isinstance(found, Picture):
        raise TypeError(found.text)
    return found


def _upload(text: str) -> SimpleUploadedFile:
    stream = io.BytesIO()
    sheet = Image.new("RGB", (480, 640), PAPER)
    font = ImageFont.truetype(str(FONTS / "Kai.ttf"), 32)
    ImageDraw.Draw(sheet).multiline_text((40, 220), text, fill=INK, font=font)
    sheet.save(stream, "JPEG")
    return SimpleUploadedFile("sheet.jpg", stream.getvalue(), "image/jpeg")
