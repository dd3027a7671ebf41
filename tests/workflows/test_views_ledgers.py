"""Ledgers of places: pages, papers, spreadsheets, and past days of roster and file."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from notices.models import Paper, PrintJob
from permissions.posts import Post
from registry import changes
from registry.codes import Standing
from registry.ledgers import counting
from registry.models import Household
from registry.places import Level, ancestor
from tests.workflows.pages import browser, url
from tests.world import NEIGHBOUR, VILLAGE, World, officer
from workflows import clock

TOWNSHIP = ancestor(VILLAGE, Level.TOWNSHIP)
COUNTY = ancestor(VILLAGE, Level.COUNTY)
EXITED = date(2017, 6, 1)
WHY: dict[str, Any] = {"by": None, "reason": "2017年度"}


@pytest.fixture(autouse=True)
def november(world: World) -> None:
    clock.set_training_day(world.day)


@pytest.fixture
def homes(world: World) -> list[Household]:
    """Four registered households; two exited, one of them has lost its wife."""
    found = world.households(4, registered=True)
    ids = [home.pk for home in found[:2]]
    assert not changes.set_standing(ids, Standing.EXITED, on=EXITED, **WHY)
    return found


@pytest.fixture
def township(world: World) -> Any:
    return browser(world.hats[Post.TOWNSHIP_CLERK])


@pytest.fixture
def village(world: World) -> Any:
    return browser(world.hats[Post.VILLAGE_COMMITTEE])


def on(day: date) -> str:
    return f"?on={day.isoformat()}"


def standings(page: Any) -> dict[str, int]:
    return {one["value"]: one["households"] for one in page.context["standings"]}


@pytest.mark.usefixtures("homes")
def test_a_ledger_tells_today_and_any_day_before(township: Any) -> None:
    address = url("ledger", TOWNSHIP)

    today = standings(township.get(address))
    before = standings(township.get(address + on(EXITED - timedelta(days=1))))

    assert (today["registered"], today["exited"]) == (2, 2)
    assert (before["registered"], before["exited"]) == (4, 0)


@pytest.mark.parametrize("asked", ["", "?on=", "?on=2016", "?on=2999-01-01"])
def test_a_day_nobody_can_mean_is_today(
    township: Any, world: World, asked: str
) -> None:
    page = township.get(url("ledger", TOWNSHIP) + asked)

    assert page.context["day"].on == world.day
    assert "不是现在的情况" not in page.content.decode()


@pytest.mark.parametrize("households", [1, 4])
@pytest.mark.parametrize(("kept", "statements"), [(True, 14), (False, 17)])
def test_the_price_of_a_ledger_does_not_depend_on_the_number(
    world: World,
    township: Any,
    households: int,
    kept: bool,
    statements: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    world.households(households, registered=True)
    township.get(url("ledger", TOWNSHIP))
    if kept:
        counting.recount()

    with django_assert_num_queries(statements):
        township.get(url("ledger", TOWNSHIP))


@pytest.mark.usefixtures("homes")
def test_a_village_roster_is_issued_and_sent_to_the_printer(village: Any) -> None:
    answer = village.post(url("print_ledger", VILLAGE))

    paper, job = Paper.objects.get(), PrintJob.objects.get()
    assert answer.url == job.get_absolute_url()
    assert (paper.kind, paper.place_id) == ("village_roster", VILLAGE)
    assert len(paper.context["rows"]) == 4
    assert set(paper.context["rows"][0]) == {
        "number",
        "group",
        "head",
        "size",
        "standing",
        "attribute",
        "registered_on",
        "exited_on",
    }


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize(
    ("post", "place", "kind"),
    [
        (Post.TOWNSHIP_CLERK, TOWNSHIP, "township_book"),
        (Post.COUNTY_LEADER, COUNTY, "county_file"),
    ],
)
def test_every_office_prints_its_own_ledger(
    world: World, post: Post, place: str, kind: str
) -> None:
    client = browser(world.hats[post])

    assert client.get(url("ledger", place)).context["may_print"]
    client.post(url("print_ledger", place) + on(EXITED))

    paper = Paper.objects.get()
    assert (paper.kind, paper.context["day"]) == (kind, EXITED.isoformat())


def test_nobody_prints_the_ledger_of_another_office(township: Any) -> None:
    assert township.post(url("print_ledger", VILLAGE)).status_code == 404
    assert township.post(url("print_ledger", COUNTY)).status_code == 404
    assert not Paper.objects.exists()


@pytest.mark.usefixtures("homes")
def test_a_ledger_can_be_looked_at_as_a_paper(township: Any) -> None:
    assert township.get(url("ledger_pdf", VILLAGE)).content.startswith(b"%PDF")
    assert not Paper.objects.exists()


@pytest.mark.usefixtures("homes")
def test_a_ledger_is_a_workbook_that_says_whose_it_is(
    township: Any, world: World
) -> None:
    answer = township.get(url("ledger_table", TOWNSHIP, "xlsx"))

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book["分地区"]
    name = world.hats[Post.TOWNSHIP_CLERK].officer.full_name
    assert name in sheet["A2"].value
    assert name in sheet.oddHeader.left.text
    total = [cell.value for cell in sheet[sheet.max_row]][:5]
    assert total == [
        TOWNSHIP,
        "双龙镇",
        1,
        4,
        sum(h.size for h in Household.objects.all()),
    ]


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize(
    ("form", "encoding"), [("csv", "utf-8-sig"), ("gb18030", "gb18030")]
)
def test_a_ledger_is_csv_in_two_encodings(
    township: Any, form: str, encoding: str
) -> None:
    answer = township.get(url("ledger_table", TOWNSHIP, form))

    text = answer.content.decode(encoding)
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert text.count("\r\n") == text.count("\n") == len(rows)
    assert rows[2][:4] == ["区划代码", "地区", "村数", "建档立卡户数"]


def test_an_unknown_kind_of_file_does_not_exist(township: Any) -> None:
    assert township.get(url("ledger_table", TOWNSHIP, "docx")).status_code == 404


def test_a_ledger_out_of_reach_does_not_exist(world: World) -> None:
    stranger = browser(officer(Post.VILLAGE_COMMITTEE, NEIGHBOUR, name="邻村"))

    for name, more in (("ledger", ()), ("ledger_pdf", ()), ("ledger_table", ("csv",))):
        assert stranger.get(url(name, VILLAGE, *more)).status_code == 404


@pytest.mark.parametrize("standing", ["", "registered", "exited"])
def test_a_roster_of_a_past_day_is_read_back(
    homes: list[Household], village: Any, standing: str
) -> None:
    day = EXITED - timedelta(days=1)

    page = village.get(url("roster") + on(day) + f"&status={standing}")

    rows = page.context["page"].rows
    assert [home.number for home in rows] == [
        home.number for home in homes if standing != "exited"
    ]
    assert "不是现在的情况" in page.content.decode()


def test_a_roster_of_a_past_day_has_pages(
    homes: list[Household], village: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in (("SIZE", 3), ("_STEP", 2)):
        monkeypatch.setattr(f"workflows.views.register.then.{name}", size)
    address = url("roster") + on(EXITED)

    first = village.get(address).context["page"]
    second = village.get(f"{address}&after={first.next}").context["page"]

    assert [h.pk for h in first.rows + second.rows] == [home.pk for home in homes]
    assert (len(first.rows), second.next) == (3, "")


def test_a_file_of_a_past_day_shows_who_was_there(
    homes: list[Household], village: Any
) -> None:
    home = next(h for h in homes if h.size > 1)
    member = home.members.order_by("pk").last()
    gone = date(2018, 3, 1)
    assert not isinstance(changes.remove_member(member, on=gone, **WHY), list)
    address = url("household", home.pk)

    before = village.get(address + on(gone - timedelta(days=1)))
    now = village.get(address)

    assert member in before.context["members"]
    assert member not in now.context["members"]
    assert before.context["household"].size == home.size
    assert village.get(address + on(date(2013, 1, 1))).status_code == 404
