"""Free text: what nobody sees goes, what somebody wrote stays."""

import pytest
from django import forms

from registry.refusals import Refusal
from registry.texts import TextField, tidy, unprintable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("三组 石㛃，5000.00元", "三组 石㛃，5000.00元"),
        ("一行\r\n二行\r三行\u2028四行", "一行\n二行\n三行\n四行"),
        ("表\t格", "表 格"),
        ("\u202e倒写\u202c", "倒写"),
        ("零\u200b宽\ufeff度\u2060符", "零宽度符"),
        ("控\x00制\x1b字\x85符", "控制字\n符"),
        ("软\u00ad连字", "软连字"),
        ("空\u3164白\u115f填充", "空白填充"),
        ("异体\ufe00字\U000e0100", "异体字"),
        ("王\ue863", "王䶮"),
        ("\ue81e\ue864", "\u9fb4\u9fbb"),
        ("e\u0301", "\u00e9"),
        ("", ""),
    ],
)
def test_a_text_is_tidied(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@pytest.mark.parametrize("typed", ["石\u202e春\r\n\ue863", "abc", "\ud800"])
def test_tidying_twice_changes_nothing_more(typed: str) -> None:
    assert tidy(tidy(typed)) == tidy(typed)


@pytest.mark.parametrize(
    ("text", "code"),
    [("坏\ud800字", "text_broken"), ("自造\ue000字", "text_private_use")],
)
def test_what_no_paper_can_show_is_refused(text: str, code: str) -> None:
    refusal = unprintable(tidy(text))

    assert isinstance(refusal, Refusal)
    assert refusal.code == code


def test_the_private_character_is_named_by_its_number() -> None:
    refusal = unprintable("\ue000")

    assert refusal
    assert "自造字（U+E000）" in refusal.text


def test_a_field_judges_the_length_after_cleaning() -> None:
    field = TextField(max_length=3)

    assert field.clean(" 好\u200b\u200b\u200b的 ") == "好的"
    with pytest.raises(forms.ValidationError):
        field.clean("好" * 4)


def test_a_field_with_nothing_but_unseen_characters_is_empty() -> None:
    with pytest.raises(forms.ValidationError, match=r"required|必填|必须"):
        TextField().clean("\u200b\u202e")


@pytest.mark.parametrize("typed", ["\ud800", "\ue000"])
def test_a_field_refuses_with_a_clear_sentence(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"损坏|自造字"):
        TextField().clean(typed)
