"""The lists that go out: whom they name, who lets them leave, until when."""

import io
import zipfile
from datetime import timedelta

import msoffcrypto
import pytest

from permissions.posts import Post
from registry.codes import Standing
from registry.comparing.people import listed
from registry.models import Household
from registry.refusals import Refusal
from tests.workflows.comparing.scene import County, declared, head, number
from tests.world import officer
from workflows.comparing import lists, rounds
from workflows.errors import Trespass
from workflows.models import ComparisonRound, RoundEntry

ACTS = RoundEntry.Act


def codes(refused: object) -> list[str]:
    found = refused if isinstance(refused, list) else [refused]
    return [one.code for one in found if isinstance(one, Refusal)]


def opened(sealed: bytes, password: str) -> str:
    """Return all text of an encrypted workbook."""
    book = msoffcrypto.OfficeFile(io.BytesIO(sealed))
    book.load_key(password=password)
    clear = io.BytesIO()
    book.decrypt(clear)
    parts = zipfile.ZipFile(clear)
    return "".join(
        parts.read(name).decode() for name in parts.namelist() if "xml" in name
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"areas": []}, "round_areas"),
        ({"areas": ["433125000000"]}, "round_areas"),
        ({"groups": []}, "round_groups"),
        ({"sources": []}, "round_departments"),
        ({"sources": ["banks"]}, "round_departments"),
        ({"basis": " "}, "round_without_basis"),
        ({"authorised": False}, "round_without_consent"),
    ],
)
def test_a_round_is_not_opened_without(
    county: County, changed: dict[str, object], code: str
) -> None:
    refused = rounds.open_round(county.wish(**changed), by=county.clerk, now=county.now)

    assert codes(refused) == [code]
    assert not ComparisonRound.objects.exists()


@pytest.mark.parametrize("post", [Post.COUNTY_LEADER, Post.TOWNSHIP_CLERK])
def test_only_the_county_clerk_opens_a_round(county: County, post: Post) -> None:
    with pytest.raises(Trespass):
        rounds.open_round(county.wish(), by=county.world.hats[post], now=county.now)


def test_a_round_is_numbered_and_expires_by_the_rulebook(county: County) -> None:
    first, second = county.open(), county.open()

    assert [first.number, second.number] == ["花比〔2018〕1号", "花比〔2018〕2号"]
    assert (first.expires_on - first.opened_on).days == 179


def test_a_list_names_members_and_declared_kin_of_those_asked_about(
    county: County, homes: list[Household]
) -> None:
    declared(homes[0], county.world.day)
    Household.objects.filter(pk=homes[1].pk).update(status=Standing.UNREGISTERED)

    people = listed(Household.objects.filter(status=Standing.REGISTERED))

    assert {one.household for one in people} == {
        home.number for home in homes if home != homes[1]
    }
    assert [(one.name, one.relation) for one in people if one.kin] == [
        ("石远", "户外子女")
    ]


def test_the_sealed_list_opens_with_its_password_alone(
    county: County, homes: list[Household]
) -> None:
    department = county.released(county.open())
    sealed = lists.fetch(department, by=county.clerk, now=county.now)
    password = lists.password_of(department, by=county.leader, now=county.now)
    assert isinstance(sealed, bytes)
    assert isinstance(password, str)

    text = opened(sealed, password)

    assert number(head(homes[0])) in text
    assert number(head(homes[0])).encode() not in sealed
    assert "仅供公安部门比对使用" in text


def test_nobody_releases_his_own_list(county: County) -> None:
    round_ = county.open()
    hat = officer(Post.COUNTY_LEADER, county.world.village, name="两职")
    ComparisonRound.objects.update(opened_by=hat)
    round_.refresh_from_db()

    refused = lists.release(round_.departments.first(), by=hat, now=county.now)

    assert codes(refused) == ["list_own"]


def test_a_list_is_not_fetched_before_it_is_released(county: County) -> None:
    department = county.open().departments.get(source="vehicles")

    refused = lists.fetch(department, by=county.clerk, now=county.now)

    assert codes(refused) == ["list_not_released"]


def test_the_clerk_who_fetches_never_learns_the_password(county: County) -> None:
    department = county.released(county.open())

    with pytest.raises(Trespass):
        lists.password_of(department, by=county.clerk, now=county.now)
    with pytest.raises(Trespass):
        lists.fetch(department, by=county.leader, now=county.now)


@pytest.mark.parametrize(("days", "may"), [(6, True), (7, False)])
def test_a_list_is_fetched_within_seven_days(
    county: County, days: int, *, may: bool
) -> None:
    department = county.released(county.open())
    later = county.now + timedelta(days=days)

    found = lists.fetch(department, by=county.clerk, now=later)

    assert isinstance(found, bytes) is may


def test_an_expired_list_is_destroyed_and_its_digest_stays(county: County) -> None:
    department = county.released(county.open())
    stored, storage = department.content.name, department.content.storage

    gone = lists.expire(county.now + timedelta(days=7))

    department.refresh_from_db()
    assert gone == 1
    assert (department.content.name, department.password_cipher) == ("", "")
    assert len(department.sha256) == 64
    assert not storage.exists(stored)


def test_every_act_leaves_a_line(county: County) -> None:
    round_ = county.open(sources=["vehicles"])
    department = county.released(round_)
    lists.fetch(department, by=county.clerk, now=county.now)
    lists.password_of(department, by=county.leader, now=county.now)

    acts = round_.entries.values_list("act", "by__officer__full_name")

    clerk, leader = county.clerk.officer.full_name, county.leader.officer.full_name
    assert list(acts) == [
        (ACTS.OPENED, clerk),
        (ACTS.SEALED, None),
        (ACTS.RELEASED, leader),
        (ACTS.FETCHED, clerk),
        (ACTS.PASSWORD, leader),
    ]
