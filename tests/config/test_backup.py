"""The drill: back up, destroy, restore; and everything that must be refused."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from config.backup import facts, manifest, media
from config.backup.manifest import Unfit
from config.backup.put_back import put_back
from config.backup.take import store, take
from notices.models import Photo
from permissions.models import OfficerSession
from permissions.posts import Post
from registry.models import Person
from tests.world import TODAY, World, at
from workflows import triggers
from workflows.models import Case
from workflows.replay import differences
from workflows.witness import checkpoints

IDENTIFICATION = "household_identification"
# All in one village, in lists of fifty, one of which has come some way.
CASES, A_LIST = 1000, 50
WALL = b"\xff\xd8\xffwall"


def filled(cases: int = 4, a_list: int = 2) -> World:
    """Commit lists, a photograph and a checkpoint."""
    world = World.build()
    households = world.households(cases)
    world.until(world.open(IDENTIFICATION, households[:a_list]), "appraise")
    for start in range(a_list, cases, a_list):
        world.open(IDENTIFICATION, households[start : start + a_list])
    Photo.objects.create(
        file=ContentFile(WALL, name="wall.jpg"),
        sha256="0" * 64,
        width=1,
        height=1,
        uploaded_by=world.hats[Post.VILLAGE_COMMITTEE],
        uploaded_at=world.now,
        place_id=world.village,
        about="batch/0",
        purpose="wall",
    )
    assert checkpoints.make(world.now)
    return world


def destroy() -> None:
    """Lose the database and the media."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    else:
        path = Path(connection.settings_dict["NAME"])
        connection.close()
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT)


def photo() -> bytes:
    """Return what the one photograph shows whose bytes are known."""
    with default_storage.open(
        str(Photo.objects.get(about="batch/0").file.name)
    ) as file:
        return bytes(file.read())


def sampled(seed: int = 2016) -> list[Any]:
    """Return up to a thousand random cases and their people, column by column."""
    numbers = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    chosen = random.Random(seed).sample(numbers, min(len(numbers), 1000))
    people = Person.objects.filter(household__cases__in=chosen).distinct()
    return [
        list(Case.objects.filter(pk__in=chosen).order_by("pk").values()),
        list(people.order_by("pk").values()),
    ]


@pytest.fixture
def backup(lasting_db: None, tmp_path: Path) -> Path:
    """A small installation and its backup."""
    filled()
    take(tmp_path / "backup", at=at(TODAY))
    return tmp_path / "backup"


def test_the_drill_gives_everything_back(lasting_db: None, tmp_path: Path) -> None:
    filled(CASES, A_LIST)
    before, cases, folder = facts.gather("default"), sampled(), tmp_path / "backup"
    call_command("backup", str(folder))

    destroy()
    call_command("restore", str(folder))

    assert before.differences(facts.gather("default")) == []
    assert (len(cases[0]), sampled()) == (CASES, cases)
    assert photo() == WALL
    assert (triggers.missing(), list(differences())) == ([], [])


def test_nobody_is_logged_in_by_a_cookie_of_the_day_of_the_backup(
    backup: Path,
) -> None:
    again = backup.with_name("again")
    OfficerSession.objects.create(session_key="old", expire_date=at(TODAY))
    take(again, at=at(TODAY))

    put_back(again, replace=True)
    assert not OfficerSession.objects.exists()


def test_a_second_drill_on_what_was_restored_is_no_different(backup: Path) -> None:
    put_back(backup, replace=True)
    again = backup.with_name("again")
    take(again, at=at(TODAY))
    put_back(again, replace=True)

    said = manifest.read(backup)
    assert {**manifest.read(again)["rows"]} == {**said["rows"]}
    assert manifest.read(again)["ledger"] == said["ledger"]


def test_what_is_there_is_not_overwritten_unless_told(backup: Path) -> None:
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", str(backup))

    assert Case.objects.count() == 4


def spoil_dump(folder: Path) -> None:
    path = folder / store(connection).FILE
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def spoil_photo(folder: Path) -> None:
    (folder / media.FOLDER / "photos/wall.jpg").write_bytes(b"\xff\xd8\xffhall")


def lose_photo(folder: Path) -> None:
    shutil.rmtree(folder / media.FOLDER)


def shorten_list(folder: Path) -> None:
    (folder / media.LIST).write_text("")


def lose_manifest(folder: Path) -> None:
    (folder / manifest.NAME).unlink()


def rewrite(folder: Path, *, sealed: bool, **changed: Any) -> None:
    said = {**manifest.read(folder), **changed}
    if sealed:
        manifest.write(folder, said)
    else:
        said["seal"] = "0" * 64
        (folder / manifest.NAME).write_text(json.dumps(said))


def change_count(folder: Path) -> None:
    rewrite(folder, sealed=False, rows={})


def expect_more(folder: Path) -> None:
    rows = {**manifest.read(folder)["rows"], "workflows_case": 5}
    rewrite(folder, sealed=True, rows=rows)


def come_from_elsewhere(folder: Path) -> None:
    rewrite(folder, sealed=True, vendor="oracle")


def come_from_the_future(folder: Path) -> None:
    rewrite(folder, sealed=True, migrations=["workflows.9999_later"])


SPOILS: list[tuple[Callable[[Path], None], str]] = [
    (spoil_dump, "is not what the manifest says"),
    (spoil_photo, "is not what the list of media says"),
    (lose_photo, "is missing in the backup"),
    (shorten_list, "is not what the manifest says"),
    (lose_manifest, "is no manifest"),
    (change_count, "The manifest was changed"),
    (expect_more, "The restored database differs: workflows_case: 5 / 4"),
    (come_from_elsewhere, "The backup is of oracle"),
    (come_from_the_future, "This program is older than the backup"),
]


@pytest.mark.parametrize(("spoil", "words"), SPOILS)
def test_a_doubtful_backup_is_refused_and_nothing_is_lost(
    spoil: Callable[[Path], None], words: str, backup: Path
) -> None:
    before = facts.gather("default")
    spoil(backup)

    with pytest.raises(Unfit, match=words):
        put_back(backup, replace=True)

    assert before.differences(facts.gather("default")) == []
    assert photo() == WALL
    assert [path.name for path in media.present(settings.MEDIA_ROOT)] == ["photos"]


def test_other_keys_are_refused(backup: Path, settings: Any) -> None:
    settings.INDEX_KEY = "another"

    with pytest.raises(Unfit, match="FIELD_KEY, INDEX_KEY or PAPER_KEY"):
        put_back(backup, replace=True)


def test_a_lost_photograph_stops_the_backup(lasting_db: None, tmp_path: Path) -> None:
    filled()
    shutil.rmtree(settings.MEDIA_ROOT)

    with pytest.raises(CommandError, match="files that rows name are not there"):
        call_command("backup", str(tmp_path / "backup"))

    assert not (tmp_path / "backup").exists()


def test_a_folder_in_use_is_not_written_into(backup: Path) -> None:
    with pytest.raises(CommandError, match="is not empty"):
        call_command("backup", str(backup))


@pytest.mark.parametrize("name", ["../stolen", "/etc/passwd"])
def test_no_name_leads_out_of_the_media(name: str, tmp_path: Path) -> None:
    with pytest.raises(Unfit, match="leads out"):
        media.copy(tmp_path / "a", tmp_path / "b", name)


def test_nobody_but_the_owner_reads_a_backup(backup: Path) -> None:
    open_to_others = [path for path in backup.rglob("*") if path.stat().st_mode & 0o077]

    assert (backup.stat().st_mode & 0o077, open_to_others) == (0, [])
