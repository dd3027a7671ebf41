"""Nothing on a paper is typed twice; run with -s to read how each paper is filled."""

import inspect
import sys
from collections import defaultdict
from typing import Any

import pytest

from procedures import papers
from procedures.forms.desks import FORMS_OF
from procedures.forms.filed import Filed
from tests.procedures.papers.factories import (
    EXIT,
    IDENTIFICATION,
    REMOVAL,
    world,
    written_at,
)

# Whom, when and about what, and the record read for it: known before anybody types.
KNOWN = {"kinds", "record", "cases", "by", "now"}


def leaves(fact: Any) -> list[Any]:
    """Return the single values of a context: its fields on paper."""
    if isinstance(fact, dict):
        return [leaf for each in fact.values() for leaf in leaves(each)]
    if isinstance(fact, list):
        return [leaf for each in fact for leaf in leaves(each)]
    return [fact]


def asked_by() -> dict[tuple[Any, ...], set[type]]:
    """Return for each column of a fact the forms that ask for it."""
    found = defaultdict(set)
    for desks in FORMS_OF.values():
        for desk in desks.values():
            for form in (*desk.case, *desk.batch):
                if issubclass(form, Filed):
                    fact = (form._meta.model, getattr(form, "kind", ""))
                    for column in form._meta.fields or ():
                        found[*fact, column].add(form)
    return found


def test_no_column_of_a_fact_is_asked_for_by_two_forms() -> None:
    asked = asked_by()

    assert len(asked) > 50
    assert [column for column, forms in asked.items() if len(forms) > 1] == []


@pytest.mark.django_db
@pytest.mark.parametrize("slug", [IDENTIFICATION, EXIT, REMOVAL])
def test_a_person_types_no_field_of_any_paper_again(slug: str) -> None:
    made = world(slug, 2)
    typed = set(inspect.signature(papers.write).parameters) - KNOWN
    for kind, step in written_at(slug):
        [draft, *_] = made.drafts([kind], step.name)
        fields = leaves(draft.context)
        pen = sum(field in {"", None} for field in fields)
        said = f"{len(fields) - pen} of the record, {pen} by pen or empty"
        sys.stdout.write(f"{slug} {kind}: {said}, {len(typed)} typed\n")

    assert len(typed) == 0
