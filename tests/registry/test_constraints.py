"""What the database itself never lets be false."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from registry import triggers
from registry.kinship import Relation
from registry.models import Change, Household, Person, Place
from registry.models.record import AppendOnlyError
from tests.registry.factories import VILLAGE, household

pytestmark = pytest.mark.usefixtures("places")


def refused(model: type, pk: object, columns: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            model.objects.filter(pk=pk).update(**columns)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "columns",
    [
        {"until": date(2014, 3, 31)},
        {"registered_on": date(2016, 1, 1), "exited_on": date(2015, 1, 1)},
        {"place_id": "433124110000"},
        {"status": "rich"},
        {"attribute": "99"},
        {"main_cause": "laziness"},
        {"housing_grade": "E"},
        {"farmland_mu": -1},
    ],
)
def test_a_household_cannot_be(columns: dict[str, Any]) -> None:
    assert refused(Household, household().pk, columns)


@pytest.mark.parametrize(
    "columns",
    [
        {"left_on": date(2014, 3, 31)},
        {"birth": date(2014, 4, 2)},
        {"sex": "3"},
        {"relation": "00"},
    ],
)
def test_a_member_cannot_be(columns: dict[str, Any]) -> None:
    assert refused(Person, household().head.pk, columns)


@pytest.mark.parametrize(
    "columns",
    [
        {"valid_to": date(2013, 12, 31)},
        {"level": "street"},
        {"parent": None},
    ],
)
def test_a_place_cannot_be(columns: dict[str, Any]) -> None:
    assert refused(Place, VILLAGE, columns)


def test_a_household_has_one_present_head_and_one_present_spouse() -> None:
    home = household()
    wife = home.members.get(relation=Relation.WIFE)

    assert refused(Person, wife.pk, {"relation": Relation.HEAD})
    assert refused(Person, home.head.pk, {"relation": Relation.SPOUSE})
    assert not refused(
        Person, wife.pk, {"relation": Relation.HEAD, "left_on": date(2015, 1, 1)}
    )


def test_one_person_is_present_once() -> None:
    one, other = household(), household()
    index = one.head.id_index

    assert refused(Person, other.head.pk, {"id_index": index})
    assert not refused(
        Person, other.head.pk, {"id_index": index, "left_on": date(2015, 1, 1)}
    )


def test_a_change_is_written_once() -> None:
    change = household().changes.get()

    with pytest.raises(AppendOnlyError):
        change.save()
    with pytest.raises(AppendOnlyError):
        change.delete()
    with pytest.raises(AppendOnlyError):
        Change.objects.update(reason="x")
    with pytest.raises(AppendOnlyError):
        Change.objects.all().delete()


def test_the_database_itself_refuses_to_rewrite_a_change() -> None:
    household()

    with (
        pytest.raises(DatabaseError, match="append-only"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE registry_change SET reason = 'x'")


def test_a_lost_trigger_is_reported() -> None:
    on = " ON registry_change" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER registry_change_closed{on}")

    warnings = triggers.triggers_present(None, databases=["default"])

    assert [w.id for w in warnings] == ["registry.W001"]
    triggers.install()
    assert triggers.triggers_present(None, databases=["default"]) == []
