"""Cleaning of names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.names import LONGEST_NAME, clean_name, from_private_use
from registry.refusals import Refusal


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("石春生", "石春生"),
        ("石\u3000三", "石三"),
        (" 石 春 生 ", "石春生"),
        ("石\u202e春\u200b生\ufeff", "石春生"),
        ("石春生\x00\t", "石春生"),
        ("葛\U000e0100城", "葛城"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("John  Smith", "John Smith"),
        ("石㛃生", "石㛃生"),
        ("龙𬱖", "龙𬱖"),
        ("\U00031350某", "\U00031350某"),
        ("〇某", "〇某"),
        ("李\ue863", "李䶮"),
        ("王\ue816", "王𠂇"),
        ("王\ue81e", "王龴"),
        ("\uf9d1", "六"),
    ],
)
def test_a_name_is_stored_as_it_is_printed(text: str, name: str) -> None:
    assert clean_name(text) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "name_empty"),
        (" \u3000\u200b", "name_empty"),
        ("··", "name_empty"),
        ("石" * 51, "name_long"),
        ("石" * 5000, "name_long"),
        ("石\ud800", "name_broken"),
        ("石\ue000", "name_private_use"),
        ("石3", "name_character"),
        ("=石", "name_character"),
        ("石<b>", "name_character"),
        ("石（大）", "name_character"),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(text: str, code: str) -> None:
    refusal = clean_name(text)

    assert isinstance(refusal, Refusal)
    assert refusal.code == code


def test_every_private_character_of_gbk_becomes_an_encoded_one() -> None:
    block = "".join(map(chr, range(0xE815, 0xE865)))

    mended = from_private_use(block)

    assert not any(0xE000 <= ord(c) <= 0xF8FF for c in mended)
    assert len(set(mended)) == len(block)


@given(st.text(max_size=80))
def test_a_cleaned_name_stays_as_it_is(text: str) -> None:
    name = clean_name(text)

    if isinstance(name, str):
        assert clean_name(name) == name
        assert 0 < len(name) <= LONGEST_NAME
