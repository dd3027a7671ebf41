"""Lives of cases, told in TOML, played through the real actions."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.stories.expect import EXPECTATIONS, check
from tests.stories.telling import EVENTS, Telling
from workflows.replay import differences

HERE = Path(__file__).parent
STORIES = sorted(HERE.glob("*.toml"))
ENOUGH = 25
EVENT_WORDS = {
    *("日", "事", "环节", "谁", "批", "户", "程序", "材料", "意见", "不予", "越权"),
    *("过时", "转入", "直到", "理由", "旧页面", "内容", "反映人", "结论"),
    *("调查结果", "岗位", "止", "关系", "原岗位", "村", "抽取户数", "说明"),
    "在那天",
}


def told(path: Path) -> dict:
    return tomllib.loads(path.read_text("utf-8"))


def test_there_are_enough_stories() -> None:
    assert len(STORIES) >= ENOUGH


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_uses_known_words_and_names_its_law(path: Path) -> None:
    story = told(path)

    assert {"题目", "依据", "程序", "户", "开始", "经过"} <= set(story)
    for event in story["经过"]:
        assert set(event) <= EVENT_WORDS | set(EXPECTATIONS)
        assert event.get("事", "办理") in EVENTS


@pytest.mark.django_db
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_happens_as_it_is_told(path: Path) -> None:
    story = told(path)
    telling = Telling.of(story)
    for number, event in enumerate(story["经过"], 1):
        try:
            check(telling, event, telling.tell(event))
        except AssertionError as wrong:
            wrong.add_note(f"{story['题目']}，第 {number} 件事：{event}")
            raise
    assert list(differences()) == []
