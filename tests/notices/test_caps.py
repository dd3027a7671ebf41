"""What is beyond every paper is not laid out, and its act stands."""

from time import process_time
from typing import Any

import pytest

from notices import frozen
from notices.press import Unrendered, caps
from notices.press.render import render_pdf
from tests.notices.contexts import AT, context

LONG = "石" * (caps.LONGEST_TEXT + 1)


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"head": LONG}, "head"),
        ({"rows": [{"head": LONG}]}, "rows.head"),
        ({"rows": [{}] * (caps.LONGEST_LIST + 1)}, "rows"),
    ],
)
def test_too_much_is_named_by_field_and_size_only(facts: Any, where: str) -> None:
    with pytest.raises(caps.TooMuch) as error:
        caps.hold(facts)

    assert str(error.value).startswith(f"{where}: ")
    assert "石" not in str(error.value)


def test_what_forms_allow_passes() -> None:
    caps.hold({"content": "石" * 2000, "rows": [{"size": 3}] * 2000, "phone": None})


def test_a_name_of_many_thousand_characters_is_refused_at_once() -> None:
    facts = frozen.checked("minutes", context("minutes", 1) | {"village": LONG})
    before = process_time()

    with pytest.raises(Unrendered, match="village: 4001 > 4000"):
        render_pdf("minutes", facts, number="1号", code="A" * 16, issued_at=AT)
    assert process_time() - before < 0.5
