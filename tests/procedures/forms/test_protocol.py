"""What every fact form has: words for constraints, a fresh start on follow-up lists."""

from datetime import timedelta
from typing import Any

import pytest

from procedures import models
from procedures.forms.constraints import BROKEN
from procedures.forms.desks import FORMS_OF
from procedures.forms.visits import VisitForm
from procedures.forms.votes import VoteRow
from procedures.models import Visit
from tests.procedures.forms.desk import Desk
from tests.procedures.forms.test_visits import TWO
from tests.procedures.papers.factories import batch_of
from workflows.models import Case, Entry

TYPED = (
    models.Application,
    models.Checklist,
    models.FamilyChange,
    models.Investigation,
    models.Meeting,
    models.Sample,
    models.SignOff,
    models.Statement,
    models.Worksheet,
)
EVERY_FORM = {
    form
    for steps in FORMS_OF.values()
    for desk in steps.values()
    for form in (*desk.batch, *desk.case)
}


@pytest.mark.parametrize("model", TYPED)
def test_every_constraint_of_a_typed_fact_has_words(model: Any) -> None:
    names = {constraint.name for constraint in model._meta.constraints}

    assert names <= set(BROKEN)


def test_words_are_kept_for_living_constraints_only() -> None:
    names = {one.name for model in TYPED for one in model._meta.constraints}

    assert set(BROKEN) <= names


@pytest.mark.parametrize("form", sorted(EVERY_FORM, key=lambda form: form.slug))
def test_every_form_speaks_the_protocol_of_the_desk(form: Any) -> None:
    asked = (
        "build",
        "has_changed",
        "is_valid",
        "save",
        "fieldsets",
        "readings",
        "photos",
        "is_complete",
        "summary",
        "errors_summary",
    )

    assert [name for name in asked if not hasattr(form, name)] == []
    assert form.slug
    assert form.title
    assert hasattr(VoteRow, "save_rows")


def test_slugs_are_unique_on_each_desk() -> None:
    for steps in FORMS_OF.values():
        for desk in steps.values():
            slugs = [form.slug for form in (*desk.batch, *desk.case)]
            assert len(slugs) == len(set(slugs))


def test_a_household_sent_back_is_visited_anew_and_the_old_visit_stays(
    identification: Desk,
) -> None:
    first = identification.save(VisitForm, "verify", **TWO)
    later = identification.now + timedelta(hours=1)
    follow_up = batch_of(
        identification.batch.procedure,
        identification.batch.place,
        identification.by,
        round_=2,
    )
    follow_up.parent = identification.batch
    follow_up.opened_on = identification.now.date()
    follow_up.save()
    Entry.objects.create(batch=follow_up, seq=1, act="open", at=later, prev="", hash="")
    Case.objects.filter(pk=identification.case.pk).update(batch=follow_up)
    identification.now = later

    assert VisitForm.done([identification.case], step="verify") == set()
    assert not identification.blank(VisitForm, "verify").is_complete
    today = {**TWO, "visited_on": "2018-11-16"}
    second = identification.save(VisitForm, "verify", **today)

    assert second.pk != first.pk
    assert Visit.objects.count() == 2
