"""Cover, index and card of a household's file: one household, one volume (一户一卷).

Knows the papers issued about a household and what the register says of it; must not
know why one was issued. Sheets are made on demand and stored nowhere.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from notices import frozen, papers, register_facts
from notices.models import Paper, PaperState
from notices.press import render, workshop
from registry.models import Household

COVER, INDEX, CARD = "file_cover", "file_index", "household_card"

# Hunan's table of periods was not found; a household's volume is kept for ever (assumed,
# law-2.md §8). The class sign is that of another province's table (P38).
RETENTION = "永久"
CLASS = "JF"


def sheet_pdf(kind: str, household: Household, *, at: datetime) -> bytes:
    """Return the cover or the index of the household's file as it is at that moment.

    Raises: KeyError for another kind.
    """
    filed = list(Paper.objects.filter(household=household).order_by("issued_at", "pk"))
    facts = {COVER: _cover, INDEX: _index}[kind](household, filed)
    return on_demand(kind, _head(kind, household, at) | facts, household, at=at)


def card_pdf(household: Household, *, hotline: str, at: datetime) -> bytes:
    """Return the card (户卡) of a registered household by the register alone.

    What only a case looks at (school, medical care, helper, measures) stays blank.
    """
    today = timezone.localdate(at)
    with translation.override(settings.LANGUAGE_CODE):
        context = _named(CARD, household, today) | {
            **register_facts.condition(household),
            "school": None,
            "medical": None,
            "registered_on": household.registered_on or household.since,
            "announcement_number": "",
            "members": _members(household, today),
            "per_head": register_facts.net_per_head(household),
            "helper": "",
            "helper_unit": "",
            "measures": [],
            "phone": "",
            "hotline": hotline,
        }
    return on_demand(CARD, context, household, at=at)


def on_demand(
    kind: str, context: Mapping[str, Any], household: Household, *, at: datetime
) -> bytes:
    """Return a sheet of the file that is printed whenever it is wanted.

    It carries the household's number and no check code: nothing was issued.

    Raises: papers.Unprintable for a character no face has; press.Unrendered.
    """
    draft = papers.Draft(
        kind=kind,
        issuer_code=household.place_id,
        place_code=household.place_id,
        about="",
        context=context,
    )
    if refusals := papers.printable([draft]):
        raise papers.Unprintable(refusals)
    return workshop.run(
        render.render_pdf,
        kind,
        frozen.checked(kind, context),
        number=household.number,
        code="",
        issued_at=at,
        watermark=render.TRAINING if settings.TRAINING else None,
    )


def file_number(household: Household) -> str:
    """Return the 档号: class, village, volume."""
    volume = household.number.removeprefix(household.place_id)
    return f"{CLASS}—{household.place_id}—{volume}"


def _head(kind: str, household: Household, at: datetime) -> dict[str, Any]:
    named = _named(kind, household, timezone.localdate(at))
    return named | {"file_number": file_number(household)}


def _named(kind: str, household: Household, today: date) -> dict[str, Any]:
    names = papers.place_names(household.place_id)
    return papers.header(kind, names, on=today) | {
        "group": household.group,
        "head": household.head_name,
        "size": household.size,
        "household_number": household.number,
    }


def _members(household: Household, today: date) -> list[dict[str, Any]]:
    """Return the present members, head first."""
    people = household.members.filter(left_on=None).order_by("relation", "birth")
    return [register_facts.member(person, today) for person in people]


def _cover(household: Household, filed: Sequence[Paper]) -> dict[str, Any]:
    days = [timezone.localdate(paper.issued_at) for paper in filed]
    counted = [paper.pages for paper in filed]
    return {
        "from_on": min(days, default=None),
        "to_on": max(days, default=None),
        "items": len(filed),
        "pages": None if None in counted else sum(each or 0 for each in counted),
        "retention": RETENTION,
    }


def _index(_household: Household, filed: Sequence[Paper]) -> dict[str, Any]:
    return {
        "rows": [
            {
                "number": paper.number,
                "issuer": paper.context["issuer_name"],
                "title": paper.title,
                "issued_on": timezone.localdate(paper.issued_at),
                "pages": paper.pages,
                "note": _worth(paper),
            }
            for paper in filed
        ]
    }


def _worth(paper: Paper) -> str:
    """Return what a closed paper is worth; nothing for one that stands."""
    return "" if paper.state == PaperState.ISSUED else paper.get_state_display()
