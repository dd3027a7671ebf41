"""`manage.py papers`: which of facts, file or new rendering does not hold."""

import hashlib
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from notices import marks, signing, tasks
from notices.models import Paper
from notices.press import render
from notices.proving import Answer, Proof, prove
from tests.notices import press_jobs
from tests.notices.certificates import PASSPHRASE, pkcs12
from tests.notices.factories import notice
from tests.permissions.factories import household

YES, NO, NONE = Answer.TRUE, Answer.FALSE, Answer.NONE


def said(*words: object) -> str:
    out = StringIO()
    call_command("papers", *words, stdout=out)
    return out.getvalue()


def answers(facts: Answer, file: Answer, again: Answer) -> Proof:
    return Proof(facts=facts, file=file, again=again, signature=NONE)


@pytest.fixture
def paper(db: None) -> Paper:
    """A paper that was rendered and stored."""
    made = notice()
    tasks.pdf(made)
    return made


def test_an_untouched_paper_holds(paper: Paper) -> None:
    assert prove(paper) == answers(YES, YES, YES)
    assert prove(paper).holds


def test_a_changed_fact_is_found_in_facts_and_rendering(paper: Paper) -> None:
    paper.context["rows"][0]["size"] += 1

    assert prove(paper) == answers(NO, YES, NO)


def test_a_changed_file_is_found(paper: Paper) -> None:
    default_storage.delete(paper.pdf.name)
    default_storage.save(paper.pdf.name, ContentFile(b"%PDF-1.7 forged"))

    assert prove(paper) == answers(YES, NO, YES)


def test_a_lost_file_is_found_and_one_not_made_yet_is_none(paper: Paper) -> None:
    default_storage.delete(paper.pdf.name)

    assert prove(paper) == answers(YES, NO, NONE)
    assert prove(notice(about="batch/2")) == answers(YES, NONE, NONE)


def test_a_newer_template_is_not_compared(paper: Paper) -> None:
    paper.template_version = 0

    assert prove(paper) == answers(YES, YES, NONE)


def test_a_file_made_again_with_other_bytes_keeps_the_first_sum(paper: Paper) -> None:
    default_storage.delete(paper.pdf.name)
    paper.context["rows"][0]["size"] += 1
    tasks.pdf(paper)

    assert prove(paper) == answers(NO, NO, NO)


@pytest.mark.parametrize("words", [("--all",), ("--sample", "5"), ()])
def test_the_command_proves_every_paper_asked_for(
    paper: Paper, words: tuple[str, ...]
) -> None:
    told = said("verify", *words)

    assert f"✓    ✓    ✓    —   {paper.code}  {paper.number}" in told
    assert "共 1 份，不符 0 份" in told


def test_the_command_fails_when_one_paper_does_not_hold(paper: Paper) -> None:
    Paper.objects.filter(pk=paper.pk).update(digest="0" * 64)

    with pytest.raises(CommandError, match="1 papers do not hold"):
        said("verify", "--code", marks.grouped(paper.code))


def test_failed_papers_are_listed_and_tried_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = notice()
    with monkeypatch.context() as patch:
        patch.setattr(render, "render_pdf", press_jobs.foreseen)
        tasks.render_papers.call([paper.pk])
        with pytest.raises(CommandError, match="failed again"):
            said("retry")

    assert "no paper in the tray" in said("failed")
    assert "重排 1 份，成功 1 份" in said("retry", "--code", paper.code)
    assert "共 0 份" in said("failed")


def test_what_was_stored_before_the_office_signed_is_signed_later(
    paper: Paper, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="not set"):
        said("sign")
    settings.SIGN_PKCS12 = str(pkcs12(tmp_path))
    settings.SIGN_PASSPHRASE = PASSPHRASE
    signing.signer.cache_clear()

    assert "花垣县测试签名（PAdES EC SHA-256）签名 1 份" in said("sign")
    assert "不是法定电子印章" in said("verify", "--all")
    signing.signer.cache_clear()


@pytest.mark.parametrize(
    "text",
    ["{url}", "{code}-{seal}", " {code}-{seal}/ ", "http://elsewhere/v/{code}-{seal}/"],
)
def test_a_code_is_checked_without_a_database(text: str) -> None:
    # No database is allowed in this test: a query would raise.
    code = "A" * 16
    parts = {"url": marks.check_url(code), "code": code, "seal": marks.mac(code)}

    told = said("check-code", text.format(**parts))

    assert "✓ 校验码 AAAA AAAA AAAA AAAA 由本系统的密钥生成" in told
    assert connection.queries == []


@pytest.mark.parametrize("text", ["AAAAAAAAAAAAAAAA-AAAAAAAA", "x", "", "A" * 9999])
def test_a_code_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match="不是本系统"):
        said("check-code", text)


def test_the_roll_tells_what_every_paper_is_worth_and_names_nobody(
    paper: Paper, tmp_path: Path
) -> None:
    notice(kind="exit_confirmation", household_id=household().pk, about="batch/2")
    file = tmp_path / "roll.html"
    told = said("roll", "433124000000", file)
    rows = rows_of(file.read_text(encoding="utf-8"))

    assert hashlib.sha256(file.read_bytes()).hexdigest() in told
    assert [row[4] for row in rows] == ["有效", "有效"]
    assert paper.sha256 in {row[5] for row in rows}
    assert {row[1] for row in rows} == {"第一次公示", "脱贫确认书"}
    assert {"石㛃", "龙立春"} & {part for r in rows for part in r} == set()


def rows_of(page: str) -> list[list[str]]:
    """Return the rows in a roll's page."""
    found = re.search(r"<script id=\"rows\"[^>]*>(.*?)</script>", page)
    assert found
    return json.loads(found[1])


def test_the_roll_of_another_county_holds_nothing(paper: Paper, tmp_path: Path) -> None:
    said("roll", "433101000000", tmp_path / "roll.html")

    assert rows_of((tmp_path / "roll.html").read_text(encoding="utf-8")) == []
