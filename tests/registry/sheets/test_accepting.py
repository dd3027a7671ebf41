"""From a file to the register: checked, accepted, repeated, corrected, explained."""

from pathlib import Path

import pytest

from registry.codes import Standing
from registry.models import (
    Change,
    ChangeKind,
    Household,
    HouseholdYear,
    ImportRun,
    ImportVillage,
    Person,
    PersonYear,
    RunState,
    VillageState,
)
from registry.sheets.acceptance import choose, explain, write_chosen
from registry.sheets.runs import check, drop
from tests.registry.factories import VILLAGE
from tests.registry.sheets import books
from tests.registry.sheets.runs import accepted, checked, found, officer, uploaded

pytestmark = pytest.mark.usefixtures("places")


def village(run: ImportRun) -> ImportVillage:
    return run.villages.get(place=VILLAGE)


def test_checking_writes_nothing_of_the_register() -> None:
    run = checked(books.xlsx(books.national()))

    assert (run.state, found(run, "error", "explain")) == (RunState.CHECKED, {})
    assert (village(run).new, village(run).persons) == (1, 3)
    assert Household.objects.count() == 0


def test_what_is_accepted_stands_in_the_register() -> None:
    run = accepted(checked(books.xlsx(books.national())))

    home = Household.objects.get()
    assert (home.number, home.size, home.head_name) == (books.NUMBER, 3, "石春生")
    assert (home.main_cause, home.other_causes) == (
        "illness",
        ["no_skill", "no_capital"],
    )
    assert HouseholdYear.objects.get().values["wage_income"] == "12000"
    assert PersonYear.objects.get(person__name="石春生").values["work_months"] == 6
    assert run.state == RunState.DONE


def test_households_enter_with_the_standing_they_are_said_to_have() -> None:
    accepted(checked(books.xlsx(books.national()), standing=Standing.EXITED))

    assert Household.objects.get().status == Standing.EXITED


def test_a_settled_import_keeps_no_file_and_no_entries(disk: Path) -> None:
    run = accepted(checked(books.xlsx(books.national())))

    assert list(disk.rglob("*.sealed")) == []
    assert bytes(village(run).entries) == b""
    assert not run.findings.exists()


def test_the_same_file_again_changes_nothing() -> None:
    data = books.xlsx(books.national())
    accepted(checked(data))
    before = Change.objects.count()
    run = accepted(checked(data))

    assert (village(run).new, village(run).unchanged) == (0, 1)
    assert Change.objects.count() == before


def test_a_waiting_file_sent_again_is_the_same_import() -> None:
    data = books.xlsx(books.national())

    assert uploaded(data).pk == uploaded(data).pk


def test_a_corrected_file_shows_what_differs_and_leaves_dated_corrections() -> None:
    accepted(checked(books.xlsx(books.national())))
    household = {**books.HOUSEHOLD, "耕地面积（亩）": 3, "工资性收入": 15000}
    run = checked(books.xlsx(books.national([household])))

    told = [(d["column"], d["before"], d["after"]) for d in village(run).differences]
    assert told == [("耕地面积（亩）", "2.5", "3"), ("工资性收入", "12000", "15000")]
    accepted(run)
    kinds = set(Change.objects.values_list("kind", flat=True))
    assert {ChangeKind.HOUSEHOLD_CORRECTED, ChangeKind.YEAR_CORRECTED} <= kinds


def test_a_village_with_an_error_is_not_accepted() -> None:
    wrong = {**books.WIFE, "证件号码": books.WIFE_ID[:-1] + "5"}
    run = checked(books.xlsx(books.national(members=[books.HEAD, wrong, books.SON])))

    refused = choose(run, [VILLAGE], by=officer())
    assert [r.code for r in refused] == ["village_faulty"]
    assert village(run).state == VillageState.FAULTY


def test_what_must_be_explained_is_explained_before_acceptance() -> None:
    household = {**books.HOUSEHOLD, "工资性收入": 400_000}
    run = checked(books.xlsx(books.national([household])))

    refused = choose(run, [VILLAGE], by=officer())
    assert [r.code for r in refused] == ["explanation_missing"]
    assert explain(run, "wage_large", "在外承包工程，附合同") == 1
    assert accepted(run).state == RunState.DONE


def test_a_register_that_changed_meanwhile_is_not_overwritten() -> None:
    run = checked(books.xlsx(books.national()))
    accepted(checked(books.xlsx(books.roster())))
    choose(run, [VILLAGE], by=officer())

    assert write_chosen(run.pk) == 0
    assert village(run).state == VillageState.STALE


def test_a_check_that_was_killed_begins_anew() -> None:
    run = checked(books.xlsx(books.national()))
    ImportRun.objects.filter(pk=run.pk).update(state=RunState.CHECKING)

    assert check(run.pk) == RunState.CHECKED
    assert run.villages.count() == 1


def test_a_dropped_import_keeps_no_file(disk: Path) -> None:
    run = checked(books.xlsx(books.national()))
    drop(run)

    assert list(disk.rglob("*.sealed")) == []
    assert not run.findings.exists()


def test_a_new_member_of_a_known_household_is_explained_and_added() -> None:
    accepted(
        checked(
            books.xlsx(
                books.national(
                    [{**books.HOUSEHOLD, "家庭人口数": 2}], [books.HEAD, books.WIFE]
                )
            )
        )
    )
    run = checked(books.xlsx(books.national()))

    assert list(found(run, "explain")) == ["member_new"]
    explain(run, "member_new", "迁入，附户口簿")
    accepted(run)
    assert Person.objects.filter(left_on=None).count() == 3


def test_a_number_in_an_import_names_nobody_on_the_disk(disk: Path) -> None:
    checked(books.xlsx(books.national()))

    kept = b"".join(p.read_bytes() for p in disk.rglob("*") if p.is_file())
    assert books.HEAD_ID.encode() not in kept
