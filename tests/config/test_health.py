"""Machines hear one word; the keeper hears which thing is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django_tasks_db.models import DBTaskResult

from config import health
from config.health import LATE, findings
from tests.world import World
from workflows import clock, heartbeat
from workflows.models import Entry
from workflows.witness import checkpoints


def answer(client: Client, address: str) -> tuple[int, str]:
    response = client.get(f"/health/{address}")
    return response.status_code, response.content.decode().strip()


def worked() -> None:
    """Let clock and worker do their turn."""
    heartbeat.send()
    call_command("db_worker", batch=True, queue_name="*", verbosity=0)


def test_the_process_is_there_without_a_database(client: Client) -> None:
    assert answer(client, "live") == (200, "live")


@pytest.mark.usefixtures("lasting_db")
def test_all_is_well_after_a_sign_of_life(client: Client) -> None:
    worked()

    assert findings() == []
    assert answer(client, "ready") == (200, "ready")


@pytest.mark.django_db
def test_a_silent_worker_impairs_but_does_not_take_the_pages_away(
    client: Client,
) -> None:
    assert answer(client, "ready") == (200, "impaired")
    assert [one.text for one in findings()] == ["后台任务无心跳，最近一次 —"]


@pytest.mark.usefixtures("lasting_db")
def test_an_old_sign_is_none() -> None:
    worked()
    late = clock.wall() - LATE - timedelta(minutes=1)
    DBTaskResult.objects.update(finished_at=late)

    assert ["无心跳" in one.text for one in findings()] == [True]


@pytest.mark.usefixtures("lasting_db")
def test_signs_are_neither_piled_up_nor_kept() -> None:
    heartbeat.send()
    worked()
    DBTaskResult.objects.update(finished_at=clock.wall() - heartbeat.KEPT * 2)
    worked()

    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_a_missing_migration_makes_it_unready(client: Client) -> None:
    name = ("workflows", sorted(n for app, n in health._wanted() if app == "workflows"))
    MigrationRecorder(connection).record_unapplied(name[0], name[1][-1])

    assert answer(client, "ready") == (503, "unready")
    assert findings()[0].text == "有 1 个数据库迁移未执行"


def test_a_full_disk_makes_it_unready(tmp_path: Path) -> None:
    (found,) = health.room(tmp_path / "not" / "yet", 1 << 62)

    assert (found.grave, found.text) == (True, "附件磁盘空间不足")


def test_a_line_of_the_ledger_waits_for_its_checkpoint_in_vain(world: World) -> None:
    world.open("household_identification", world.households(1))
    clock.set_training_day(world.day + timedelta(days=1))
    assert Entry.objects.exists()

    (late,) = health.witness()
    checkpoints.make(clock.now())

    assert (late.grave, list(health.witness())) == (False, [])


@pytest.fixture
def world(db: None) -> World:
    return World.build()


@pytest.mark.usefixtures("lasting_db")
def test_the_keeper_hears_all_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("health")
    worked()
    call_command("health")

    assert [line[:4] for line in capsys.readouterr().out.splitlines()] == [
        "!  后",
        "正常",
    ]
