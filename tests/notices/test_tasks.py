"""Rendering after commit: once, at most three times, and never at the act's cost."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from notices import kinds, tasks
from notices.models import Paper
from notices.press import render
from tests.notices import press_jobs, reading
from tests.notices.contexts import AT
from tests.notices.factories import notice

pytestmark = pytest.mark.django_db


def test_a_rendered_paper_is_not_rendered_again() -> None:
    paper = notice()

    assert tasks.render_papers.call([paper.pk]) == 1
    assert tasks.render_papers.call([paper.pk]) == 0


def test_the_stored_bytes_are_those_of_the_frozen_facts() -> None:
    paper = notice()
    stored = tasks.pdf(paper)

    assert tasks.pdf(Paper.objects.get()) == stored == tasks.rendered(paper)


def test_a_lost_file_is_made_again() -> None:
    paper = notice()
    stored = tasks.pdf(paper)
    default_storage.delete(paper.pdf.name)

    assert tasks.pdf(Paper.objects.get()) == stored


def test_half_a_file_of_a_killed_worker_is_replaced() -> None:
    paper = notice()
    default_storage.save(f"papers/2018/{paper.pk}.pdf", ContentFile(b"%PDF-half"))

    assert tasks.pdf(paper).startswith(b"%PDF-1")
    assert default_storage.size(paper.pdf.name) > 1000


def test_a_failure_is_tried_three_times_and_the_paper_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = notice()
    monkeypatch.setattr(render, "render_pdf", press_jobs.foreseen)

    tasks.render_papers.call([paper.pk])
    paper.refresh_from_db()

    assert (paper.attempts, paper.rendered_at) == (3, None)
    assert paper.last_error == "no paper in the tray"
    assert paper.state == "issued"


def test_a_killed_child_costs_the_act_nothing_and_the_paper_comes_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paper = notice()
    with monkeypatch.context() as patch:
        patch.setattr(render, "render_pdf", press_jobs.killed)
        assert tasks.attempt(paper) is False
    paper.refresh_from_db()

    assert (paper.state, paper.attempts, paper.rendered_at) == ("issued", 1, None)
    assert "排版进程意外终止（-9）" in paper.last_error
    assert tasks.resume(AT + timedelta(minutes=6)) == 1
    paper.refresh_from_db()
    assert (paper.pages, paper.last_error) == (2, "")


def test_a_broken_template_is_an_unrendered_paper() -> None:
    paper = notice()
    paper.context = {"rows": 3}

    assert tasks.attempt(paper) is False


def test_what_waits_too_long_is_queued_again() -> None:
    paper = notice()

    assert tasks.resume(AT + timedelta(minutes=4)) == 0
    assert tasks.resume(AT + timedelta(minutes=6)) == 1
    paper.refresh_from_db()
    assert paper.pages == 2


def test_a_training_paper_carries_its_watermark() -> None:
    paper = notice()
    paper.training = True

    assert "演练" in reading.text(tasks.rendered(paper))


def test_every_kind_has_its_style_sheet() -> None:
    for kind in kinds.KINDS.values():
        assert (render.STYLES / f"{kind.sheet}.css").exists()
