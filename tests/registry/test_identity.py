"""The identity number: reading, sealing, finding."""

from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from registry.identity import (
    IdNumber,
    blind_index,
    check_digit,
    mask,
    parse_id,
    seal,
    unseal,
)
from registry.refusals import Refusal

VALID = "11010519491231002X"  # the example of GB 11643 itself

numbers = st.builds(
    lambda day, sequence: f"433124{day:%Y%m%d}{sequence:03d}",
    st.dates(date(1900, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
).map(lambda body: body + check_digit(body))


@pytest.mark.parametrize(
    "text",
    [
        VALID,
        "11010519491231002x",
        " 110105 19491231 002X ",
        "110105-19491231-002X",
        "\uff11\uff11\uff10\uff11\uff10\uff15\uff11\uff19\uff14\uff19\uff11\uff12"
        "\uff13\uff11\uff10\uff10\uff12\uff38",
        "\u300011010519491231002\uff58",
        "\ufeff11010519491231002X\u200b",
    ],
)
def test_a_number_is_read_however_it_was_typed(text: str) -> None:
    assert parse_id(text) == IdNumber(VALID)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "id_shape"),
        ("110105491231002", "id_shape"),
        ("11010519491231002XX", "id_shape"),
        ("1101051949123100XX", "id_shape"),
        ("11010519491231002\u0664", "id_shape"),
        ("99010519491231002X", "id_region"),
        ("110105194902310021", "id_birth"),
        ("110105187912310021", "id_birth"),
        ("110105194912310021", "id_check_digit"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(text: str, code: str) -> None:
    refusal = parse_id(text)

    assert isinstance(refusal, Refusal)
    assert refusal.code == code


def test_a_number_tells_region_birth_and_sex() -> None:
    number = IdNumber(VALID)

    assert (number.region, number.birth, number.sex) == (
        "110105",
        date(1949, 12, 31),
        "2",
    )


def test_a_number_never_prints_itself() -> None:
    shown = "110105************"

    assert str(IdNumber(VALID)) == mask(VALID) == IdNumber(VALID).masked == shown
    assert repr(IdNumber(VALID)) == f"IdNumber({shown})"


@given(numbers)
def test_every_made_number_is_accepted(number: str) -> None:
    assert parse_id(number) == IdNumber(number)


@given(numbers, st.integers(0, 17), st.integers(1, 9))
def test_any_one_wrong_digit_is_caught(number: str, at: int, shift: int) -> None:
    alphabet = "0123456789X" if at == 17 else "0123456789"
    wrong = alphabet[(alphabet.index(number[at]) + shift) % len(alphabet)]

    assert isinstance(parse_id(number[:at] + wrong + number[at + 1 :]), Refusal)


@given(numbers, st.integers(0, 16))
def test_any_two_swapped_neighbours_are_caught(number: str, at: int) -> None:
    one, other = number[at], number[at + 1]
    swapped = number[:at] + other + one + number[at + 2 :]

    assert one == other or isinstance(parse_id(swapped), Refusal)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_what_is_sealed_can_be_unsealed(text: str) -> None:
    assert unseal(seal(text)) == text


def test_nothing_is_sealed_as_nothing() -> None:
    assert seal("") == unseal("") == ""


def test_a_sealed_number_cannot_be_read() -> None:
    assert VALID not in seal(VALID)


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert seal(VALID) != seal(VALID)


def test_an_altered_seal_is_not_opened() -> None:
    sealed = seal(VALID)
    altered = sealed[:-5] + ("A" if sealed[-5] != "A" else "B") + sealed[-4:]

    with pytest.raises(InvalidTag):
        unseal(altered)


def test_another_key_does_not_open(settings: Settings) -> None:
    sealed = seal(VALID)
    settings.FIELD_KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="

    with pytest.raises(InvalidTag):
        unseal(sealed)


def test_the_index_finds_a_number_however_it_was_typed() -> None:
    assert blind_index(" 11010519491231002x") == blind_index(VALID)
    assert len(blind_index(VALID)) == 64


def test_the_index_depends_on_its_key(settings: Settings) -> None:
    before = blind_index(VALID)
    settings.INDEX_KEY = "another-key-for-the-index"

    assert blind_index(VALID) != before
