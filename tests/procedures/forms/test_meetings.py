"""Meetings typed from the minutes."""

from datetime import date
from typing import Any

import pytest

from procedures.forms.meetings import MeetingForm
from procedures.models import Meeting, QuorumBasis
from tests.procedures.forms.desk import PDF, Desk, errors, photo, upload

MEETING = {
    "kind": "representatives",
    "called_on": "2018-11-10",
    "held_at": "2018-11-15T09:00",
    "place_text": "村部二楼会议室",
    "method": "secret",
    "due": "48",
    "present": "37",
    "women": "13",
    "authorisation_type": "villagers_meeting",
    "authorisation_on": "2018-01-20",
    "authorisation_document": "村民会议决议第1号",
    "chair": "龙远志",
    "recorder": "石念群",
    "teller": "麻守正",
    "scrutineer": "杨永和",
    "comparison_read_out": "on",
}


def test_a_meeting_is_saved_with_recusals_and_photos(identification: Desk) -> None:
    meeting = identification.save(
        MeetingForm,
        "appraise",
        **MEETING,
        **{"recused-0-name": "施𬱖明", "recused-0-reason": "户主之兄"},
        **{"recused-0-case": str(identification.cases[0].pk)},
        sheets=[photo("一.jpg"), photo("二.jpg", (70, 90))],
    )

    meeting.refresh_from_db()
    assert (meeting.due, meeting.present, meeting.women) == (48, 37, 13)
    assert meeting.basis == QuorumBasis.MEMBERS
    assert meeting.authorisation_on == date(2018, 1, 20)
    assert meeting.recorded_by == identification.by
    assert [r.name for r in meeting.recused.all()] == ["施𬱖明"]
    assert {p.about for p in meeting.photos.all()} == {identification.batch.about}
    assert meeting.photos.count() == 2


def test_a_saved_meeting_comes_back_and_is_changed_not_doubled(
    identification: Desk,
) -> None:
    identification.save(
        MeetingForm,
        "appraise",
        **MEETING,
        **{"recused-0-name": "施远明", "recused-0-reason": "户主之兄"},
    )

    again = identification.blank(MeetingForm, "appraise")
    assert again.is_complete
    assert again["held_at"].value().hour == 9
    assert ("实到", "37") in [(str(a), b) for a, b in again.summary()]
    assert not identification.typed(MeetingForm, "appraise").has_changed()

    identification.save(
        MeetingForm,
        "appraise",
        present="40",
        **{"recused-0-name": "", "recused-0-reason": ""},
    )
    meeting = Meeting.objects.get()
    assert meeting.present == 40
    assert meeting.recused.count() == 0


def test_the_page_says_whether_enough_came(identification: Desk) -> None:
    identification.save(MeetingForm, "appraise", **MEETING)

    (reading,) = identification.blank(MeetingForm, "appraise").readings()

    assert reading.text == "77%，达到法定人数（须 32 人）"
    assert reading.ok is True
    assert reading.law == "《村民委员会组织法》第二十六条"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"present": "31"},
            "实到：村民代表会议应到 48 人，实到 31 人，至少须到 32 人。"
            "《村民委员会组织法》第二十六条",
        ),
        ({"present": "50"}, "实到：实到人数多于应到人数"),
        ({"women": "38"}, "其中女性：女性人数多于实到人数"),
        (
            {"held_at": "2018-11-20T09:00"},
            "开会时间：2018年11月20日晚于今天（2018年11月16日）",
        ),
        (
            {"called_on": "2018-11-17"},
            "通知日期：2018年11月17日晚于今天（2018年11月16日）",
        ),
        ({"held_at": "明天上午"}, "看不懂"),
        ({"due": "四十八"}, "应到：请填整数"),
        ({"due": "-1"}, "应到：不能小于 1"),
        ({"authorisation_document": ""}, "没有登记村民会议对村民代表会议的授权"),
        ({"authorisation_on": "2018-11-16"}, "授权日期 2018-11-16 晚于会议日期"),
        ({"scrutineer": "麻守正"}, "计票人：计票人、监票人须为不同的两个人"),
        ({"chair": "龙远志3"}, "主持人：姓名含有不应出现的字符“3”"),
        ({"place_text": ""}, "地点：没有填写"),
        ({"method": ""}, "表决方式：没有选择"),
        ({"sheets": upload("会议记录.jpg", PDF)}, "“会议记录.jpg”：文件内容是 PDF"),
        ({"sheets": upload("大.jpg", b"\xff\xd8" + b"0" * (30 << 20))}, "照片 30 MB"),
        ({"recused-0-name": "施远明"}, "原因（与户主的关系）：没有填写"),
    ],
)
def test_a_wrong_meeting_is_refused_in_words_and_not_saved(
    identification: Desk, typed: dict[str, Any], sentence: str
) -> None:
    form = identification.typed(MeetingForm, "appraise", **{**MEETING, **typed})

    assert not form.is_valid()
    assert any(sentence in said for said in errors(form)), errors(form)
    assert not Meeting.objects.exists()


def test_what_is_typed_in_full_width_is_read(identification: Desk) -> None:
    meeting = identification.save(
        MeetingForm,
        "appraise",
        **{**MEETING, "due": "４８", "present": "３７ ", "called_on": "2018年11月10日"},
    )

    assert (meeting.due, meeting.called_on) == (48, date(2018, 11, 10))


def test_every_village_group_has_a_meeting_of_its_own(identification: Desk) -> None:
    groups = sorted({case.household.group for case in identification.cases})
    forms = MeetingForm.build(
        identification.batch,
        step="nominate",
        by=identification.by,
        now=identification.now,
    )

    assert [form.group for form in forms] == groups
    assert len({form.prefix for form in forms}) == len(forms)
    assert "authorisation_type" not in forms[0].fields


def test_the_meeting_of_a_group_is_saved_under_its_name(identification: Desk) -> None:
    typed = {key: MEETING[key] for key in MEETING if "authorisation" not in key}
    typed = {**typed, "kind": "group", "basis": "households"}
    meeting = identification.save(MeetingForm, "nominate", number=0, **typed)

    first = min(case.household.group for case in identification.cases)
    assert (meeting.kind, meeting.group, meeting.basis) == (
        "group",
        first,
        "households",
    )
