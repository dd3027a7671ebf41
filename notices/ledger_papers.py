"""The ledgers as papers: drafts written from the register's own ledgers.

Knows the ledgers of the register; must not know who reads them.
"""

from typing import Any

from django.conf import settings
from django.utils import translation

from notices import kinds, papers
from registry.as_of import households_on
from registry.codes import ExitStatus, Standing
from registry.ledgers.books import Ledger, Row
from registry.ledgers.columns import COLUMNS, Breakdown, breakdowns
from registry.ledgers.figures import ON_RECORD
from registry.models import Household
from registry.places import Level, level_of

KIND_OF: dict[Level, str] = {
    Level.VILLAGE: "village_roster",
    Level.TOWNSHIP: "township_book",
    Level.COUNTY: "county_file",
    Level.PREFECTURE: "prefecture_base",
}
# Among households on record the short word says enough.
_STANDINGS = {
    Standing.REGISTERED: ExitStatus.NOT_EXITED.label,
    Standing.EXITED: Standing.EXITED.label,
}


def draft(ledger: Ledger) -> papers.Draft:
    """Return the paper of a place's ledger; a village's lists its households on record.

    Three statements more for a village. Raises: KeyError for a province.
    """
    code, level = ledger.place.code, level_of(ledger.place.code)
    kind = KIND_OF[level]
    names = papers.place_names(code)
    # Papers are Chinese whatever language the officer reads.
    with translation.override(settings.LANGUAGE_CODE):
        facts = _roster(ledger) if level is Level.VILLAGE else _book(ledger)
        head = papers.header(kind, names, on=ledger.day)
    head["issuer_name"] = kinds.issuer_name(kind, ledger.place.name, level)
    return papers.Draft(
        kind=kind,
        issuer_code=code,
        place_code=code,
        about=f"ledger/{code}",
        context=head | facts,
        issuer=ledger.place.name,
    )


def _roster(ledger: Ledger) -> dict[str, Any]:
    homes = households_on(ledger.place.code, ledger.day)
    rows = [_row(home) for home in homes if home.status in ON_RECORD]
    return {
        "day": ledger.day,
        "rows": rows,
        "persons": sum(row["size"] for row in rows),
    }


def _row(home: Household) -> dict[str, Any]:
    return {
        "number": home.number,
        "group": home.group,
        "head": home.head_name,
        "size": home.size,
        "standing": str(_STANDINGS[Standing(home.status)]),
        "attribute": home.get_attribute_display(),
        "registered_on": home.registered_on,
        "exited_on": home.exited_on,
    }


def _book(ledger: Ledger) -> dict[str, Any]:
    return {
        "place": ledger.place.name,
        "day": ledger.day,
        "columns": [str(column.label) for column in COLUMNS],
        "rows": [_numbers(row) for row in ledger.rows],
        "total": _numbers(ledger.total),
        "parts": [_part(one) for one in breakdowns(ledger.total.figures) if one.lines],
    }


def _numbers(row: Row) -> dict[str, Any]:
    numbers = [column.number(row.figures) for column in COLUMNS]
    return {"name": row.place.name, "numbers": numbers}


def _part(part: Breakdown) -> dict[str, Any]:
    lines = [
        {"label": one.label, "households": one.households, "persons": one.persons}
        for one in part.lines
    ]
    return {"title": str(part.title), "of_persons": part.of_persons, "lines": lines}
