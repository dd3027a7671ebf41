"""What a reported change needs before it may be entered; facts typed by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from procedures import gates
from procedures.change_facts import ChangedFacts, ChangeFacts
from procedures.facts import CaseFacts
from procedures.gates import Gate
from tests.procedures.facts import TODAY, book, case, sign_off
from tests.procedures.judging import code, said

BOOK = book("natural_change-hunan-2014")
BORN = date(2018, 11, 10)
CHILD = ChangedFacts(part="joins", name="石小满", relation="20", birth=BORN)
HEAD = ChangedFacts(part="leaves", name="石秋分", pk=1, was="02")
WIFE = ChangedFacts(part="stays", name="龙寒露", pk=2, was="12", relation="02")
SON = ChangedFacts(part="stays", name="石立冬", pk=3, was="20", relation="20")
DEAD = replace(SON, part="leaves", relation="")


def change(**how: Any) -> ChangeFacts:
    """A birth, of a household of three."""
    base = ChangeFacts(
        event="birth",
        label="出生",
        shape="joins",
        happened_on=BORN,
        since=date(2014, 4, 1),
        evidence="出生医学证明",
        photographed=True,
        persons=(CHILD,),
        members=frozenset({1, 2, 3}),
    )
    return replace(base, **how)


def death(*persons: ChangedFacts, **how: Any) -> ChangeFacts:
    told = {"event": "death", "label": "死亡", "shape": "leaves", "persons": persons}
    return change(**(told | {"evidence": "户口注销证明"} | how))


def split(*persons: ChangedFacts, **how: Any) -> ChangeFacts:
    told = {"event": "split", "label": "分户", "shape": "parts", "persons": persons}
    return change(**(told | {"evidence": "户口簿"} | how))


def merge(*persons: ChangedFacts, **how: Any) -> ChangeFacts:
    told = {"event": "merge", "label": "并户", "shape": "unites", "persons": persons}
    fits = {"evidence": "户口簿", "target_open": True, "same_standing": True}
    return change(**(told | fits | {"target": "麻处暑"} | how))


def facts(found: ChangeFacts | None, **more: Any) -> CaseFacts:
    return replace(case("declare"), change=found, **more)


SOUND = [
    gates.change_reported,
    gates.change_evidenced,
    gates.change_not_in_future,
    gates.members_still_there,
    gates.newcomers_identified,
    gates.new_head_named,
    gates.change_alone,
    gates.target_fits,
]
PARTING = replace(SON, part="parts", relation="02")
JOINING = tuple(replace(p, part="parts", relation="97") for p in (HEAD, WIFE, SON))


@pytest.mark.parametrize(
    "found",
    [
        change(),
        death(DEAD),
        death(HEAD, WIFE, SON),
        split(PARTING),
        merge(*JOINING),
        change(event="move", shape="moves", evidence="户口簿", persons=()),
        change(event="end", shape="ends", evidence="户口注销证明", persons=()),
    ],
    ids=["birth", "death", "head-dies", "split", "merge", "move", "end"],
)
def test_a_change_told_rightly_passes_every_gate(found: ChangeFacts) -> None:
    told = [code(gate, facts(found), rulebook=BOOK) for gate in SOUND]

    assert told == [None] * len(SOUND)


@pytest.mark.parametrize(
    ("gate", "found", "refused"),
    [
        (gates.change_reported, None, "change_missing"),
        (gates.change_reported, change(event="flood"), "change_unknown"),
        (gates.change_reported, change(persons=()), "change_of_nobody"),
        (gates.change_reported, split(WIFE), "change_of_nobody"),
        (gates.change_evidenced, change(evidence="结婚证"), "evidence_not_taken"),
        (gates.change_evidenced, change(photographed=False), "evidence_missing"),
        (
            gates.change_not_in_future,
            change(happened_on=date(2018, 11, 21)),
            "change_dated_ahead",
        ),
        (
            gates.change_not_in_future,
            change(happened_on=date(2014, 3, 31)),
            "change_before_household",
        ),
        (
            gates.change_not_in_future,
            change(happened_on=date(2018, 11, 9)),
            "change_before_birth",
        ),
        (gates.members_still_there, death(replace(DEAD, left=True)), "not_member_then"),
        (
            gates.members_still_there,
            death(replace(DEAD, joined_on=date(2018, 11, 11))),
            "not_member_then",
        ),
        (
            gates.members_still_there,
            death(HEAD, members=frozenset({1})),
            "nobody_stays",
        ),
        (gates.members_still_there, merge(*JOINING[:2]), "members_left_out"),
        (
            gates.newcomers_identified,
            change(event="marriage_in", label="婚入"),
            "number_missing",
        ),
        (
            gates.newcomers_identified,
            change(persons=(replace(CHILD, elsewhere="十八洞村"),)),
            "present_elsewhere",
        ),
        (gates.new_head_named, death(HEAD), "new_head_missing"),
        (gates.new_head_named, death(HEAD, WIFE), "relations_missing"),
        (
            gates.new_head_named,
            death(HEAD, WIFE, replace(SON, relation="02")),
            "new_head_missing",
        ),
        (gates.new_head_named, split(replace(PARTING, relation="20")), "parting_head"),
        (
            gates.change_alone,
            death(replace(DEAD, reported=("433124110226-变-2018-02",))),
            "changed_elsewhere",
        ),
        (gates.change_alone, split(PARTING, busy=("贫困户退出",)), "household_busy"),
        (gates.target_fits, merge(*JOINING, target_open=False), "target_closed"),
        (gates.target_fits, merge(*JOINING, same_standing=False), "target_differs"),
    ],
)
def test_a_change_told_wrongly_is_refused(
    gate: Gate, found: ChangeFacts | None, refused: str
) -> None:
    assert code(gate, facts(found), rulebook=BOOK) == refused


@pytest.mark.parametrize("gate", SOUND[1:])
def test_what_was_not_reported_is_missed_once(gate: Gate) -> None:
    assert code(gate, facts(None), rulebook=BOOK) is None


def test_a_death_goes_beside_an_exit_under_way() -> None:
    found = death(DEAD, busy=("贫困户退出",))

    assert code(gates.change_alone, facts(found), rulebook=BOOK) is None


def test_the_refusal_names_the_papers_that_are_taken() -> None:
    found = change(evidence="结婚证")

    text, basis = said(gates.change_evidenced, facts(found), rulebook=BOOK)

    assert text == "“出生”须有出生医学证明、户口簿之一"
    assert basis == "出生的证明材料（推定）"


@pytest.mark.parametrize(
    ("signed", "since", "refused"),
    [
        ({}, None, None),
        ({"photographed": False}, None, "form_unsigned"),
        ({"refused": True, "refusal_reason": "不认"}, None, "form_unsigned"),
        ({"signed_on": date(2018, 11, 21)}, None, "form_dated_ahead"),
        ({}, date(2018, 11, 15), "form_too_old"),
    ],
)
def test_the_form_is_signed_in_time(
    signed: dict[str, Any], since: date | None, refused: str | None
) -> None:
    told = {"family_change": sign_off(**signed)}
    found = facts(change(), sign_offs=told, since=since)

    assert code(gates.report_signed, found, rulebook=BOOK, today=TODAY) == refused


@pytest.mark.parametrize(
    ("found", "growth", "words"),
    [
        (change(), 1, "出生：石小满（子）"),
        (death(HEAD, WIFE, SON), -1, "死亡：石秋分（户主）"),
        (
            merge(*JOINING),
            -3,
            "并户：石秋分（其他亲属）、龙寒露（其他亲属）、石立冬（其他亲属）",
        ),
        (
            change(
                event="move",
                label="整户迁移",
                shape="moves",
                persons=(),
                target="金龙村",
            ),
            0,
            "整户迁移：金龙村",
        ),
    ],
    ids=["birth", "death", "merge", "move"],
)
def test_a_change_is_told_in_a_line(
    found: ChangeFacts, growth: int, words: str
) -> None:
    assert (found.growth, found.said) == (growth, words)
