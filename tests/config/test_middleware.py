"""What holds for every question and every answer."""

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.middleware import (
    FEATURES,
    POLICY,
    content_security_policy,
    no_null_characters,
)


def test_every_answer_carries_the_policy() -> None:
    answer = content_security_policy(lambda request: HttpResponse())(HttpRequest())

    assert answer.headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert answer.headers["Permissions-Policy"] == FEATURES


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("req-20181105-0001", True),
        ("short", False),
        ("a b<script>", False),
        ("", False),
    ],
)
def test_an_answer_carries_the_number_of_its_request(
    given: str, kept: bool, client: Client
) -> None:
    answer = client.get("/health/live", headers={"X-Request-ID": given})

    number = answer.headers["X-Request-ID"]
    assert (number == given, len(number) >= 8) == (kept, True)


def test_a_page_may_be_stricter() -> None:
    stricter = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    answer = content_security_policy(lambda request: stricter)(HttpRequest())

    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize(
    "request_",
    [
        RequestFactory().get("/%00"),
        RequestFactory().get("/", {"q": "a\x00b"}),
        RequestFactory().post("/", {"reason": ["ok", "\x00"]}),
    ],
    ids=["path", "question", "form"],
)
def test_a_null_character_is_refused(request_: HttpRequest) -> None:
    with pytest.raises(BadRequest):
        no_null_characters(lambda request: HttpResponse())(request_)


def test_everything_else_goes_on() -> None:
    request = RequestFactory().post("/?q=石", {"reason": "核对"})

    assert no_null_characters(lambda _: HttpResponse(b"on"))(request).content == b"on"


@pytest.mark.django_db
def test_a_null_character_is_answered_in_chinese(client: Client) -> None:
    response = client.get("/v/", {"no": "\x00"})

    assert response.status_code == 400
    assert "请求有误" in response.content.decode()
