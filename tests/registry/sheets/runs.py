"""An import from upload to the register, for tests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from permissions.models import Officer
from registry.models import ImportFinding, ImportRun, Place
from registry.sheets.acceptance import choose, write_chosen
from registry.sheets.runs import Wish, check, open_run
from tests.registry.factories import VILLAGE

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
WISH = Wish(on=date(2026, 3, 1), year=2025)
TOWNSHIP = "433124110000"


def officer(name: str = "county.clerk") -> Officer:
    """Return an account; who may do what is asked above the register."""
    known: Officer | None = Officer.objects.filter(username=name).first()
    return known or Officer.objects.create_user(username=name, password="x" * 16)


def uploaded(data: bytes, *, place: str = TOWNSHIP, **wish: Any) -> ImportRun:
    """Return the import of a file that nobody has looked at yet."""
    run = open_run(
        Place.objects.get(pk=place),
        data,
        wish=Wish(**{"on": WISH.on, "year": WISH.year, **wish}),
        name="名册.xlsx",
        by=officer(),
        at=AT,
    )
    assert isinstance(run, ImportRun), run
    return run


def checked(data: bytes, **wish: Any) -> ImportRun:
    """Return the import after its check."""
    run = uploaded(data, **wish)
    check(run.pk)
    run.refresh_from_db()
    return run


def accepted(run: ImportRun, villages: Sequence[str] = (VILLAGE,)) -> ImportRun:
    """Return the import after acceptance of the villages."""
    refused = choose(run, villages, by=officer())
    assert refused == [], [str(r) for r in refused]
    write_chosen(run.pk)
    run.refresh_from_db()
    return run


def found(run: ImportRun, *levels: str) -> dict[str, list[str]]:
    """Return rule -> cells, of the levels asked for (of all when none is)."""
    rows = ImportFinding.objects.filter(run=run)
    rules: dict[str, list[str]] = {}
    for row in rows.filter(level__in=levels) if levels else rows:
        rules.setdefault(row.rule, []).append(f"{row.sheet}!{row.cell}")
    return rules
