"""Photos on forms: checked while the form is checked, kept when it is saved.

Knows uploads; what a picture must be is for `notices.photos` to say.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from notices import photos
from notices.models import Photo
from procedures.forms import sayings
from registry.refusals import Refusal
from workflows.models import DraftPhoto

MOST_PHOTOS = 12


class PhotoFileInput(forms.FileInput):
    """A file field that offers the camera and the album of a phone.

    No `capture`: the photo of a meeting was taken at the meeting, and its time
    is read from the picture.
    """

    allow_multiple_selected = True

    def __init__(self, *, several: bool) -> None:
        attrs = {"accept": "image/*", "multiple": True}
        self.several = several
        super().__init__(attrs if several else {"accept": "image/*"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return every file chosen and photo kept, in order; of one file the last."""
        found = files.getlist(name) if hasattr(files, "getlist") else files.get(name)
        if isinstance(found, UploadedFile):
            return [found]
        chosen = list(found or ())
        return chosen if self.several else chosen[-1:]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files


class PhotosField(forms.FileField):
    """One photo or several; the cleaned value is a list of examined pictures."""

    span = "w2"

    def __init__(self, *, several: bool = False, **options: Any) -> None:
        options.setdefault("required", False)
        self.several = several
        super().__init__(
            widget=PhotoFileInput(several=several),
            error_messages={"required": sayings.NO_PHOTO},
            **options,
        )

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the pictures; every file that is none is named with its reason."""
        uploads: Sequence[UploadedFile | DraftPhoto] = data or []
        if self.required and not uploads:
            raise forms.ValidationError(self.error_messages["required"], "required")
        most = MOST_PHOTOS if self.several else 1
        if len(uploads) > most:
            raise forms.ValidationError(
                _("一次最多 %(most)s 张照片") % {"most": most}, code="too_many"
            )
        examined = [_examined(upload) for upload in uploads]
        errors = [
            _named(sayings.refused(found), str(getattr(upload, "name", "")))
            for upload, found in zip(uploads, examined, strict=True)
            if isinstance(found, Refusal)
        ]
        if errors:
            raise forms.ValidationError(errors)
        return examined

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


def _examined(chosen: UploadedFile | DraftPhoto) -> photos.Picture | Refusal:
    # A kept photo was examined when it was chosen first.
    return (
        chosen.picture() if isinstance(chosen, DraftPhoto) else photos.examine(chosen)
    )


def _named(error: forms.ValidationError, name: str) -> forms.ValidationError:
    text = error.message
    if name in str(text):
        return error
    return forms.ValidationError(f"“{name}”：{text}", code=error.code)


def keep(form: Any, pictures: Sequence[Any], purpose: str) -> list[Photo]:
    """Store the examined pictures of a form as photos about its subject."""
    return [
        photos.keep(
            picture,
            by=form.by,
            at=form.now,
            place_code=form.subject.place_id,
            about=form.subject.about,
            purpose=purpose,
        )
        for picture in pictures
    ]
