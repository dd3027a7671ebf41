"""Each of the two sheets that left by itself comes back without a difference."""

from datetime import date

import pytest

from registry.codes import Standing
from tests.registry import exporting
from tests.registry.factories import VILLAGE
from tests.registry.sheets import books
from tests.registry.sheets.runs import accepted, checked, found

RARE = "石𠮷䶮"
pytestmark = pytest.mark.usefixtures("places")


@pytest.fixture
def registered() -> None:
    """Have a household with a rare name on the register, with all a sheet says of it."""
    household = {**books.HOUSEHOLD, "户主姓名": RARE}
    members = [{**books.HEAD, "姓名": RARE}, books.WIFE, books.SON]
    data = books.xlsx(books.national([household], members))
    accepted(checked(data, standing=Standing.REGISTERED))


@pytest.mark.parametrize("form", ["xlsx", "csv", "gb18030"])
@pytest.mark.parametrize("layout", ["national_households", "national_persons"])
def test_an_export_comes_back_without_a_difference(
    registered: None, layout: str, form: str
) -> None:
    export = exporting.asked(
        layout=layout, form=form, clear=True, on=date(2026, 3, 2), place=VILLAGE
    )
    run = checked(exporting.made(export), place=VILLAGE)

    village = run.villages.get()
    assert (found(run, "error"), village.differences) == ({}, [])
    assert (village.new, village.changed, village.unchanged) == (0, 0, 1)
