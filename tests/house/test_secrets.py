"""No key has ever been typed into this house."""

import re

import pytest

from tests.house.sources import files, name

SHAPES = [
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    r"\bAKIA[0-9A-Z]{16}\b",
    r"\bgh[pousr]_[A-Za-z0-9]{36}\b",
    r"\bsk-[A-Za-z0-9_-]{20,}",
    r"(?i)\b(secret_key|field_key|index_key|paper_key)\s*=\s*[\"']?[A-Za-z0-9_\-=+/]{16,}",
    r"(?i)postgres(ql)?://[^\s:@/]+:[^\s@/]+@",
]
# The keys of tests: 0123456789…, AAAA…, and words that say what they are.
HARMLESS = [
    "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=",
    "another-key-for-the-index",
]
TEXT = {".py", ".toml", ".txt", ".md", ".html", ".js", ".css", ".csv", ".yml", ""}


@pytest.mark.parametrize("shape", SHAPES)
def test_no_file_holds_something_shaped_like_a_key(shape: str) -> None:
    pattern = re.compile(shape)
    found = []
    for path in files():
        if path.suffix not in TEXT or path.name == "test_secrets.py":
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for known in HARMLESS:
            text = text.replace(known, "")
        found += [f"{name(path)}: {match[0][:12]}…" for match in pattern.finditer(text)]

    assert found == []
