"""The year 2016 at one five-hundredth: stopped, gone on with, and equal to the plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from notices.models import Objection
from permissions.models import Appointment, Officer
from permissions.posts import Post
from procedures.models import SignOff
from procedures.rehearsal.year_2016 import peopling
from procedures.rehearsal.year_2016.measures import Measures
from procedures.rehearsal.year_2016.plan import Plan, plan
from procedures.rehearsal.year_2016.running import prepare
from procedures.rehearsal.year_2016.script import REMOVAL
from procedures.rehearsal.year_2016.turns import turn
from procedures.rehearsal.year_2016.village import Village
from registry.codes import Standing
from registry.models import Household
from workflows.models import Batch, Checkpoint, Entry

SMALL = 389
COUNTIES = {
    "吉首市": 33,
    "泸溪县": 52,
    "凤凰县": 54,
    "花垣县": 44,
    "保靖县": 34,
    "古丈县": 32,
    "永顺县": 60,
    "龙山县": 75,
}
Told = dict[str, Any]


@pytest.fixture(scope="module")
def told(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Told]:
    """Play half a stage of one village, stop, and let the command go on with it."""
    fitting = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("replay"))
    with fitting, django_db_blocker.unblock(), transaction.atomic():
        stop_early(plan(SMALL))
        yield run("--scale", "1/500")
        transaction.set_rollback(True)


def stop_early(planned: Plan) -> None:
    first = planned.villages[0]
    prepare(planned)
    peopling.people(first, 2016)
    village = Village(first, Measures())
    for _n in range(3):
        turn(village, village.lists(REMOVAL).get())


def run(*arguments: str) -> Told:
    out, bar = StringIO(), StringIO()
    call_command("replay_2016", *arguments, "--json", stdout=out, stderr=bar)
    assert "8/8" in bar.getvalue()
    return json.loads(out.getvalue())


def shape() -> list[int]:
    models = (Officer, Appointment, Household, Batch, Entry, Checkpoint)
    return [model.objects.count() for model in models]


@pytest.mark.django_db
def test_every_figure_is_the_scaled_one_of_the_document(told: Told) -> None:
    found = {check["about"]: check["found"] for check in told["checks"]}

    assert {name: found[f"{name}脱贫人数"] for name in COUNTIES} == COUNTIES
    assert (found["上报脱贫人数"], found["全州脱贫人数"]) == (487, 384)
    assert (found["清退户数"], found["清退人数"]) == (30, 111)
    assert (found["地区页纳入户数"], found["纳入人数"]) == (26, 96)
    assert (found["建档立卡户数"], found["建档立卡人数"]) == (389, 1463)
    assert all(check["expected"] == check["found"] for check in told["checks"])


@pytest.mark.django_db
def test_everything_that_goes_otherwise_has_happened(told: Told) -> None:
    assert told["events"]["recall"] == 1
    assert {"objection", "hold", "return", "refuse", "acting"} <= set(told["events"])
    assert all(told["events"].values())
    assert SignOff.objects.filter(refused=True).exists()
    upheld = Objection.objects.filter(outcome="upheld")
    assert (Objection.objects.count(), upheld.count()) == (4, 1)


@pytest.mark.django_db
def test_acts_are_measured_desk_by_desk(told: Told) -> None:
    total = told["total"]

    assert sum(row["case_steps"] for row in told["desks"]) == total["case_steps"]
    assert total["acts"] > 300
    assert total["per_s_in_acts"] > 0
    assert told["memory_mb"][0][1] - told["memory_mb"][0][0] < 100


@pytest.mark.django_db
def test_a_second_call_plays_nothing_and_compares_again(told: Told) -> None:
    before = shape()

    again = run("--households", str(SMALL))

    assert shape() == before
    assert again["checks"] == told["checks"]
    assert (again["desks"], again["total"]["acts"]) == ([], 0)


@pytest.mark.django_db
def test_an_acting_official_signs_for_the_member_of_the_committee(told: Told) -> None:
    acting = Appointment.objects.get(acting_for__isnull=False)

    signed = Entry.objects.filter(actor=acting.officer)

    assert acting.held is Post.VILLAGE_COMMITTEE
    assert signed.filter(batch__procedure="household_exit").exists()
    assert not signed.exclude(batch__procedure="household_exit").exists()


@pytest.mark.django_db
def test_nobody_can_log_in_as_one_of_them(told: Told) -> None:
    assert not any(o.has_usable_password() for o in Officer.objects.all())


@pytest.mark.django_db
def test_a_wrong_figure_is_told_and_fails(told: Told) -> None:
    home = Household.objects.filter(status=Standing.EXITED).first()
    Household.objects.filter(pk=home.pk).update(status=Standing.REGISTERED)

    with pytest.raises(CommandError, match="地区页脱贫户数"):
        run("--households", str(SMALL))


@pytest.mark.django_db
@pytest.mark.parametrize("households", ["400", "199"])
def test_another_size_does_not_go_on_with_it(told: Told, households: str) -> None:
    with pytest.raises(CommandError):
        run("--households", households)


@pytest.mark.django_db
def test_a_database_in_use_is_left_alone() -> None:
    Officer.objects.create_user("longxian")

    with pytest.raises(CommandError, match="空库"):
        call_command("replay_2016", "--households", "200")


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [{"PRODUCTION": True}, {"TRAINING": False}])
def test_production_replays_nothing(settings: Settings, fault: dict[str, bool]) -> None:
    for name, value in fault.items():
        setattr(settings, name, value)

    with pytest.raises(CommandError, match="生产"):
        call_command("replay_2016")


@pytest.mark.django_db
@pytest.mark.parametrize("workers", [0, 2])
def test_sqlite_takes_one_process(workers: int) -> None:
    if connection.vendor != "sqlite" and workers:
        pytest.skip("several processes are welcome there")
    with pytest.raises(CommandError, match="workers"):
        call_command("replay_2016", workers=workers)
