"""The layouts people have: rosters, blocks without numbers, a sheet per village."""

from datetime import date
from typing import Any

import pytest

from registry.models import Household, ImportRun, Person, RunState, VillageState
from registry.sheets import acceptance
from registry.sheets.acceptance import choose, explain, write_chosen
from tests.registry.factories import VILLAGE
from tests.registry.sheets import books
from tests.registry.sheets.books import HEAD, SON, WIFE
from tests.registry.sheets.runs import accepted, checked, found, officer

NEIGHBOUR = "433124110227"
HEAD_DAY, WIFE_DAY = date(1960, 2, 3), date(1962, 4, 5)
BLOCK = ("姓名", "与户主关系", "身份证号码", "组")

pytestmark = pytest.mark.usefixtures("places")


def block(*members: dict[str, Any]) -> list[list[Any]]:
    """Return a list in which a head's row begins each household, without numbers."""
    told = [{**m, "身份证号码": m["证件号码"], "组": "二组"} for m in members]
    return books.rows_of(BLOCK, *told)


def of_neighbour() -> list[dict[str, Any]]:
    """Return another couple, of the next village."""
    head = {**HEAD, "姓名": "麻老二", "证件号码": books.certificate(HEAD_DAY, 41)}
    return [head, {**WIFE, "证件号码": books.certificate(WIFE_DAY, 42)}]


def test_a_roster_of_members_makes_households() -> None:
    accepted(checked(books.xlsx(books.roster())))

    home = Household.objects.get()
    assert (home.number, home.size, home.head_name) == (books.NUMBER, 3, "石春生")


def test_a_head_begins_a_household_where_there_are_no_numbers() -> None:
    rows = block(HEAD, WIFE, SON, *of_neighbour())
    accepted(checked(books.xlsx({"名册": rows}), place=VILLAGE))

    homes = Household.objects.order_by("number")
    assert [(h.head_name, h.size, h.group) for h in homes] == [
        ("石春生", 3, "二组"),
        ("麻老二", 2, "二组"),
    ]


def test_a_sheet_may_be_a_village() -> None:
    names = {VILLAGE: "地0226", NEIGHBOUR: "地0227"}
    sheets = {
        names[VILLAGE]: block(HEAD, WIFE),
        names[NEIGHBOUR]: block(*of_neighbour()),
    }
    run = checked(books.xlsx(sheets))

    assert found(run, "error") == {}
    assert list(run.villages.values_list("place_id", flat=True)) == [VILLAGE, NEIGHBOUR]


def test_a_row_that_is_of_no_village_bars_them_all() -> None:
    rows = block(HEAD, WIFE)
    run = checked(books.xlsx({"名册": rows, "地0227": block(*of_neighbour())}))

    assert set(found(run, "error")) == {"village_missing"}
    assert run.villages.get().state == VillageState.FAULTY


def test_a_number_of_another_place_is_outside() -> None:
    members = [{**m, "户编号": "4331250000010001"} for m in (HEAD, WIFE)]
    run = checked(books.xlsx(books.roster(*members)))

    assert set(found(run, "error")) == {"village_outside"}


def test_a_foreign_number_is_kept_and_ours_given() -> None:
    members = [{**m, "户编号": "5300001234"} for m in (HEAD, WIFE)]
    accepted(checked(books.xlsx(books.roster(*members)), place=VILLAGE))

    home = Household.objects.get()
    assert home.number == books.NUMBER
    assert home.years.get().values == {"national_number": "5300001234"}


def test_the_same_foreign_number_again_is_the_same_household() -> None:
    members = [{**m, "户编号": "5300001234"} for m in (HEAD, WIFE)]
    data = books.xlsx(books.roster(*members))
    accepted(checked(data, place=VILLAGE))

    assert checked(data, place=VILLAGE).villages.get().unchanged == 1


def test_a_file_of_notes_alone_is_told() -> None:
    run = checked(books.xlsx({"填表说明": [["一、姓名须填全"]]}))

    assert (run.state, run.fault) == (RunState.UNREADABLE, "no_table")


def test_son_of_a_sheet_does_not_undo_eldest_son() -> None:
    accepted(checked(books.xlsx(books.roster())))
    Person.objects.filter(name="石小军").update(relation="22")

    assert checked(books.xlsx(books.roster())).villages.get().unchanged == 1


def test_another_head_is_explained_and_named() -> None:
    accepted(checked(books.xlsx(books.roster())))
    new = [
        {**HEAD, "与户主关系": "配偶"},
        {**WIFE, "与户主关系": "户主"},
        {**SON, "与户主关系": "之子"},
    ]
    run = checked(books.xlsx(books.roster(*new)))
    assert list(found(run, "explain")) == ["head_new"]

    explain(run, "head_new", "原户主外出务工多年")
    accepted(run)
    assert Household.objects.get().head_name == "龙腊梅"


def test_a_member_missing_on_the_sheet_stays_and_is_told() -> None:
    accepted(checked(books.xlsx(books.roster())))
    run = checked(books.xlsx(books.roster(HEAD, WIFE)))
    accepted(run)

    assert Person.objects.filter(left_on=None).count() == 3


def killed(*_args: Any) -> None:
    raise KeyboardInterrupt


def test_a_killed_worker_leaves_whole_villages_and_the_next_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = {"地0226": block(HEAD, WIFE), "地0227": block(*of_neighbour())}
    run = checked(books.xlsx(names))
    choose(run, [VILLAGE, NEIGHBOUR], by=officer())
    with monkeypatch.context() as during:
        during.setattr(acceptance, "_correct", killed)
        with pytest.raises(KeyboardInterrupt):
            write_chosen(run.pk)
    assert Household.objects.count() == 0

    assert write_chosen(run.pk) == 2
    assert write_chosen(run.pk) == 0
    assert ImportRun.objects.get().state == RunState.DONE
