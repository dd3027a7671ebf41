"""The division code as a path, and the divisions of Xiangxi."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from registry import divisions
from registry.models import Place
from registry.places import Level, ancestor, level_of, parent, path, span, within

VILLAGE = "433124110226"


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("430000000000", Level.PROVINCE),
        ("433100000000", Level.PREFECTURE),
        ("433124000000", Level.COUNTY),
        ("433124110000", Level.TOWNSHIP),
        ("433124100000", Level.TOWNSHIP),
        (VILLAGE, Level.VILLAGE),
        ("433124110200", Level.VILLAGE),
    ],
)
def test_the_level_is_read_from_the_code(code: str, level: Level) -> None:
    assert level_of(code) is level


@pytest.mark.parametrize(
    "code", ["", "4331", "43312411022x", "４３３１２４１１０２２６"]
)
def test_what_is_no_code_has_no_level(code: str) -> None:
    with pytest.raises(ValueError, match=f"^{code}$"):
        level_of(code)


def test_the_path_runs_from_the_province_down() -> None:
    assert path(VILLAGE) == [
        "430000000000",
        "433100000000",
        "433124000000",
        "433124110000",
        VILLAGE,
    ]


@pytest.mark.parametrize(
    ("level", "code"),
    [
        (Level.PROVINCE, "430000000000"),
        (Level.PREFECTURE, "433100000000"),
        (Level.COUNTY, "433124000000"),
        (Level.TOWNSHIP, "433124110000"),
        (Level.VILLAGE, VILLAGE),
    ],
)
def test_a_village_has_one_place_of_each_level_above(level: Level, code: str) -> None:
    assert ancestor(VILLAGE, level) == code


def test_a_county_has_no_village_above_it() -> None:
    with pytest.raises(ValueError, match="433124000000"):
        ancestor("433124000000", Level.VILLAGE)


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        (VILLAGE, (VILLAGE, "433124110227")),
        ("433124110999", ("433124110999", "433124111000")),
        ("433124000000", ("433124000000", "433125000000")),
        ("990000000000", ("990000000000", ":00000000000")),
    ],
)
def test_a_span_is_half_open(code: str, bounds: tuple[str, str]) -> None:
    assert span(code) == bounds


@given(st.integers(10**11, 10**12 - 1).map(str))
def test_every_code_lies_within_all_of_its_path(code: str) -> None:
    assert all(within(code, above) for above in path(code))


def test_a_neighbour_lies_outside() -> None:
    assert not within("433125110226", "433124000000")
    assert not within("433124000000", VILLAGE)


def test_a_province_has_no_parent() -> None:
    assert parent("430000000000") is None


def test_the_divisions_of_xiangxi_are_loaded_once(db: None) -> None:
    call_command("load_divisions")
    Place.objects.filter(pk="433124000000").update(valid_from=date(2010, 1, 1))

    divisions.load(date(2020, 1, 1))

    levels = Counter(Place.objects.values_list("level", flat=True))
    assert levels == {
        Level.PROVINCE: 1,
        Level.PREFECTURE: 1,
        Level.COUNTY: 8,
        Level.TOWNSHIP: 116,
        Level.VILLAGE: 1797,
    }
    assert Place.objects.get(pk="433124000000").valid_from == date(2010, 1, 1)


def test_every_division_hangs_below_the_one_its_code_names(db: None) -> None:
    divisions.load()

    assert all(p.parent_id == parent(p.code) for p in Place.objects.all())
    assert all(level_of(p.code) == p.level for p in Place.objects.all())


def test_the_figures_of_2016_add_up_to_the_founding_document() -> None:
    exits = divisions.exits_2016()

    assert len(exits) == 8
    assert sum(e.persons for e in exits) == 192_107
    assert sum(e.villages for e in exits) == 285
    assert {e.code for e in exits} <= {d.code for d in divisions.divisions()}
