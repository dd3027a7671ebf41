"""Rulebooks: strict reading, the right book for place and day, honest refusals."""

import hashlib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from registry.refusals import Grade, Refusal
from workflows.rulebook import (
    LawError,
    Rulebook,
    Shelf,
    bound,
    in_force,
    register,
    scope_prefix,
    shelf,
)

VILLAGE = "433124110226"


def value(raw: Any, unit: str, **more: Any) -> dict[str, Any]:
    base = {"source": "H1", "article": "某办法第一条", "grade": "confirmed"}
    return {"value": raw, "unit": unit, **base, **more}


def content(**changes: Any) -> dict[str, Any]:
    step = {"required": True, "law": "某办法", "source": "H1", "grade": "confirmed"}
    timed = {"days_due": 15, "days_due_source": "D1", "days_due_grade": "assumed"}
    base = {
        "slug": "exit-2017",
        "procedure": "exit",
        "title": "退出·2017版",
        "scope": "430000000000",
        "valid_from": date(2017, 1, 1),
        "valid_to": date(2020, 12, 31),
        "source": "H1",
        "summary": "用于测试",
        "steps": {"appraise": step | timed, "verify": step | {"required": False}},
        "values": {
            "publicity_days": value(7, "calendar_day"),
            "quorum": value("2/3", "fraction"),
            "kept": value(True, "flag"),
            "boards": value(["村务公开栏"], "words"),
            "line": value({"2017": 3026}, "yuan_by_year"),
            "name": value("某物", "text"),
        },
    }
    return base | changes


def book(**changes: Any) -> Rulebook:
    return Rulebook.from_toml(tomli_w.dumps(content(**changes)))


def test_values_come_back_with_unit_source_and_grade() -> None:
    found = book()["publicity_days"]

    assert (found.value, found.unit, found.source) == (7, "calendar_day", "H1")
    assert (found.article, found.grade) == ("某办法第一条", Grade.CONFIRMED)


def test_values_are_read_by_their_kind() -> None:
    rulebook = book()

    assert rulebook.whole("publicity_days") == 7
    assert rulebook.fraction("quorum") == Fraction(2, 3)
    assert rulebook.flag("kept") is True
    assert rulebook.words("boards") == ("村务公开栏",)
    assert rulebook.line("line", 2017) == 3026
    assert rulebook.line("line", 2018) is None
    assert rulebook.value("name") == "某物"


@pytest.mark.parametrize(
    ("method", "key"),
    [
        ("whole", "kept"),
        ("whole", "quorum"),
        ("fraction", "kept"),
        ("flag", "publicity_days"),
        ("words", "name"),
    ],
)
def test_a_value_of_another_kind_is_refused_by_its_key(method: str, key: str) -> None:
    with pytest.raises(LawError, match=rf"exit-2017.values.{key}"):
        getattr(book(), method)(key)


def test_a_yearly_line_must_be_a_table() -> None:
    with pytest.raises(LawError, match=r"values.kept"):
        book().line("kept", 2017)


def test_what_is_not_in_the_book_is_named() -> None:
    with pytest.raises(LawError, match=r"exit-2017.values.quota"):
        book().value("quota")
    with pytest.raises(LawError, match=r"exit-2017.steps.bless"):
        book().requires("bless")


def test_steps_say_whether_they_are_required_and_by_what() -> None:
    rulebook = book()

    assert rulebook.requires("appraise")
    assert not rulebook.requires("verify")
    assert rulebook.step_law("appraise") == "某办法"
    assert (rulebook.step("appraise").days_due, rulebook.step("verify").days_due) == (
        15,
        None,
    )


def test_digest_is_the_hash_of_the_bytes() -> None:
    text = tomli_w.dumps(content())

    assert (
        Rulebook.from_toml(text).digest
        == hashlib.sha256(text.encode("utf-8")).hexdigest()
    )
    assert bound(text) is bound(text)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"slug": ""}, "slug"),
        ({"title": 3}, "title"),
        ({"scope": "43"}, "scope"),
        ({"scope": "43000000000x"}, "scope"),
        ({"valid_from": "2017"}, "valid_from"),
        ({"valid_to": date(2016, 1, 1)}, "exit-2017.valid_to"),
        ({"colour": "red"}, "colour"),
        ({"steps": "all"}, "steps"),
        ({"steps": {"verify": {"required": 1}}}, "steps.verify.required"),
        ({"steps": {"verify": {"required": True}}}, "steps.verify.law"),
        ({"values": {"a": 7}}, "values.a"),
        ({"values": {"a": value(7, "week")}}, "values.a.unit"),
        ({"values": {"a": value(7, "litre", grade="sure")}}, "values.a.grade"),
        ({"values": {"a": value(7, "litre", colour="x")}}, "values.a.colour"),
        ({"values": {"a": value(-7, "litre")}}, "values.a.value"),
        ({"values": {"a": value(True, "people")}}, "values.a.value"),
        ({"values": {"a": value(7.5, "people")}}, "values.a.value"),
        ({"values": {"a": value(0.5, "fraction")}}, "values.a.value"),
        ({"values": {"a": value("1/0", "fraction")}}, "values.a.value"),
        ({"values": {"a": value("3/2", "fraction")}}, "values.a.value"),
        ({"values": {"a": value("half", "fraction")}}, "values.a.value"),
        ({"values": {"a": value("yes", "flag")}}, "values.a.value"),
        ({"values": {"a": value("", "text")}}, "values.a.value"),
        ({"values": {"a": value("x", "words")}}, "values.a.value"),
        ({"values": {"a": value(["x", "x"], "words")}}, "values.a.value"),
        ({"values": {"a": value({}, "yuan_by_year")}}, "values.a.value"),
        ({"values": {"a": value({"17": 1}, "yuan_by_year")}}, "values.a.value.17"),
        ({"values": {"a": value({"2017": "1"}, "yuan_by_year")}}, "a.value.2017"),
    ],
)
def test_a_wrong_book_is_refused_at_its_key(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(LawError) as caught:
        book(**changes)

    assert caught.value.key.endswith(key)


def test_a_deadline_needs_its_own_source() -> None:
    step = {"required": True, "law": "x", "source": "H1", "grade": "confirmed"}

    with pytest.raises(LawError, match=r"steps.verify.days_due_source"):
        book(steps={"verify": step | {"days_due": 15}})


def test_broken_toml_is_a_law_error() -> None:
    with pytest.raises(LawError, match="toml"):
        Rulebook.from_toml("slug = ")


def test_a_missing_end_means_until_further_notice() -> None:
    endless = content()
    del endless["valid_to"]

    assert Rulebook.from_toml(tomli_w.dumps(endless)).covers(VILLAGE, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("scope", "prefix"),
    [
        ("000000000000", ""),
        ("430000000000", "43"),
        ("433100000000", "4331"),
        ("433120000000", "433120"),
        ("433124110000", "433124110"),
        ("433124110226", "433124110226"),
    ],
)
def test_scope_is_the_code_without_padding(scope: str, prefix: str) -> None:
    assert scope_prefix(scope) == prefix


@pytest.mark.parametrize(
    ("place", "on", "slug"),
    [
        (VILLAGE, date(2018, 5, 1), "prefecture"),
        (VILLAGE, date(2017, 1, 1), "province"),
        ("430102001001", date(2018, 5, 1), "province"),
        ("520102001001", date(2018, 5, 1), None),
        (VILLAGE, date(2016, 12, 31), None),
        (VILLAGE, date(2021, 1, 1), None),
    ],
)
def test_the_most_specific_book_in_force_binds(
    place: str, on: date, slug: str | None
) -> None:
    shelf = Shelf(
        [
            book(slug="province"),
            book(slug="prefecture", scope="433100000000", valid_from=date(2018, 1, 1)),
        ]
    )

    found = shelf.in_force("exit", place, on)

    assert (found.slug if isinstance(found, Rulebook) else None) == slug


def test_the_refusal_names_procedure_day_and_the_books_there_are() -> None:
    refusal = Shelf([book()]).in_force("exit", VILLAGE, date(2026, 11, 23))

    assert isinstance(refusal, Refusal)
    assert refusal.code == "no_rulebook"
    assert str(refusal) == (
        "2026-11-23没有生效的规程，不能开批。"
        "现有规程：退出·2017版（2017-01-01至2020-12-31）。"
    )


def test_an_empty_shelf_says_so() -> None:
    assert "现有规程：无" in str(Shelf().in_force("exit", VILLAGE, date(2018, 1, 1)))


@pytest.mark.parametrize(
    "changes",
    [
        {"slug": "again"},
        {"slug": "again", "valid_from": date(2020, 12, 31), "valid_to": date.max},
        {"valid_from": date(2021, 1, 1), "valid_to": date(2022, 1, 1)},
    ],
)
def test_books_of_one_scope_never_overlap(changes: dict[str, Any]) -> None:
    with pytest.raises(LawError, match="collides with exit-2017"):
        Shelf([book(), book(**changes)])


def test_the_same_text_twice_is_one_book() -> None:
    shelf = Shelf([book(), book()])

    assert shelf.all() == shelf.all("exit") == [book()]
    assert shelf.by_digest(book().digest) == book()
    assert shelf.by_digest("0" * 64) is None


def test_a_directory_is_a_shelf(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(tomli_w.dumps(content()), "utf-8")
    (tmp_path / "note.txt").write_text("not law", "utf-8")

    assert [found.slug for found in Shelf.of(tmp_path).all()] == ["exit-2017"]


def test_a_registered_directory_answers_for_the_process(tmp_path: Path) -> None:
    tests_own = content(procedure="test_of_register", slug="test-of-register")
    (tmp_path / "a.toml").write_text(tomli_w.dumps(tests_own), "utf-8")

    register(tmp_path)
    register(tmp_path)

    found = in_force("test_of_register", VILLAGE, date(2018, 5, 1))
    assert isinstance(found, Rulebook)
    assert shelf().by_digest(found.digest) == found
