"""The rulebooks that ship: they load, leave no gap, and cite what they say."""

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from procedures import gates
from procedures.household_exit import HouseholdExit
from procedures.household_identification import HouseholdIdentification
from procedures.household_removal import HouseholdRemoval
from procedures.load import LOADERS, needs_of
from procedures.models import FamilyEvent
from procedures.natural_change import NaturalChange
from registry.refusals import Grade, Refusal
from tests.procedures.facts import BOOKS, shelf
from workflows.machine import Step, steps_of
from workflows.rulebook import Rulebook

CASES = {
    "household_identification": HouseholdIdentification,
    "household_exit": HouseholdExit,
    "household_removal": HouseholdRemoval,
    "natural_change": NaturalChange,
}
# A change of a family is not measured against standards, so it reads fewer values.
VALUES_READ = {"natural_change": 10}
ROOT = Path(__file__).parents[2]
VILLAGE = "433124110226"
ALL = shelf().all()
SOURCES = set(
    re.findall(r"^\| (\w+) \|", (ROOT / "docs/sources.md").read_text("utf-8"), re.M)
)
GATES = [getattr(gates, name) for name in gates.__all__ if name not in {"Gate", "gate"}]
GATE_FILES = sorted((ROOT / "procedures/gates").glob("*.py"))

# What every step's `required` says, written by hand: the order of the statute.
REQUIRED = {
    "household_identification-hunan-2014": (
        "apply appraise examine post_first close_first township_review post_second"
        " close_second recheck announce register"
    ),
    "household_identification-hunan-2016": (
        "apply verify compare appraise examine post_first close_first township_review"
        " post_second close_second approve announce register"
    ),
    "household_identification-hunan-2017": (
        "apply nominate verify compare appraise examine post_first close_first"
        " township_review post_second close_second recheck approve announce register"
    ),
    "household_exit-hunan-2016": (
        "verify appraise confirm consent post_village close_village township_review"
        " recheck approve announce delist"
    ),
    "household_exit-hunan-2017": (
        "propose verify appraise confirm consent post_village close_village"
        " township_review post_township close_township recheck approve announce delist"
    ),
    "household_removal-xiangxi-2016": (
        "analyse investigate notify appraise post_village close_village township_review"
        " report approve announce remove"
    ),
    "household_removal-hunan-2017": (
        "analyse investigate notify appraise post_village close_village township_review"
        " report approve announce remove"
    ),
    "natural_change-hunan-2014": "declare verify township_review enter",
}


@pytest.mark.parametrize("book", ALL, ids=lambda book: book.slug)
def test_file_name_is_the_slug_and_summary_says_why_these_dates(book: Rulebook) -> None:
    assert (BOOKS / f"{book.slug}.toml").read_text("utf-8") == book.text
    assert "起算" in book.summary


@pytest.mark.parametrize("book", ALL, ids=lambda book: book.slug)
def test_required_steps_are_those_of_the_law(book: Rulebook) -> None:
    required = [name for name in book.steps if book.requires(name)]

    assert required == REQUIRED[book.slug].split()


@pytest.mark.parametrize("book", ALL, ids=lambda book: book.slug)
def test_steps_are_exactly_those_of_the_procedure_in_order(book: Rulebook) -> None:
    assert list(book.steps) == [step.name for step in steps(book)]


@pytest.mark.parametrize("book", ALL, ids=lambda book: book.slug)
def test_every_source_is_listed(book: Rulebook) -> None:
    cited = {value.source for value in book.values.values()}
    cited |= {step.source for step in book.steps.values()}
    cited |= {step.days_due_source for step in book.steps.values()} - {""}

    assert {book.source, *cited} - SOURCES == set()


@pytest.mark.parametrize("book", ALL, ids=lambda book: book.slug)
def test_what_is_ours_is_marked_assumed(book: Rulebook) -> None:
    ours = [rule for rule in book.steps.values() if rule.days_due_source == "D1"]

    assert ours
    assert {rule.days_due_grade for rule in ours} == {Grade.ASSUMED}


@pytest.mark.parametrize("book", ALL, ids=lambda book: book.slug)
def test_every_value_a_gate_of_the_procedure_reads_is_there(book: Rulebook) -> None:
    gates_of = {gate for step in steps(book) for gate in step.gates}
    read = {key for gate in gates_of for key in keys_read(gate)}

    assert len(read) >= VALUES_READ.get(book.procedure, 20)
    assert read - set(book.values) == set()


@pytest.mark.parametrize("book", ALL, ids=lambda book: book.slug)
def test_steps_that_have_a_value_of_their_own_exist(book: Rulebook) -> None:
    own = [key.split("_at_", 1)[1] for key in book.values if "_at_" in key]

    assert [step for step in own if step not in book.steps] == []


@pytest.mark.parametrize("book", ALL, ids=lambda book: book.slug)
def test_who_appraises_is_said_for_every_appraisal(book: Rulebook) -> None:
    asking = {step.name for step in steps(book) if gates.meeting_recorded in step.gates}

    assert {f"bodies_at_{step}" for step in asking} <= set(book.values)


@pytest.mark.parametrize("book", ALL, ids=lambda book: book.slug)
def test_shares_drawn_are_said_for_every_check(book: Rulebook) -> None:
    asking = {step.name for step in steps(book) if gates.sample_drawn in step.gates}

    assert {f"sample_rate_at_{step}" for step in asking} <= set(book.values)


@pytest.mark.parametrize("book", ALL, ids=lambda book: book.slug)
def test_steps_that_words_name_exist(book: Rulebook) -> None:
    keys = {"visit_steps", "visits_before_appraisal"} & set(book.values)
    words = {word for key in keys for word in book.words(key)}

    assert words <= set(book.steps)


@pytest.mark.parametrize(
    ("procedure", "first"),
    [
        ("household_identification", date(2014, 1, 1)),
        ("household_exit", date(2016, 4, 29)),
        ("household_removal", date(2016, 1, 1)),
        ("natural_change", date(2014, 1, 1)),
    ],
)
def test_no_day_without_a_rulebook_until_the_end_of_2020(
    procedure: str, first: date
) -> None:
    days = (date(2020, 12, 31) - first).days + 1
    gaps = [
        first + timedelta(days=n)
        for n in range(days)
        if isinstance(
            shelf().in_force(procedure, VILLAGE, first + timedelta(days=n)), Refusal
        )
    ]

    assert gaps == []


@pytest.mark.parametrize("on", [date(2016, 4, 28), date(2021, 1, 1)])
def test_outside_these_years_the_refusal_names_the_books(on: date) -> None:
    refusal = shelf().in_force("household_exit", VILLAGE, on)

    assert isinstance(refusal, Refusal)
    assert "退出·湖南2016版（2016-04-29至2016-12-31）" in str(refusal)


@pytest.mark.parametrize(
    ("year", "line"),
    [
        (2014, 2736),
        (2016, 2952),
        (2017, 3026),
        (2018, 3200),
        (2019, 3400),
        (2020, 4000),
    ],
)
def test_hunans_lines_are_those_of_the_provincial_office(year: int, line: int) -> None:
    books = [book for book in ALL if "income_line" in book.values]
    found = {book.line("income_line", year) for book in books}

    assert found - {None} == {line}


@pytest.mark.parametrize("event", FamilyEvent)
def test_every_kind_of_change_has_evidence_that_is_taken(event: FamilyEvent) -> None:
    (book,) = shelf().all("natural_change")

    assert event in book.words("events")
    assert book.words(f"evidence_{event.value}")


def test_gates_hold_no_number_of_law() -> None:
    numbers = [
        f"{file.name}:{node.lineno}: {node.value!r}"
        for file in GATE_FILES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and has_number(node, file)
    ]

    assert numbers == []


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.__name__)
def test_every_gate_says_what_it_refuses_and_on_what_source(gate: gates.Gate) -> None:
    words = inspect.getdoc(gate) or ""
    named_codes = set(re.findall(r"\w+", words.partition("Refuses:")[2]))
    cited = set(re.findall(r"\b[SLHNPQ]\d+[a-z]?\b", words.partition("Source:")[2]))

    assert cited
    assert cited <= SOURCES
    assert codes_of(gate) <= named_codes


def test_gates_need_only_what_somebody_loads_and_nothing_is_loaded_in_vain() -> None:
    assert needs_of(GATES) == set(LOADERS)


def test_all_says_every_gate_once() -> None:
    assert sorted(set(gates.__all__)) == sorted(gates.__all__)


def steps(book: Rulebook) -> tuple[Step, ...]:
    return steps_of(CASES[book.procedure])


def keys_read(function: Any, seen: frozenset[str] = frozenset()) -> set[str]:
    """Return the keys a gate asks its rulebook for, helpers included."""
    source = inspect.getsource(function)
    found = set(
        re.findall(
            r'rulebook(?:\[|\.(?:whole|flag|words|fraction|line)\()"(\w+)"', source
        )
    )
    found |= set(re.findall(r'key_at\(rulebook, "(\w+)"', source)) - {
        "bodies",
        "sample_rate",
    }
    for word in set(re.findall(r"\w+", source)) - seen - {function.__name__}:
        helper = function.__globals__.get(word)
        if inspect.isfunction(helper) and "gates" in helper.__module__:
            found |= keys_read(helper, seen | {word, function.__name__})
    return found


def codes_of(gate: gates.Gate) -> set[str]:
    source = inspect.getsource(gate)
    return set(re.findall(r'refuse\(\s*"(\w+)"', source))


def has_number(node: ast.Constant, file: Path) -> bool:
    """Numbers, and digits in sentences; docstrings cite articles and may."""
    if isinstance(node.value, str):
        return bool(re.search(r"\d", node.value)) and node.value not in docs(file)
    return isinstance(node.value, int | float) and not isinstance(node.value, bool)


def docs(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            yield ast.get_docstring(node, clean=False) or ""
