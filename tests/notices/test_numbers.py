"""Numbers under concurrency: none twice, none lost."""

import threading

import pytest
from django.db import connection, transaction

from notices.numbers import Series, allocate
from tests.permissions.factories import TOWNSHIP, VILLAGE, place

PER_WORKER = 10
WORKERS = 4


@pytest.fixture
def series(lasting_db: None) -> list[Series]:
    place(VILLAGE)
    return [Series(VILLAGE, "十村公示"), Series(TOWNSHIP, "双镇公示")]


def test_workers_at_once_get_different_numbers_without_gaps(
    series: list[Series],
) -> None:
    given: list[str] = []
    errors: list[BaseException] = []

    def work(order: list[Series]) -> None:
        try:
            for _round in range(PER_WORKER):
                with transaction.atomic():
                    given.extend(allocate(order, year=2018))
        except BaseException as error:  # noqa: BLE001 - a thread's failure is shown by the test
            errors.append(error)
        finally:
            connection.close()

    orders = [series, series[::-1]] * (WORKERS // 2)
    threads = [threading.Thread(target=work, args=[order]) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    expected = [
        f"{one.word}〔2018〕{n}号"
        for one in series
        for n in range(1, WORKERS * PER_WORKER + 1)
    ]
    assert sorted(given) == sorted(expected)


def test_several_numbers_of_one_series_stand_in_order(series: list[Series]) -> None:
    first, second = series

    assert allocate([first, second, first], year=2018) == [
        "十村公示〔2018〕1号",
        "双镇公示〔2018〕1号",
        "十村公示〔2018〕2号",
    ]
    assert allocate([], year=2018) == []
