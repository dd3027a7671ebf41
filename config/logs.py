"""How a line of the log is written: for people or as JSON, never with anybody's numbers.

Masking is the last thing that happens to a line, so that arguments, tracebacks and
whatever a library says all pass through it.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

# Empty outside a request; set by `config.middleware.numbered`.
REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

# Any script's digits count. The middle of a number, not its ends, may be spaced.
_GAP = r"[ \-\u00a0\u3000]?"
_PERSONAL = re.compile(
    rf"""(?<![\da-fA-F])(?:
        \d{{6}}{_GAP}\d{{8}}{_GAP}\d{{3}}[\dXx\uff38\uff58]    # ID number
      | \d{{15}}                                               # ID number until 1999
      | \d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?      # bank card
      | (?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}     # mobile
      | 0\d{{2,3}}{_GAP}\d{{7,8}}                              # landline
    )(?![\da-fA-F])""",
    re.VERBOSE,
)
MASK = "［号码］"
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request"}


def masked(text: str) -> str:
    """Return the text without anything that looks like an ID, card or phone number.

    Twelve digits of a place and long hexadecimal digests stay: they name nobody.
    """
    return _PERSONAL.sub(MASK, text)


class Line(logging.Formatter):
    """One line for people; what a record says cannot begin a line of its own."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's
        """Keep the message on one line; a traceback may follow it."""
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """Return the masked line."""
        return masked(super().format(record))


class Json(logging.Formatter):
    """One JSON object a line: at (UTC), level, logger, message, request, error."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the masked object; extras keep their own names."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
            "request": REQUEST_ID.get(),
        }
        if record.exc_info:
            said["error"] = masked(self.formatException(record.exc_info))
        for name, value in vars(record).items():
            if name not in _OWN:
                said.setdefault(name, masked(str(value)))
        return json.dumps(said, ensure_ascii=False)
