"""Many rows in one statement are the rows that were given."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from registry.models import Change, ChangeKind, Household, Opening
from registry.rows import add_rows
from tests.registry.factories import household

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def officer() -> AbstractBaseUser:
    return get_user_model().objects.create(username="lu", full_name="卢青")


def change(of: Household, **columns: Any) -> Change:
    row = {"on": date(2018, 2, 28), "kind": ChangeKind.MEMBER_ADDED, **columns}
    return Change(household=of, **row)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"person": None, "by": None, "reason": ""},
        {
            "before": {"name": '石"春\\生\n'},
            "after": {"causes": ["因病", None, 1.5, True]},
        },
        {"reason": "𬱖’s “引号”；DROP TABLE"},
    ],
)
def test_a_row_reads_back_as_it_was_given(told: dict[str, Any]) -> None:
    given = change(household(), **told)
    before = set(Change.objects.values_list("pk", flat=True))
    add_rows([given])

    found = Change.objects.exclude(pk__in=before).get()
    for name in ("household_id", "person_id", "by_id", "on", "kind", "reason"):
        assert getattr(found, name) == getattr(given, name)
    assert (found.before, found.after) == (given.before, given.after)
    assert found.recorded_at is not None


def test_an_instant_keeps_its_microseconds(officer: AbstractBaseUser) -> None:
    at = datetime(2018, 11, 12, 16, 0, 0, 123457, tzinfo=UTC)
    add_rows(
        [Opening(household=household(), officer=officer, what="x", reason="r", at=at)]
    )

    assert Opening.objects.get().at == at


def test_fifty_rows_are_one_statement() -> None:
    home = household()
    with CaptureQueriesContext(connection) as sent:
        add_rows([change(home) for _ in range(50)])

    assert len([q for q in sent if q["sql"].startswith("INSERT")]) == 1
    assert Change.objects.filter(household=home, reason="").count() == 51


def test_no_rows_are_no_statement() -> None:
    with CaptureQueriesContext(connection) as sent:
        add_rows([])

    assert len(sent) == 0


@pytest.mark.parametrize("wrong", [{"kind": "unheard_of"}, {"reason": "长" * 201}])
def test_a_row_the_table_refuses_adds_none(wrong: dict[str, Any]) -> None:
    home = household()
    if connection.vendor == "sqlite" and "reason" in wrong:
        pytest.skip("SQLite knows no lengths")
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        add_rows([change(home), change(home, **wrong)])

    assert Change.objects.filter(household=home).count() == 1
