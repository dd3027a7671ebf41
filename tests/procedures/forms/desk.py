"""A desk as a browser sees it: forms opened, typed in, submitted, saved."""

import io
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from PIL import Image

from tests.procedures.papers.factories import NOW, World
from workflows.models import Batch, Case

PDF = b"%PDF-1.4\n" + b"0" * 400


def photo(name: str = "照片.jpg", size: tuple[int, int] = (60, 80)) -> Any:
    """Return an upload of a small picture."""
    stream = io.BytesIO()
    Image.new("RGB", size, (200, 190, 170)).save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/jpeg")


def upload(name: str, content: bytes) -> Any:
    """Return an upload that only says it is a picture."""
    return SimpleUploadedFile(name, content, "image/jpeg")


class Desk:
    """One officer at one list, on 2018-11-16 at ten."""

    now = NOW

    def __init__(self, world: World) -> None:
        self.batch, self.cases, self.by = world.batch, world.cases, world.by

    @property
    def case(self) -> Case:
        return Case.objects.select_related("household", "batch").get(
            pk=self.cases[0].pk
        )

    def blank(self, form: type[Any], step: str, *, number: int = 0, **sent: Any) -> Any:
        """Return the form as the page shows it, or as it comes back."""
        subject: Batch | Case = self.batch if lists(form) else self.case
        told = {"step": step, "by": self.by, "now": self.now, **sent}
        return form.build(subject, **told)[number]

    def typed(
        self, form: type[Any], step: str, *, number: int = 0, **typed: Any
    ) -> Any:
        """Submit a form with what is typed; names may lead into lines: spots-0-where.

        An upload, or a list of them, goes with the files.
        """
        shown = self.blank(form, step, number=number)
        data, files = dict(fields_of(shown)), {}
        for key, value in typed.items():
            name = f"{shown.prefix}-{key}"
            if is_file(value):
                files[name] = value if isinstance(value, list) else [value]
            else:
                data[name] = value
        sent = {"data": query(data), "files": MultiValueDict(files)}
        return self.blank(form, step, number=number, **sent)

    def save(self, form: type[Any], step: str, **typed: Any) -> Any:
        """Submit a form that must be right, and save it."""
        sent = self.typed(form, step, **typed)
        assert sent.is_valid(), errors(sent)
        with transaction.atomic():
            return sent.save()


def lists(form: type[Any]) -> bool:
    """Say whether a form is about the whole list."""
    model = getattr(getattr(form, "_meta", None), "model", None)
    return model is None or any(f.name == "batch" for f in model._meta.fields)


def is_file(value: Any) -> bool:
    one = value[0] if isinstance(value, list) and value else value
    return isinstance(one, SimpleUploadedFile)


def fields_of(form: Any) -> Iterator[tuple[str, Any]]:
    """Yield what a browser sends when nothing is typed."""
    for bound in form:
        widget, value = bound.field.widget, bound.value()
        if isinstance(widget, forms.FileInput) or value is None or value is False:
            continue
        if isinstance(widget, forms.CheckboxInput):
            yield bound.html_name, "on"
        elif isinstance(widget, forms.CheckboxSelectMultiple):
            yield bound.html_name, list(value)
        else:
            yield bound.html_name, widget.format_value(value)
    for table in getattr(form, "formsets", ()):
        for part in (table.management_form, *table.forms):
            yield from fields_of(part)


def query(data: dict[str, Any]) -> QueryDict:
    """Return typed values as a submitted page."""
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        plain = value[0] if isinstance(value, list) and len(value) == 1 else value
        sent.setlist(name, plain if isinstance(plain, list) else [plain])
    return sent


def errors(form: Any) -> list[str]:
    """Return every sentence of the error summary."""
    return [problem.text for problem in form.errors_summary()]
