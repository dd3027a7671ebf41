"""One Chinese term, one identifier: the glossary is complete and unambiguous."""

import re
from collections import Counter

import pytest
from django.apps import apps

from notices.kinds import KINDS
from permissions.posts import Post
from registry.places import Level
from tests.house.sources import PACKAGES, ROOT
from workflows import procedure
from workflows.machine import steps_of

ROW = re.compile(r"^\| (?P<terms>[^|]+) \| (?P<names>`[^|]+`) \| [^|]+ \|$", re.M)
ROWS = [
    (row["terms"].split("、"), re.findall(r"`([^`]+)`", row["names"]))
    for row in ROW.finditer((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))
]


def test_no_term_and_no_identifier_stands_in_two_rows() -> None:
    terms = Counter(term for row, _ in ROWS for term in row)
    names = Counter(name for _, row in ROWS for name in row)

    assert [word for word, count in (terms + names).items() if count > 1] == []


def test_every_model_has_a_word() -> None:
    known = {name for _, names in ROWS for name in names}
    models = {
        model.__name__
        for model in apps.get_models()
        if model._meta.app_label in PACKAGES
    }

    assert models - known == set()


@pytest.mark.parametrize("choices", [Post, Level])
def test_posts_and_levels_are_called_what_the_glossary_says(choices: type) -> None:
    assert_called(dict(choices.choices))


def test_papers_are_called_what_the_glossary_says() -> None:
    assert_called({kind.code: kind.title for kind in KINDS.values()})


@pytest.mark.parametrize("slug", [found.slug for found in procedure.registered()])
def test_steps_are_called_what_the_glossary_says(slug: str) -> None:
    found = procedure.named(slug)

    assert_called({slug: found.title})
    assert_called({step.name: step.title for step in steps_of(found.case_class)})


def assert_called(labels: dict[str, str]) -> None:
    """Every identifier stands in the row of its label."""
    rows = {name: terms for terms, names in ROWS for name in names}

    assert {n: str(t) for n, t in labels.items() if str(t) not in rows.get(n, [])} == {}
