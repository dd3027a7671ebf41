"""Applications, comparisons, confirmations and what households sign."""

from typing import Any

import pytest

from permissions.posts import Post
from procedures.forms.applications import ApplicationForm
from procedures.forms.comparisons import ComparisonForm
from procedures.forms.confirmations import ConfirmationForm
from procedures.forms.sign_offs import ConsentForm, ReceiptForm
from procedures.models import Application, Comparison, Confirmation, Hit, SignOff
from tests.permissions.factories import VILLAGE, appointment, officer
from tests.procedures.forms.desk import PDF, Desk, errors, photo, upload

ASKED = {
    "made_by": "household",
    "applied_on": "2018-11-05",
    "request": "家庭困难，申请纳入",
    "cause": "因病",
    "income_stated": "2600",
    "labourers": "1",
    "thumb": "on",
}


def test_an_application_is_saved_once_and_corrected(identification: Desk) -> None:
    identification.save(ApplicationForm, "apply", **ASKED, signature=photo())
    identification.save(ApplicationForm, "apply", cause="因残")

    found = Application.objects.get()
    assert (found.cause, found.made_by, found.thumb) == ("因残", "household", True)
    assert found.signature.about == identification.case.about
    assert ApplicationForm.done([identification.case], step="apply") == {found.case_id}


def test_a_group_may_speak_for_an_orphan_and_the_writer_has_a_witness(
    identification: Desk,
) -> None:
    found = identification.save(
        ApplicationForm,
        "apply",
        **{**ASKED, "made_by": "group", "group_reason": "orphan"},
        proxy_name="龙　五",
        witness_name="吴𬱖",
    )

    assert (found.group_reason, found.proxy_name) == ("orphan", "龙五")
    assert found.witness_name == "吴𬱖"


def test_a_reason_chosen_before_changing_the_mind_is_dropped(
    identification: Desk,
) -> None:
    found = identification.save(
        ApplicationForm, "apply", **ASKED, group_reason="orphan"
    )

    assert found.group_reason == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"made_by": ""}, "提出方式：没有选择"),
        ({"made_by": "group"}, "小组推荐原因：村民小组推荐的须选推荐原因"),
        ({"made_by": "neighbour"}, "提出方式：所选的不在选项里"),
        ({"applied_on": "2018-12-01"}, "申请日期：2018年12月1日晚于今天"),
        ({"income_stated": "-1"}, "自报人均纯收入（元）：不能小于 0 元"),
        ({"income_stated": "很少"}, "请填数字"),
        ({"labourers": "9"}, "劳动力人数：劳动力 9 人，多于家庭人口"),
        ({"proxy_name": "龙五"}, "由 龙五 代写，须本人按手印并有见证人"),
        ({"proxy_name": "龙\ue000五"}, "自造字（U+E000）"),
        ({"cause": "病" * 101}, "致贫原因：超过 100 个字"),
        ({"signature": upload("申请书.jpg", PDF)}, "文件内容是 PDF，不是照片"),
    ],
)
def test_a_wrong_application_is_refused_in_words_and_not_saved(
    identification: Desk, typed: dict[str, Any], sentence: str
) -> None:
    sent = identification.typed(ApplicationForm, "apply", **{**ASKED, **typed})

    assert not sent.is_valid()
    assert any(sentence in said for said in errors(sent)), errors(sent)
    assert not Application.objects.exists()


COMPARED = {
    "compared_on": "2018-11-10",
    "departments": ["财政", "公安", "工商"],
    "consent": "on",
}
CAR = {
    "hits-0-kind": "vehicle",
    "hits-0-department": "公安",
    "hits-0-detail": "湘U·12345 小型轿车",
    "hits-0-found_on": "2018-11-10",
}


def test_a_hit_keeps_its_evidence_and_whoever_decided_it(identification: Desk) -> None:
    decided = {"hits-0-explanation": "已转让", "hits-0-decision": "explained"}
    identification.save(
        ComparisonForm,
        "compare",
        **COMPARED,
        **CAR,
        **decided,
        **{"hits-0-evidence": photo()},
    )
    decider = identification.by.officer
    hit = Hit.objects.get()
    assert (hit.decided_by, str(hit.decided_on)) == (decider, "2018-11-16")

    identification.by = appointment(officer("石志远"), Post.WORK_TEAM, VILLAGE)
    identification.save(ComparisonForm, "compare", consent="")
    again = Hit.objects.get()
    assert (again.pk, again.decided_by) == (hit.pk, decider)
    assert again.evidence_id == hit.evidence_id
    assert Comparison.objects.get().departments == ["财政", "公安", "工商"]


def test_an_emptied_hit_is_taken_away(identification: Desk) -> None:
    identification.save(ComparisonForm, "compare", **COMPARED, **CAR)
    identification.save(ComparisonForm, "compare", **dict.fromkeys(CAR, ""))

    assert not Hit.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"departments": []}, "已比对的部门：没有选择"),
        ({"departments": ["气象"]}, "所选的不在选项里"),
        ({"hits-0-decision": "explained"}, "农户说明：认定“说明成立”的，须写明"),
        ({"hits-0-kind": ""}, "命中类型：没有选择"),
        ({"hits-0-found_on": "2018-11-18"}, "发现日期：2018年11月18日晚于今天"),
        ({"hits-0-person": "999999"}, "所选的不在选项里"),
    ],
)
def test_a_wrong_comparison_is_refused_in_words_and_not_saved(
    identification: Desk, typed: dict[str, Any], sentence: str
) -> None:
    sent = identification.typed(
        ComparisonForm, "compare", **{**COMPARED, **CAR, **typed}
    )

    assert not sent.is_valid()
    assert any(sentence in said for said in errors(sent)), errors(sent)
    assert not Comparison.objects.exists()


def test_the_village_signs_its_list(leaving: Desk) -> None:
    names = {"secretary": "石念群", "village_head": "龙守信", "team_leader": "向明远"}
    leaving.save(
        ConfirmationForm, "confirm", **names, confirmed_on="2018-11-15", photo=photo()
    )

    found = Confirmation.objects.get()
    assert (found.secretary, found.photo.purpose) == ("石念群", "confirmation")
    missing = leaving.typed(ConfirmationForm, "confirm", team_leader="")
    assert not missing.is_valid()
    assert errors(missing) == ["驻村工作队队长：没有填写"]


SIGNED = {"signed_on": "2018-11-15", "by_whom": "head", "thumb": "on"}


def test_a_household_signs_and_its_other_papers_are_untouched(leaving: Desk) -> None:
    leaving.save(ConsentForm, "consent", **SIGNED, photo=photo())
    leaving.save(ReceiptForm, "delist", **SIGNED)

    assert list(SignOff.objects.order_by("pk").values_list("kind", "by")) == [
        ("consent", "head"),
        ("receipt", "head"),
    ]
    assert ConsentForm.done([leaving.case], step="consent") == {leaving.case.pk}


def test_a_refusal_to_sign_is_kept_with_its_reason(leaving: Desk) -> None:
    refused = {"refused": "on", "refusal_reason": "收入没有达到", "thumb": ""}
    found = leaving.save(ConsentForm, "consent", **{**SIGNED, **refused})

    assert (found.refused, found.refusal_reason) == (True, "收入没有达到")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"refused": "on", "thumb": ""}, "拒签理由：拒绝签字的须写明理由"),
        ({"signed_on": "2018-11-17"}, "签字日期：2018年11月17日晚于今天"),
        ({"by_whom": "proxy"}, "代签须写明代签人、与户主关系和见证人"),
        ({"by_whom": "proxy", "proxy_name": "石二"}, "代签须写明代签人"),
        ({"photo": photo("图.jpg", (0x2000, 0x2000))}, "照片像素过大"),
    ],
)
def test_a_wrong_signature_is_refused_in_words_and_not_saved(
    leaving: Desk, typed: dict[str, Any], sentence: str
) -> None:
    sent = leaving.typed(ConsentForm, "consent", **{**SIGNED, **typed})

    assert not sent.is_valid()
    assert any(sentence in said for said in errors(sent)), errors(sent)
    assert not SignOff.objects.exists()
