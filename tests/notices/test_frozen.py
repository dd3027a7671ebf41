"""A paper's facts are checked key by key before they are frozen."""

from typing import Any

import pytest

from notices import frozen, kinds
from notices.contexts import CONTEXTS
from notices.frozen import NotAllowed
from tests.notices.contexts import context


def test_every_kind_has_a_structure_and_a_template() -> None:
    assert set(CONTEXTS) == set(kinds.KINDS)


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_a_full_context_is_allowed(kind: str) -> None:
    assert frozen.checked(kind, context(kind))


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_an_unknown_key_is_refused(kind: str) -> None:
    with pytest.raises(NotAllowed, match="unknown"):
        frozen.checked(kind, {**context(kind), "id_number": "x"})


@pytest.mark.parametrize("kind", sorted(kinds.KINDS))
def test_a_missing_key_is_refused(kind: str) -> None:
    facts = context(kind)
    del facts["issuer_name"]

    with pytest.raises(NotAllowed, match="missing"):
        frozen.checked(kind, facts)


@pytest.mark.parametrize("kind", sorted(kinds.PUBLIC_KINDS))
@pytest.mark.parametrize(
    "more", [{"phone": "1"}, {"cause": "因病"}, {"id_masked": "4331"}, {"income": 1}]
)
def test_a_public_row_carries_group_head_and_size_only(
    kind: str, more: dict[str, Any]
) -> None:
    facts = context(kind)
    facts["rows"][0] |= more

    with pytest.raises(NotAllowed):
        frozen.checked(kind, facts)


@pytest.mark.parametrize("number", ["433124197106210011", "13812345678"])
def test_a_personal_number_in_an_allowed_field_is_refused(number: str) -> None:
    facts = context("first_publicity")
    facts["rows"][0]["head"] = f"石春分{number}"

    with pytest.raises(NotAllowed, match="number of a person"):
        frozen.checked("first_publicity", facts)


@pytest.mark.parametrize(
    ("key", "value"), [("rows", {}), ("period_days", "7"), ("rows", ["x"])]
)
def test_a_value_of_another_type_is_refused(key: str, value: object) -> None:
    with pytest.raises(NotAllowed):
        frozen.checked("first_publicity", {**context("first_publicity"), key: value})


def test_a_float_is_no_amount() -> None:
    with pytest.raises(NotAllowed):
        frozen.freeze(1.5)


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    facts = frozen.checked("minutes", context("minutes"))
    turned = dict(reversed(facts.items()))

    assert frozen.digest(facts) == frozen.digest(turned)


def test_the_objector_is_no_field_of_a_paper() -> None:
    facts = {**context("objection_record"), "objector": "麻谷雨"}

    with pytest.raises(NotAllowed):
        frozen.checked("objection_record", facts)
