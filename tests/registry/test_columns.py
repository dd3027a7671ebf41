"""The catalogue of columns: 53 and 47, each found by its header, each with a home."""

from collections import Counter
from dataclasses import fields
from decimal import Decimal

import pytest
from django.utils import translation

from registry import columns
from registry.columns import Column, Home, Kind, Subject
from registry.columns.relations import WORDS, keeps, word_of
from registry.drafts import HouseholdDraft, MemberDraft
from registry.kinship import Relation

ALL = {**columns.HOUSEHOLD, **columns.PERSON}


def test_the_two_sheets_have_the_columns_of_the_national_system() -> None:
    assert (len(columns.HOUSEHOLD_COLUMNS), len(columns.PERSON_COLUMNS)) == (53, 47)


def test_a_header_names_one_column() -> None:
    names = Counter(name for column in ALL.values() for name in column.names)

    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("column", ALL.values(), ids=ALL)
def test_a_column_of_the_register_is_one_of_its_drafts(column: Column) -> None:
    draft = HouseholdDraft if column.subject is Subject.HOUSEHOLD else MemberDraft
    known = {f.name for f in fields(draft)}

    assert (column.home is Home.REGISTER) == (column.field in known)


def test_cards_phones_and_certificates_are_sealed() -> None:
    sealed = {c.kind for c in ALL.values() if c.is_sealed}

    assert sealed == {Kind.ID_NUMBER, Kind.ACCOUNT, Kind.PHONE}


@pytest.mark.parametrize(
    ("name", "value", "kept", "written"),
    [
        ("wage_income", Decimal("1200.50"), "1200.5", "1200.5"),
        ("wage_income", Decimal("1E+2"), "100", "100"),
        ("water_safe", True, True, "是"),
        (
            "other_causes",
            ("illness", "no_land"),
            ["illness", "no_land"],
            "因病、缺土地",
        ),
        ("housing_grade", "C", "C", "C级"),
        ("fuel", "柴草", "柴草", "柴草"),
    ],
)
def test_a_value_is_kept_plainly_and_written_in_words(
    name: str, value: object, kept: object, written: str
) -> None:
    plain = columns.plain(value)

    assert (plain, columns.written(ALL[name], plain)) == (kept, written)


def test_words_of_sheets_stay_chinese_for_an_english_reader() -> None:
    with translation.override("en"):
        assert columns.written(ALL["nationality"], "06") == "苗族"
        assert columns.vocabulary(ALL["sex"])["女"] == "2"


@pytest.mark.parametrize("word", WORDS)
def test_every_relation_word_is_read_as_a_relation(word: str) -> None:
    assert columns.vocabulary(ALL["relation"])[word] == WORDS[word][0].value


@pytest.mark.parametrize("code", Relation.values)
def test_a_relation_written_and_read_again_undoes_nothing(code: str) -> None:
    assert keeps(code, columns.vocabulary(ALL["relation"])[word_of(code)])


def test_another_relation_is_another() -> None:
    assert not keeps(Relation.SON_1, Relation.DAUGHTER)


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("id_number", "433124195001011234", "433124************"),
        ("bank_card", "6217000012345678", "6217************"),
        ("fuel", "柴草", "柴草"),
    ],
)
def test_what_is_sealed_is_shown_masked(name: str, text: str, shown: str) -> None:
    assert columns.masked(ALL[name], text) == shown
