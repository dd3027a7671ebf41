"""One door per library, and nobody climbs through the window."""

from fnmatch import fnmatch

import pytest

from tests.house.sources import imports, modules, name, tree

# Library → the only modules that may import it.
DOORS = {
    "django_fsm": ["workflows/machine.py"],
    "viewflow": ["workflows/*", "procedures/household_*.py"],
    "guardian": ["permissions/*"],
    "weasyprint": ["notices/press/*"],
    "pydyf": ["notices/press/archive.py", "notices/press/overlay.py"],
    "fontTools": ["notices/glyphs.py"],
    "segno": [],
    # Reading pictures; and drawing the blank sheet of a rehearsal.
    "PIL": [
        "notices/pictures.py",
        "notices/press/fetch.py",
        "notices/scans/reading.py",
        "procedures/rehearsal/rehearse.py",
    ],
    # Writing codes, and reading them back.
    "zxingcpp": [
        "notices/press/fetch.py",
        "notices/scans/reading.py",
        "permissions/views/factor.py",
    ],
    "pyotp": ["permissions/second_factor.py"],
    "cryptography": ["registry/identity.py", "notices/signing/pades.py"],
    "pyhanko": ["notices/signing/pades.py"],
    "chinese_calendar": ["workflows/calendars.py", "workflows/calendar.py"],
    "environs": ["config/settings.py"],
    "dotenv": [],
    "django_fsm_log": [],
    # Files from outside are opened in the child process only.
    "python_calamine": ["registry/sheets/apart/readers.py"],
    "xlrd": ["registry/sheets/apart/readers.py"],
    "xlsxwriter": [
        "registry/sheets/*",
        "registry/exports/*",
        "registry/ledgers/*",
        "registry/comparing/sealed_lists.py",
    ],
    "msoffcrypto": ["registry/comparing/sealed_lists.py"],
}


def importers(library: str) -> list[str]:
    return [
        name(path)
        for path in modules()
        if any(module.split(".")[0] == library for module in imports(path))
    ]


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    strangers = [
        path
        for path in importers(library)
        if not any(fnmatch(path, door) for door in DOORS[library])
    ]

    assert strangers == []


def test_there_are_no_junk_drawers() -> None:
    drawers = {"utils", "helpers", "common", "core", "services", "misc"}

    assert [
        name(path) for path in modules() if drawers & {*path.parts, path.stem}
    ] == []


def test_every_module_says_what_it_is() -> None:
    silent = []
    for path in modules():
        module = tree(path)
        first = module.body[0] if module.body else None
        if first and not getattr(getattr(first, "value", None), "value", None):
            silent.append(name(path))

    assert silent == []
