"""A family's change as it is typed: what happened, who is concerned, who signed."""

from typing import Any

import pytest

from procedures.forms.changed_persons import ChangedPersonsForm
from procedures.forms.family_changes import ChangeForm
from procedures.forms.sign_offs import ReportForm
from procedures.models import ChangedPerson, FamilyChange, SignOff
from registry.identity import unseal
from registry.models import Household, Person
from tests.procedures.forms.desk import Desk, errors, photo
from tests.procedures.papers import factories
from tests.registry.factories import id_number

STEP = "declare"
BIRTH = {
    "event": "birth",
    "happened_on": "2018-11-01",
    "reporter": "石谷雨",
    "reporter_is": "户主",
    "evidence": "出生医学证明",
}
CHILD = {
    "newcomers-0-name": "石小满",
    "newcomers-0-relation": "41",
    "newcomers-0-sex": "1",
    "newcomers-0-birth": "2018-11-01",
}


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(factories.world(factories.CHANGE, facts=False))


def reported(desk: Desk, **typed: Any) -> FamilyChange:
    saved = desk.save(ChangeForm, STEP, **(BIRTH | typed))
    assert isinstance(saved, FamilyChange)
    return saved


def death(desk: Desk) -> FamilyChange:
    return reported(desk, event="death", evidence="户口注销证明")


def people(desk: Desk) -> list[Person]:
    home = desk.case.household
    assert home is not None
    present = home.members.filter(left_on=None)
    return list(present.order_by("relation", "birth", "pk"))


def test_a_birth_is_reported_with_its_evidence(desk: Desk) -> None:
    saved = reported(desk, photo=photo())

    assert (saved.event, saved.evidence, saved.reporter) == (
        "birth",
        "出生医学证明",
        "石谷雨",
    )
    assert saved.photo is not None
    assert ChangeForm.done([desk.case], step=STEP) == {desk.case.pk}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"evidence": "结婚证"}, "“出生”须有出生医学证明、户口簿之一"),
        ({"happened_on": "2018-11-17"}, "晚于今天"),
        ({"event": "merge", "evidence": "户口簿"}, "并户须填并入哪一户"),
        ({"event": "move", "evidence": "户口簿"}, "整户迁移须填迁入村"),
        ({"reporter": ""}, "没有填写"),
    ],
)
def test_a_report_that_does_not_fit_is_said_so(
    desk: Desk, typed: dict[str, str], said: str
) -> None:
    form = desk.typed(ChangeForm, STEP, **(BIRTH | typed))

    assert not form.is_valid()
    assert any(said in one for one in errors(form)), errors(form)


def test_a_merger_keeps_the_other_household_and_a_birth_does_not(desk: Desk) -> None:
    other = Household.objects.exclude(pk=desk.case.household_id).earliest("pk")
    merged = reported(desk, event="merge", evidence="户口簿", other=str(other.pk))
    assert merged.other == other

    assert reported(desk, other=str(other.pk)).other is None


def test_persons_are_asked_for_after_the_change(desk: Desk) -> None:
    form = desk.typed(ChangedPersonsForm, STEP)

    assert not form.is_valid()
    assert errors(form) == ["请先填写并保存“变动情况”"]


def test_a_newborn_needs_no_number(desk: Desk) -> None:
    change = reported(desk)
    desk.save(ChangedPersonsForm, STEP, **CHILD)

    (child,) = change.persons.all()
    assert (child.name, child.relation, child.id_index) == ("石小满", "41", "")
    assert ChangedPersonsForm.done([desk.case], step=STEP) == {desk.case.pk}


def test_a_bride_is_known_by_her_number_and_it_is_sealed(desk: Desk) -> None:
    reported(desk, event="marriage_in", evidence="结婚证")
    number = id_number(man=False)
    typed = {"newcomers-0-name": "麻白露", "newcomers-0-relation": "38"}
    desk.save(ChangedPersonsForm, STEP, **typed, **{"newcomers-0-id_number": number})

    bride = ChangedPerson.objects.get()
    assert (unseal(bride.id_cipher), bride.sex) == (number, "2")
    assert number not in bride.id_cipher + bride.id_index
    form = desk.blank(ChangedPersonsForm, STEP)
    page = str(form.formsets[0])
    assert number not in page


def test_a_number_once_saved_need_not_be_typed_again(desk: Desk) -> None:
    reported(desk, event="marriage_in", evidence="结婚证")
    number = id_number(man=False)
    typed = {"newcomers-0-name": "麻白露", "newcomers-0-relation": "38"}
    desk.save(ChangedPersonsForm, STEP, **typed, **{"newcomers-0-id_number": number})

    desk.save(ChangedPersonsForm, STEP, **{"newcomers-0-name": "麻秋露"})

    bride = ChangedPerson.objects.get()
    assert (bride.name, unseal(bride.id_cipher)) == ("麻秋露", number)


def test_a_wrong_number_is_refused_in_the_registers_own_words(desk: Desk) -> None:
    reported(desk, event="marriage_in", evidence="结婚证")
    typed = {"newcomers-0-name": "麻白露", "newcomers-0-relation": "38"}
    wrong = {"newcomers-0-id_number": "433124199001010000"}

    form = desk.typed(ChangedPersonsForm, STEP, **typed, **wrong)

    assert not form.is_valid()
    assert any("证件号码" in one for one in errors(form)), errors(form)


def test_who_dies_is_ticked_and_who_stays_is_related_anew(desk: Desk) -> None:
    change = death(desk)
    head, *others = people(desk)
    typed = {"members-0-goes": "on", "members-1-relation": "02"}

    desk.save(ChangedPersonsForm, STEP, **typed)

    found = {p.person_id: (p.part, p.relation) for p in change.persons.all()}
    assert found == {head.pk: ("leaves", ""), others[0].pk: ("stays", "02")}


def test_who_parts_needs_a_relation(desk: Desk) -> None:
    reported(desk, event="split", evidence="户口簿", group="二组")
    name = people(desk)[1].name

    form = desk.typed(ChangedPersonsForm, STEP, **{"members-1-goes": "on"})

    assert not form.is_valid()
    assert errors(form) == [f"须填{name}变动后与户主关系"]


def test_persons_of_a_change_of_another_shape_are_forgotten(desk: Desk) -> None:
    change = reported(desk)
    desk.save(ChangedPersonsForm, STEP, **CHILD)

    death(desk)

    assert not change.persons.exists()


def test_the_head_signs_the_registration_form(desk: Desk) -> None:
    typed = {"signed_on": "2018-11-12", "by_whom": "head", "thumb": "on"}
    desk.save(ReportForm, STEP, **typed, photo=photo())

    assert SignOff.objects.get().kind == "family_change"
