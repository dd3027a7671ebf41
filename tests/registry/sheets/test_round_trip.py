"""What was exported is read in again and changes nothing: every form, every sheet."""

from datetime import date
from typing import Any

import pytest

from registry import fictitious, years
from registry.codes import Standing
from registry.models import Household, HouseholdYear, Person, PersonYear, Place
from registry.standing import set_standing
from tests.registry.exporting import asked, made
from tests.registry.factories import ENTERED, VILLAGE
from tests.registry.sheets.runs import accepted, checked, found

pytestmark = pytest.mark.usefixtures("places")
DAY = date(2018, 11, 5)


@pytest.fixture
def village(places: dict[str, Place]) -> list[Household]:
    """Return thirty households, two heads with rare characters, with year's values."""
    drafts = fictitious.households(Place.objects.get(pk=VILLAGE), 30, 3)
    homes = fictitious.bulk_enter(drafts, ENTERED)
    ids = [home.pk for home in homes]
    set_standing(ids, Standing.REGISTERED, on=ENTERED, by=None, reason="2014年度")
    said = [_year(home, n) for n, home in enumerate(homes)]
    years.keep_years(DAY.year, said, on=DAY, by=None, reason="2018年度")
    return homes


def _year(home: Household, n: int) -> years.YearOf:
    members: dict[int, Any] = {
        person.pk: {
            "work_months": 0,
            "person_phone": f"1990743{n:04d}",
            "party": "群众",
            "employee_medical": False,
            "resident_medical": True,
        }
        for person in home.members.all()
    }
    values = {
        "wage_income": f"{10_000 + n}.5",
        "net_income_per_head": "3535.25",
        "bank": "湘西农商行㛃",
        "bank_card": f"62179912345678{n:05d}",
        "toilet": n % 2 == 0,
        "reforested": "0",
        "road_distance": "1.2",
        "fuel": "柴草",
    }
    return years.YearOf(household_id=home.pk, values=values, members=members)


def everything() -> list[Any]:
    """Return every row of the register as it stands."""
    hidden = {"phone_cipher", "id_cipher"}
    rows: list[Any] = []
    for model in (Household, Person, HouseholdYear, PersonYear):
        names = [f.attname for f in model._meta.concrete_fields]
        kept = [name for name in names if name not in hidden]
        rows.append(list(model.objects.order_by("pk").values_list(*kept)))
    return rows


@pytest.mark.parametrize(
    ("layout", "form"),
    [
        ("national", "xlsx"),
        ("national_persons", "xlsx"),
        ("national_persons", "csv"),
        ("national_persons", "gb18030"),
        ("members", "gb18030"),
    ],
)
@pytest.mark.usefixtures("village")
def test_what_is_exported_and_read_in_again_differs_in_nothing(
    layout: str, form: str
) -> None:
    before = everything()
    content = made(asked(layout=layout, form=form, clear=True))

    run = checked(content, on=DAY, year=DAY.year)

    assert found(run, "error", "explain") == {}
    [village] = run.villages.all()
    assert (village.new, village.changed) == (0, 0)
    accepted(run)
    assert everything() == before
