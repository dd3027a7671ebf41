"""What anybody may learn about a sheet: no more than the sheet told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from notices import inquiries, marks, papers, verification
from notices.models import Inquiry, Paper
from notices.verification import UNKNOWN, Standing
from tests.notices.contexts import AT
from tests.notices.factories import draft, notice, official
from tests.permissions.factories import household

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_minute_in_which_nobody_asked_yet() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(AT, tick=False):
        yield


def asked(paper: Paper) -> verification.Verdict:
    return verification.check(paper.code, marks.mac(paper.code))


def test_a_public_paper_shows_what_hung_on_the_wall() -> None:
    verdict = asked(notice())

    assert verdict.standing == Standing.VALID
    assert (verdict.households, verdict.persons) == (3, 6)
    assert (verdict.issuer, verdict.period) == ("十八洞村村民委员会", "7日")


def test_a_household_paper_shows_only_that_it_exists() -> None:
    verdict = asked(notice(kind="exit_confirmation", household_id=household().pk))

    assert verdict.standing == Standing.VALID
    assert (verdict.title, verdict.number) == ("脱贫确认书", "十村脱确〔2018〕1号")
    assert (verdict.subject, verdict.households, verdict.reason) == ("", None, "")


def test_a_replaced_paper_leads_to_the_new_one() -> None:
    by = official()
    old = notice(by=by)
    new = papers.issue([draft(households=2)], by=by, at=AT + timedelta(days=1))[0]
    verdict = asked(old)

    assert (verdict.standing, verdict.reason) == (Standing.SUPERSEDED, "重新出具")
    assert verdict.successor
    assert verdict.successor.number == new.number


def test_a_withdrawn_paper_is_true_but_void() -> None:
    by = official()
    paper = notice(by=by)
    papers.withdraw([paper.pk], by=by, at=AT, reason="名单有误")

    assert asked(paper).standing == Standing.WITHDRAWN


@pytest.mark.parametrize("mac", ["AAAAAAAA", "", "é", "A" * 500])
def test_a_wrong_seal_is_unknown(mac: str) -> None:
    assert verification.check(notice().code, mac).standing == Standing.UNKNOWN


def test_a_code_nobody_issued_is_unknown_even_when_sealed() -> None:
    code = marks.new_code()

    assert verification.check(code, marks.mac(code)).standing == Standing.UNKNOWN


@pytest.mark.parametrize(
    "typed",
    ["十村公示〔2018〕1号", " 十村公示 [2018] 1号 ", "十村公示（2018）1号"],
)
def test_a_number_is_found_with_any_brackets(typed: str) -> None:
    paper = notice()

    assert [found.code for found in verification.find(typed)] == [paper.code]


def test_a_household_paper_is_found_by_its_code_alone(client: Client) -> None:
    paper = notice(kind="exit_confirmation", household_id=household().pk)

    by_number = client.get("/v/", {"no": paper.number}).content.decode()

    assert verification.find(paper.number) == []
    assert [one.code for one in verification.find(paper.code)] == [paper.code]
    assert "不能按号码查" in by_number
    assert "脱贫确认书" not in by_number


def test_a_household_number_answers_like_one_never_given(client: Client) -> None:
    paper = notice(kind="exit_confirmation", household_id=household().pk)
    never = paper.number.replace("1号", "99号")

    for number in (paper.number, never):
        page = client.get("/v/", {"no": number})
        assert (page.status_code, page.context["verdict"]) == (200, UNKNOWN)


def test_a_check_code_is_found_as_it_is_printed() -> None:
    paper = notice()

    found = verification.find(marks.grouped(paper.code).lower())
    assert [one.code for one in found] == [paper.code]


@pytest.mark.parametrize("typed", ["十村公示〔2018〕13号", "x", "' or 1=1", "\x00"])
def test_what_was_never_issued_is_not_found(typed: str) -> None:
    notice()

    assert verification.find(typed) == []


def test_the_page_answers_without_a_log_in(client: Client) -> None:
    paper = notice()
    page = client.get(f"/v/{paper.code}-{marks.mac(paper.code)}/")

    assert page.status_code == 200
    text = page.content.decode()
    assert "✓ 有效" in text
    assert "3 户 6 人" in text
    assert "龙立春" not in text


def test_the_address_in_the_qr_code_is_that_of_the_page() -> None:
    path = marks.check_url("A" * 16).removeprefix("http://127.0.0.1:8000")

    assert path == reverse("notices:check", args=[f"{'A' * 16}-{marks.mac('A' * 16)}"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "这张纸是真的吗"),
        ("?no=没有", "× 查不到"),
        ("?no=十村公示〔2018〕1号", "✓ 有效"),
    ],
)
def test_the_search_page_answers(client: Client, query: str, expected: str) -> None:
    notice()

    assert expected in client.get(f"/v/{query}").content.decode()


def test_a_household_papers_page_names_nobody(client: Client) -> None:
    paper = notice(kind="exit_confirmation", household_id=household().pk)
    text = client.get(f"/v/{paper.code}-{marks.mac(paper.code)}/").content.decode()

    assert "✓ 有效" in text
    assert "石㛃" not in text
    assert "因病" not in text


def answers(client: Client, address: str, *asked: str) -> list[int]:
    return [client.get(one, REMOTE_ADDR=address).status_code for one in asked]


def test_too_many_questions_of_one_address_are_put_off(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inquiries, "MOST_A_MINUTE", 3)

    assert answers(client, "192.0.2.7", *["/v/?no=x"] * 5) == [200] * 3 + [429] * 2
    assert answers(client, "192.0.2.8", "/v/?no=x") == [200]


def test_another_process_counts_on_from_the_same_table(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inquiries, "MOST_A_MINUTE", 3)
    answers(client, "192.0.2.9", *["/v/?no=x"] * 3)
    cache.clear()

    assert answers(client, "192.0.2.9", "/v/?no=x") == [429]


def test_neighbours_of_one_ipv6_site_are_one_asker() -> None:
    counts = [
        inquiries._counted(inquiries._key(f"2001:db8:1:2::{n:x}"), AT) for n in range(3)
    ]

    assert counts == [1, 2, 3]


def test_a_crowd_that_guesses_is_put_off_and_a_true_code_is_still_answered(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = notice()
    monkeypatch.setattr(inquiries, "MOST_GUESSES", 4)
    for n in range(4):
        answers(client, f"192.0.2.{n}", "/v/?no=x" if n % 2 else f"/v/{'A' * 16}-X/")

    assert (
        answers(client, "198.51.100.1", "/v/?no=x", f"/v/{paper.code}-X/") == [429] * 2
    )
    sealed = f"/v/{paper.code}-{marks.mac(paper.code)}/"
    assert answers(client, "198.51.100.1", sealed) == [200]


def test_no_address_is_kept_and_old_counts_go(client: Client) -> None:
    inquiries.too_often("192.0.2.1", at=AT)
    inquiries.too_often("192.0.2.1", at=AT + timedelta(hours=2))

    (row,) = Inquiry.objects.all()
    assert len(row.who) == 64
