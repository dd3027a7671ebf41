"""A job that goes wrong ends as an unrendered paper, and the next one is rendered."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_django import Settings

from notices import frozen
from notices.press import Unrendered, workshop
from notices.press.render import render_pdf
from registry.limits import Limits
from tests.notices import press_jobs
from tests.notices.contexts import AT, context

SHORT = Limits(cpu_seconds=1)


@pytest.fixture(autouse=True, scope="module")
def no_children_left() -> Iterator[None]:
    yield
    workshop.close()


@pytest.mark.parametrize(
    ("job", "limits", "said"),
    [
        (press_jobs.endless, SHORT, "超过1秒的处理器时间"),
        (press_jobs.bomb, SHORT, "超过1秒的处理器时间"),
        (press_jobs.greedy, Limits(), "MemoryError"),
        (press_jobs.killed, Limits(), "排版进程意外终止（-9）"),
        (press_jobs.unforeseen, Limits(), "KeyError: 'never seen'"),
        (press_jobs.foreseen, Limits(), "no paper in the tray"),
        (press_jobs.unforeseen_answer, Limits(), "posix._exit"),
    ],
)
def test_what_goes_wrong_is_unrendered_and_the_next_job_is_done(
    job: Callable[[], object], limits: Limits, said: str
) -> None:
    with pytest.raises(Unrendered, match=said):
        workshop.run(job, limits=limits)

    assert workshop.run(press_jobs.where) != os.getpid()


def test_a_job_that_only_waits_is_ended_by_the_clock() -> None:
    workshop.run(press_jobs.where)

    with pytest.raises(Unrendered, match="用时过长"):
        workshop.run(press_jobs.asleep, limits=Limits(wall_seconds=1))


def test_a_child_renders_the_bytes_we_would_render() -> None:
    facts = frozen.checked("minutes", context("minutes", 3))
    sheet = {"number": "1号", "code": "A" * 16, "issued_at": AT}

    made = workshop.run(render_pdf, "minutes", facts, **sheet)

    assert made == render_pdf("minutes", facts, **sheet)


def test_a_child_knows_no_database_no_model_and_no_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret@host/db")
    environment, engine, models = workshop.run(press_jobs.surroundings)

    assert {*environment} <= {*workshop.ENVIRONMENT, "FONTCONFIG_FILE"}
    assert engine in {"", "django.db.backends.dummy"}
    assert models == []


def test_a_child_is_told_nothing_of_the_registers_keys() -> None:
    assert {"SECRET_KEY", "FIELD_KEY", "INDEX_KEY"} & {*workshop.TOLD} == set()


def test_a_child_does_one_job_after_the_other() -> None:
    assert len({workshop.run(press_jobs.where) for _n in range(3)}) == 1


def test_a_failed_template_costs_no_child() -> None:
    before = workshop.run(press_jobs.where)
    with pytest.raises(Unrendered):
        workshop.run(press_jobs.foreseen)

    assert workshop.run(press_jobs.where) == before


def test_a_child_that_did_its_share_is_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workshop.close()
    monkeypatch.setattr(workshop, "JOBS_PER_CHILD", 2)

    assert len({workshop.run(press_jobs.where) for _n in range(4)}) == 2


def test_a_child_with_outdated_settings_is_replaced(
    settings: Settings,
) -> None:
    before = workshop.run(press_jobs.where)
    settings.SITE_URL = "https://example.org"

    assert workshop.run(press_jobs.where) != before


def test_progress_arrives_one_by_one() -> None:
    heard: list[int] = []

    assert workshop.run(press_jobs.counted, 3, progress=heard.append) == "counted"
    assert heard == [0, 1, 2]


def test_four_at_once_share_two_children() -> None:
    with ThreadPoolExecutor(4) as threads:
        futures = [threads.submit(workshop.run, press_jobs.where) for _n in range(12)]

    assert 1 <= len({future.result() for future in futures}) <= workshop.MOST_AT_ONCE
