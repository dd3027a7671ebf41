"""Relatives who live elsewhere, taken down by the village and read by the county."""

from datetime import date

import pytest
from django.test import Client

from permissions import recusal
from permissions.models.appointments import Relation
from permissions.posts import Post
from registry.models import DeclaredKin, Household, Opening
from tests.registry.factories import id_number
from tests.workflows.comparing.scene import County, declared
from tests.workflows.pages import browser, url
from tests.world import NEIGHBOUR, officer
from workflows import clock

NUMBER = id_number(date(1990, 1, 2))
SON = {
    "name": "石远",
    "relation": "child",
    "id_number": f"{NUMBER[:6]} {NUMBER[6:]}",
    "consented_on": "2018-11-01",
}


@pytest.fixture
def village(county: County) -> Client:
    """Return the village committee's browser on the world's day."""
    clock.set_training_day(county.world.day)
    return browser(county.world.hats[Post.VILLAGE_COMMITTEE])


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_relative_is_typed_once_and_masked_ever_after(
    homes: list[Household], village: Client
) -> None:
    page = url("household_kin", homes[0].pk)
    assert page in text(village.get(url("household", homes[0].pk)))

    answer = village.post(page, SON)

    assert answer.status_code == 302
    shown = text(village.get(page))
    assert "石远" in shown
    assert "433124************" in shown
    assert NUMBER not in shown
    made = DeclaredKin.objects.get()
    assert made.declared_to.username.startswith("village_committee")
    assert Opening.objects.filter(what="户外亲属").exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"consented_on": ""}, "亲属本人没有签查询授权书"),
        ({"consented_on": "2018-11-06"}, "授权书签署日期晚于今天"),
        ({"id_number": NUMBER[:17]}, "证件号码应为18位"),
        ({"relation": ""}, "有 1 处需要改正"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    homes: list[Household], village: Client, changed: dict[str, str], said: str
) -> None:
    answer = village.post(url("household_kin", homes[0].pk), SON | changed)

    assert answer.status_code == 422
    assert said in text(answer)
    assert not DeclaredKin.objects.exists()


@pytest.mark.parametrize(
    ("post", "status"),
    [
        (Post.VILLAGE_COMMITTEE, 302),
        (Post.WORK_TEAM, 302),
        (Post.TOWNSHIP_CLERK, 302),
        (Post.TOWNSHIP_LEADER, 302),
        (Post.SUPERVISION_COMMITTEE, 404),
        (Post.COUNTY_CLERK, 404),
        (Post.COUNTY_LEADER, 404),
    ],
)
@pytest.mark.usefixtures("village")
def test_who_takes_down_relatives(
    county: County, homes: list[Household], post: Post, status: int
) -> None:
    client, page = browser(county.world.hats[post]), url("household_kin", homes[0].pk)

    assert client.get(page).status_code == 200
    assert client.post(page, SON).status_code == status
    ending = url("end_kin", declared(homes[1], county.world.day).pk)
    assert client.post(ending).status_code == status


@pytest.mark.usefixtures("village")
def test_the_village_next_door_finds_nothing(homes: list[Household]) -> None:
    stranger = browser(officer(Post.VILLAGE_COMMITTEE, NEIGHBOUR, name="邻村"))

    page = url("household_kin", homes[0].pk)
    assert stranger.get(page).status_code == 404
    assert stranger.post(page, SON).status_code == 404


def test_nobody_takes_down_his_own_relatives_household(
    county: County, homes: list[Household], village: Client
) -> None:
    by = county.world.hats[Post.VILLAGE_COMMITTEE].officer
    recusal.declare(by, homes[0].pk, relation=Relation.SIBLING, on=county.world.day)
    kin = declared(homes[0], county.world.day)

    answer = village.post(url("household_kin", homes[0].pk), SON)
    village.post(url("end_kin", kin.pk))

    assert answer.status_code == 422
    assert "应当回避" in text(answer)
    assert DeclaredKin.objects.get().ended_on is None


def test_a_relative_is_ended_and_stays_on_the_page(
    county: County, homes: list[Household], village: Client
) -> None:
    kin = declared(homes[0], county.world.day)

    village.post(url("end_kin", kin.pk))
    again = village.post(url("end_kin", kin.pk), follow=True)

    kin.refresh_from_db()
    assert kin.ended_on == county.world.day
    assert kin.ended_by == county.world.hats[Post.VILLAGE_COMMITTEE].officer
    assert "该亲属已不再申报" in text(again)
    assert "不再申报" in text(village.get(url("household_kin", homes[0].pk)))


@pytest.mark.usefixtures("village")
def test_a_round_lists_the_relatives_it_asks_about(
    county: County, homes: list[Household]
) -> None:
    declared(homes[0], county.world.day)
    round_ = county.open()
    clerk = browser(county.clerk)

    page = text(clerk.get(url("comparison_kin", round_.pk)))

    assert url("comparison_kin", round_.pk) in text(
        clerk.get(round_.get_absolute_url())
    )
    assert "石远" in page
    assert url("household_kin", homes[0].pk) in page
