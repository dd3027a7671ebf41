"""Exports made at once, for tests."""

from datetime import UTC, date, datetime
from typing import Any

from permissions.models import Officer
from registry.exports import asking
from registry.exports.making import Made
from registry.models import Export, ExportState, Place
from tests.registry.factories import VILLAGE

AT = datetime(2018, 11, 5, 2, 0, tzinfo=UTC)
DAY = date(2018, 11, 5)
PURPOSE = "年度核对"


def officer(name: str = "clerk") -> Officer:
    known: Officer | None = Officer.objects.filter(username=name).first()
    return known or Officer.objects.create_user(username=name, password="x" * 16)


def asked(place: str = VILLAGE, **how: Any) -> Export:
    wish = {"layout": "roster", "form": "xlsx", "on": DAY, "purpose": PURPOSE, **how}
    export = asking.ask(
        asking.Wish(place=Place.objects.get(pk=place), **wish),
        by=officer(),
        title="石明（十八洞村 村民委员会）",
        at=AT,
    )
    assert isinstance(export, Export), export
    return export


def made(export: Export) -> bytes:
    """Write the file as the worker does, and return it in clear."""
    file = Made(export, lambda _rows: None)
    file.keep()
    export.state = ExportState.READY
    export.save()
    return file.content
