"""An uploaded spreadsheet never touches the disk in clear.

Django would write a large upload to a temporary file; whatever comes in a field named
`workbook` stays in memory instead. It must not know the page.
"""

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from registry.sheets.runs import LARGEST_FILE

FIELD: Final = "workbook"


class SheetUploadHandler(FileUploadHandler):
    """Takes the field `workbook`, up to the largest file and a byte; leaves others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Hold nothing yet."""
        super().__init__(*args, **kwargs)
        self.held: BytesIO | None = None

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        """Begin to hold, when it is ours; no other handler is asked then."""
        super().new_file(field_name, *args, **kwargs)
        self.held = BytesIO() if field_name == FIELD else None
        if self.held is not None:
            # The next one would open a file for it.
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hold the chunk, or hand it on to the next handler."""
        if self.held is None:
            return raw_data
        # One byte more than allowed tells the import that it is too large.
        room = LARGEST_FILE + 1 - self.held.tell()
        self.held.write(raw_data[: max(room, 0)])
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """Return the file; nothing when it is another handler's."""
        if self.held is None:
            return None
        size = self.held.tell()
        self.held.seek(0)
        return InMemoryUploadedFile(
            file=self.held,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
