"""The pages of a comparison: one road through them, and who finds what there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from notices.models import Paper
from permissions.posts import Post
from registry.comparing.kinds import Decision
from registry.models import Household
from tests.workflows.comparing.scene import County, car, head, number, sheet
from tests.workflows.pages import browser, url
from workflows import clock
from workflows.comparing import lists, tasks
from workflows.models import ComparisonRound, DepartmentFile, Match


@pytest.fixture
def clerk(county: County, homes: list[Household]) -> Client:
    """Return the county clerk's browser on the world's day."""
    clock.set_training_day(county.world.day)
    return browser(county.clerk)


@pytest.fixture
def leader(county: County, clerk: Client) -> Client:
    return browser(county.leader)


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def test_a_comparison_from_list_out_to_decision(
    county: County, homes: list[Household], clerk: Client, leader: Client
) -> None:
    sent = {
        "purpose": "四类对象清理",
        "basis": "花扶〔2018〕3号",
        "areas": ["433124000000"],
        "groups": ["registered"],
        "sources": ["vehicles"],
        "authorised": "on",
    }
    opened = clerk.post(url("new_comparison"), sent)
    round_ = ComparisonRound.objects.get()
    assert opened.url == round_.get_absolute_url()
    lists.write_lists(round_.pk, at=clock.now())
    asked = round_.departments.get()

    leader.post(url("release_list", asked.pk))
    told = text(leader.post(url("list_password", asked.pk)))
    fetched = clerk.post(url("fetch_list", asked.pk))
    person = head(homes[0])
    upload = SimpleUploadedFile("车辆.csv", sheet("vehicles", [car(person)]))
    clerk.post(url("answer_list", asked.pk), {"workbook": upload})
    tasks.compare_file.call(DepartmentFile.objects.get().pk)
    page = text(clerk.get(url("comparison_hits", round_.pk)))
    match = Match.objects.get()
    ruled = {"decision": "accepted", "exception": "", "explanation": "本人承认"}
    clerk.post(url("match", match.pk), ruled)

    match.refresh_from_db()
    assert "打开密码" in told
    assert fetched.content[:4] == b"\xd0\xcf\x11\xe0"
    assert fetched.headers["Cache-Control"].find("no-store") >= 0
    assert person.name in page
    assert number(person) not in page + told
    assert match.decision == "accepted"
    report = text(clerk.get(url("comparison_report", round_.pk)))
    assert "双龙镇" in report


def test_a_refused_release_is_told_on_the_page(county: County, leader: Client) -> None:
    department = county.released(county.open())

    response = leader.post(url("release_list", department.pk))

    assert response.status_code == 422
    assert "名单已经批准发出" in text(response)


def test_a_decision_that_lacks_evidence_keeps_what_was_typed(
    county: County, homes: list[Household], clerk: Client
) -> None:
    match = county.hit(head(homes[0]))
    ruled = {"decision": "explained", "exception": "sold", "explanation": "早已卖掉"}

    response = clerk.post(url("match", match.pk), ruled)

    assert response.status_code == 422
    assert "须附证明材料照片" in text(response)
    assert "早已卖掉" in text(response)


@pytest.mark.parametrize(
    ("post", "status"),
    [
        (Post.VILLAGE_COMMITTEE, 404),
        (Post.TOWNSHIP_CLERK, 200),
        (Post.COUNTY_LEADER, 200),
    ],
)
@pytest.mark.parametrize("page", ["comparison", "comparison_hits"])
def test_who_reads_a_round(
    county: County, clerk: Client, page: str, post: Post, status: int
) -> None:
    round_ = county.open()

    response = browser(county.world.hats[post]).get(url(page, round_.pk))

    assert response.status_code == status


def test_a_township_sees_no_trace_and_decides_nothing(
    county: County, homes: list[Household], clerk: Client
) -> None:
    match = county.hit(head(homes[0]))
    township = browser(county.world.hats[Post.TOWNSHIP_CLERK])

    page = text(township.get(url("comparison", match.round_id)))

    assert "比对记录" not in page
    assert "SHA-256" not in page
    assert township.get(url("match", match.pk)).status_code == 200
    assert township.post(url("match", match.pk), {}).status_code == 404


@pytest.mark.parametrize("hits", [1, 3])
@pytest.mark.parametrize(
    ("page", "statements"),
    [("comparison", 21), ("comparison_hits", 14), ("comparison_report", 17)],
)
def test_a_page_costs_the_same_for_one_hit_and_for_three(
    county: County,
    homes: list[Household],
    clerk: Client,
    page: str,
    statements: int,
    hits: int,
) -> None:
    department = county.released(county.open())
    county.answer(department, [car(head(home)) for home in homes[:hits]])

    with CaptureQueriesContext(connection) as asked:
        clerk.get(url(page, department.round_id))

    assert len(asked) == statements


def test_the_report_comes_as_a_sheet(
    county: County, homes: list[Household], clerk: Client
) -> None:
    match = county.hit(head(homes[0]))

    response = clerk.get(url("report_file", match.round_id))

    assert response.content.startswith(b"PK")
    assert number(head(homes[0])).encode() not in response.content


def test_the_list_is_issued_as_a_paper_with_masked_numbers(
    county: County, homes: list[Household], clerk: Client
) -> None:
    match = county.hit(head(homes[0]), name="龙不同")
    county.decide(match, Decision.EXPLAINED, exception="hand_tractor")

    clerk.post(url("issue_paper", match.round_id), {"place": "433124110000"})

    paper = Paper.objects.get(kind="comparison_list")
    (row,) = paper.context["rows"]
    assert row["explanation"] == "手扶拖拉机：已上门核对"
    assert row["detail"] == "车辆类型：小型轿车（部门登记姓名龙不同）"
    assert row["id_masked"].startswith("433124******")
    assert (paper.context["households"], paper.context["departments"]) == (4, ["公安"])


def test_no_paper_before_a_department_has_answered(
    county: County, clerk: Client
) -> None:
    round_ = county.open()

    clerk.post(url("issue_paper", round_.pk))

    assert not Paper.objects.exists()
