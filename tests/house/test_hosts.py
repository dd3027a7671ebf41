"""Nothing in the house knows the machine it was written on."""

import re

import pytest

from tests.house.sources import files, name

STRANGERS = [
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|\bmirrors?\.[a-z]+\.[a-z]",
    r"file:///(?!etc/)[a-z]",  # some tests try to read /etc/passwd
    r"(?<![\w.$)}])/(work|root|home|opt/wheels|opt/pypi)/\w",
    r"(?i)https?://[^\s/]*\bcdn\b|jsdelivr|unpkg\.com|googleapis\.com",
]
TEXT = {
    ".py",
    ".toml",
    ".txt",
    ".md",
    ".html",
    ".js",
    ".css",
    ".csv",
    ".svg",
    ".po",
    "",
}
# This table itself, and what a worktree of git says of where it was made.
NOT_OURS = {"test_hosts.py", ".git"}


@pytest.mark.parametrize("pattern", STRANGERS)
def test_no_file_names_a_package_host_or_a_path_of_this_machine(pattern: str) -> None:
    found = [
        f"{name(path)}: {match[0]}"
        for path in files()
        if path.suffix in TEXT and path.name not in NOT_OURS
        for match in re.finditer(pattern, path.read_text("utf-8", errors="replace"))
    ]

    assert found == []
