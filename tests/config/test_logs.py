"""Nobody's numbers reach a log, in whatever part of a record they stand."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from config.logs import MASK, REQUEST_ID, Json, Line, masked

# Invented; the check digits do not matter to a mask.
NUMBERS = [
    "433124195001011234",
    "43312419500101123X",
    "43312419500101123x",
    "４３３１２４１９５００１０１１２３４",
    "433124 19500101 1234",
    "433124-19500101-1234",
    "433124500101123",
    "6217000010001234567",
    "6217 0000 1000 1234 567",
    "6217000010001234",
    "13800138000",
    "138-0013-8000",
    "138 0013 8000",
    "+8613800138000",
    "0743-8222222",
    "07438222222",
]
HARMLESS = [
    "433124110226",
    "2018-11-05 10:00:00,123",
    "9f3a1c205b77e0aa01c2d3e45f607182",
    "/batches/1024/households/31",
    "湘西扶识〔2018〕12号",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("around", ["{}", "身份证号{}，", "id={}&x=1", "('{}',)"])
def test_a_number_of_a_person_is_masked(number: str, around: str) -> None:
    assert masked(around.format(number)) == around.format(MASK)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_names_nobody_stays(text: str) -> None:
    assert masked(text) == text


@pytest.fixture(params=["line", "json"])
def written(request: pytest.FixtureRequest) -> Iterator[tuple[logging.Logger, Any]]:
    """A logger that writes into memory, in either form."""
    stream, logger = io.StringIO(), logging.getLogger("cunxian.test")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Line("%(message)s") if request.param == "line" else Json())
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_part_of_a_record_lets_a_number_through(
    number: str, written: tuple[logging.Logger, Any]
) -> None:
    logger, stream = written
    logger.warning("bad row %s", {"id": number})
    logger.warning("as extra", extra={"row": number})
    try:
        raise ValueError(number)
    except ValueError:
        logger.exception("failed for %s", number)

    assert "failed" in stream.getvalue()
    assert number not in stream.getvalue()


def test_a_record_cannot_begin_a_second_line(
    written: tuple[logging.Logger, Any],
) -> None:
    logger, stream = written
    logger.warning("log-in of %s", "eve\nINFO log-in of adam")

    assert stream.getvalue().count("\n") == 1


def test_json_says_when_where_what_and_which_request() -> None:
    record = logging.makeLogRecord(
        {"name": "n", "levelname": "ERROR", "msg": "石 %s", "args": (1,), "status": 500}
    )
    token = REQUEST_ID.set("abc-12345")
    said = json.loads(Json().format(record))
    REQUEST_ID.reset(token)

    assert said.pop("at").endswith("+00:00")
    assert said == {
        "level": "ERROR",
        "logger": "n",
        "message": "石 1",
        "request": "abc-12345",
        "status": "500",
    }
