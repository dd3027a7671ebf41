"""The demonstration: built once, everybody can log in, the ledger agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker, Settings

from notices.models import Objection, Paper
from permissions.models import Officer
from permissions.posts import Post
from procedures.demo import cast
from procedures.demo.build import TRAINING_DAY, log_ins
from registry.codes import Standing
from registry.models import Household
from workflows import clock
from workflows.models import Batch, Entry
from workflows.replay import differences


@pytest.fixture(scope="module")
def said(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Build the demonstration once for all tests, and take it away again."""
    fitting = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("demo"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with fitting, django_db_blocker.unblock(), transaction.atomic():
        yield run()
        transaction.set_rollback(True)


def run() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def shape() -> dict[str, int]:
    models = (Officer, Household, Batch, Entry, Paper, Objection)
    return {model.__name__: model.objects.count() for model in models}


@pytest.mark.django_db
def test_the_clock_stands_in_november_2018(said: str) -> None:
    assert clock.today() == TRAINING_DAY == date(2018, 11, 5)
    assert "2018-11-05" in said


@pytest.mark.django_db
def test_a_second_call_changes_nothing(said: str) -> None:
    before = shape()

    assert "不再生成" in run()
    assert shape() == before


@pytest.mark.django_db
def test_three_villages_have_sixty_households_half_of_them_registered(
    said: str,
) -> None:
    assert Household.objects.values("place").distinct().count() == 3
    standings = Counter(Household.objects.values_list("status", flat=True))
    assert sum(standings.values()) == 60
    assert standings[Standing.REGISTERED] == 32
    assert Household.objects.filter(head_name__in=["石㛃生", "龙𬱖"]).count() == 6


@pytest.mark.django_db
def test_every_post_is_held_and_its_holder_logs_in(said: str) -> None:
    posts = {role.post for role in cast.roles()}
    assert posts == set(Post)
    for one in log_ins():
        assert Client().login(username=one.username, password=cast.LOG_IN_WITH), one


@pytest.mark.django_db
def test_the_lists_stand_where_the_script_leaves_them(said: str) -> None:
    found = Batch.objects.values_list("procedure", "place_id", "step")
    assert Counter(found) == Counter(
        [
            ("household_identification", "433124110226", "appraise"),
            ("household_exit", "433124110226", "close_village"),
            ("household_exit", "433124110225", "close_township"),
            ("household_exit", "433124110225", "verify"),
            ("household_identification", "433124110225", "compare"),
            ("household_identification", "433123112202", "recheck"),
            ("household_exit", "433123112202", "approve"),
            ("household_identification", "433124110225", ""),
            ("natural_change", "433124110226", "township_review"),
            ("natural_change", "433124110226", "declare"),
            ("household_removal", "433124110225", "notify"),
        ]
    )
    assert Objection.objects.get().is_open
    assert Batch.objects.get(parent__isnull=False).cases.count() == 2


@pytest.mark.django_db
def test_nothing_happened_after_the_day_and_the_ledger_agrees(said: str) -> None:
    assert Entry.objects.filter(at__date__gte=TRAINING_DAY).count() == 0
    assert Batch.objects.filter(clock_until__lt=TRAINING_DAY).count() == 0
    assert list(differences()) == []


@pytest.mark.django_db
def test_every_paper_is_marked_as_training(said: str) -> None:
    assert Paper.objects.count() > 20
    assert not Paper.objects.filter(training=False).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [{"PRODUCTION": True}, {"TRAINING": False}])
def test_production_gets_no_demonstration(
    settings: Settings, fault: dict[str, bool]
) -> None:
    for name, value in fault.items():
        setattr(settings, name, value)

    with pytest.raises(CommandError, match="生产"):
        call_command("demo")
