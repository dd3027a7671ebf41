"""Who may import, asked three times; a killed worker; nothing personal left about."""

import json
import logging
import tempfile
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from permissions.appointments import end
from permissions.posts import Post
from registry.models import Household, ImportRun, RunState, VillageState
from registry.sheets.acceptance import choose
from registry.sheets.runs import LARGEST_FILE
from tests.registry.sheets import books
from tests.world import VILLAGE, World, officer
from workflows import clock, imports

NUMBER = f"{VILLAGE}0801"
TOWNSHIP, COUNTY = "433124110000", "433124000000"
MARKED = (books.HEAD_ID, books.WIFE_ID, books.SON_ID, books.HOUSEHOLD["银行卡号"])


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    built = World.build()
    clock.set_training_day(built.day)
    return built


def workbook() -> bytes:
    household = {**books.HOUSEHOLD, "户编号": NUMBER}
    members = [{**m, "户编号": NUMBER} for m in (books.HEAD, books.WIFE, books.SON)]
    return books.xlsx(books.national([household], members))


def client_of(world: World, post: Post) -> Client:
    client = Client()
    client.force_login(world.hats[post].officer)
    return client


def uploaded(world: World, data: bytes, post: Post = Post.TOWNSHIP_CLERK):
    file = SimpleUploadedFile("石春生家.xlsx", data)
    form = {
        "workbook": file,
        "place": world.hats[post].place_id,
        "standing": "registered",
        "on": world.day.isoformat(),
        "year": 2018,
    }
    return client_of(world, post).post(reverse("workflows:import_new"), form)


def run_of(world: World) -> ImportRun:
    uploaded(world, workbook())
    run = ImportRun.objects.get()
    imports.check_import.call(run.pk)
    run.refresh_from_db()
    return run


def test_an_upload_is_checked_by_a_worker(world: World) -> None:
    run = run_of(world)

    assert (run.state, run.place_id) == (RunState.CHECKED, TOWNSHIP)
    assert run.villages.get().state == VillageState.READY


def test_a_place_above_ones_own_is_no_place_to_import_for(world: World) -> None:
    file = SimpleUploadedFile("a.xlsx", workbook())
    sent = {"workbook": file, "place": COUNTY, "standing": "registered"}
    sent |= {"on": world.day.isoformat(), "year": "2018"}
    answer = client_of(world, Post.TOWNSHIP_CLERK).post(
        reverse("workflows:import_new"), sent
    )

    assert (answer.status_code, ImportRun.objects.count()) == (422, 0)


def test_a_file_too_large_is_told_and_not_kept(world: World, tmp_path: Path) -> None:
    answer = uploaded(world, b"\x00" * (LARGEST_FILE + 10))

    assert (answer.status_code, list(tmp_path.rglob("*.sealed"))) == (422, [])


def test_no_file_is_told(world: World) -> None:
    sent = {"place": TOWNSHIP, "standing": "registered", "on": world.day, "year": 2018}
    answer = client_of(world, Post.TOWNSHIP_CLERK).post(
        reverse("workflows:import_new"), sent
    )

    assert "请选择表格文件" in answer.content.decode()


def test_the_township_may_not_accept(world: World) -> None:
    run = run_of(world)
    address = reverse("workflows:import_accept", args=[run.pk])
    answer = client_of(world, Post.TOWNSHIP_CLERK).post(address, {"village": VILLAGE})

    assert (answer.status_code, Household.objects.count()) == (404, 0)


def test_the_county_accepts_and_a_worker_writes(world: World) -> None:
    run = run_of(world)
    address = reverse("workflows:import_accept", args=[run.pk])
    client_of(world, Post.COUNTY_CLERK).post(address, {"village": VILLAGE})
    imports.write_import.call(run.pk)

    assert Household.objects.get().status == "registered"


def test_whoever_lost_his_post_writes_nothing(world: World) -> None:
    run = run_of(world)
    hat = world.hats[Post.COUNTY_CLERK]
    choose(run, [VILLAGE], by=hat.officer)
    end(hat, on=world.day, reason="免职", by=None, now=world.now)

    assert imports.write_import.call(run.pk) == 0
    run.refresh_from_db()
    assert (run.state, Household.objects.count()) == (RunState.CHECKED, 0)


def test_another_county_may_neither_see_nor_accept(world: World) -> None:
    run = run_of(world)
    stranger = officer(Post.COUNTY_CLERK, "433125000000", name="stranger")
    client = Client()
    client.force_login(stranger.officer)

    assert client.get(reverse("workflows:import_run", args=[run.pk])).status_code == 404


def test_a_check_left_behind_is_queued_again(world: World) -> None:
    uploaded(world, workbook())
    run = ImportRun.objects.get()
    ImportRun.objects.update(state=RunState.CHECKING)

    assert imports.resume(run.touched_at + timedelta(minutes=1)) == 0
    assert imports.resume(run.touched_at + timedelta(minutes=6)) == 1


def test_a_file_that_kills_its_workers_is_given_up(world: World) -> None:
    uploaded(world, workbook())
    ImportRun.objects.update(state=RunState.CHECKING, attempts=imports.MOST_ATTEMPTS)
    imports.resume(ImportRun.objects.get().touched_at + timedelta(minutes=6))

    assert ImportRun.objects.get().state == RunState.UNREADABLE


def test_a_number_appears_nowhere_but_sealed(
    world: World,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Log, address, task, page, store and temporary files name nobody."""
    caplog.set_level(logging.DEBUG)
    drawer = tmp_path / "tmp"
    drawer.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(drawer))
    spoilt = workbook_with(books.WIFE_ID[:15] + "000")
    pages = [uploaded(world, spoilt)]
    run = ImportRun.objects.get()
    imports.check_import.call(run.pk)
    pages.append(client_of(world, Post.TOWNSHIP_CLERK).get(f"/import/{run.pk}/"))
    pages.append(client_of(world, Post.COUNTY_CLERK).get(f"/import/{run.pk}/nowhere"))

    kept = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    tasks = json.dumps(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    told = [caplog.text, tasks, kept.decode("latin-1"), *said(pages), *rows(run)]
    numbers = (*MARKED, books.WIFE_ID[:15] + "000", "石春生家")
    names = "".join(str(p) for p in tmp_path.rglob("*"))
    assert [n for n in numbers for text in (*told, names) if n in text] == []
    assert list(drawer.iterdir()) == []


def workbook_with(number: str) -> bytes:
    wife = {**books.WIFE, "证件号码": number}
    return books.xlsx(books.national(members=[books.HEAD, wife, books.SON]))


def said(pages: list) -> list[str]:
    # The officer is shown what he called his file; the address is not.
    return [
        page.content.decode().replace("石春生家.xlsx", "")
        + page.headers.get("Location", "")
        for page in pages
    ]


def rows(run: ImportRun) -> list[str]:
    findings = [str(f) for f in run.findings.values()]
    villages = [str(v) for v in run.villages.values()]
    return [*findings, *villages, str(ImportRun.objects.filter(pk=run.pk).values())]


def test_the_command_takes_the_same_road(world: World, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook())
    said = StringIO()
    by = world.hats[Post.COUNTY_CLERK].officer.username
    call_command(
        "import_register", file, place=TOWNSHIP, by=by, accept=True, stdout=said
    )

    assert "已写入 1 村" in said.getvalue()
    assert Household.objects.get().number == NUMBER


def test_the_command_asks_who_it_is(world: World, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook())
    by = world.hats[Post.TOWNSHIP_CLERK].officer.username

    with pytest.raises(CommandError, match="县级经办"):
        call_command(
            "import_register",
            file,
            place=TOWNSHIP,
            by=by,
            accept=True,
            stdout=StringIO(),
        )
    with pytest.raises(CommandError, match="不能为该地区"):
        call_command("import_register", file, place=COUNTY, by=by, stdout=StringIO())
