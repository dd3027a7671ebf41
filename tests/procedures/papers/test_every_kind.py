"""Every kind of paper: complete, Chinese, without a number of a person, and quick."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from notices import frozen, kinds
from notices.ledger_papers import KIND_OF
from notices.models import Paper
from procedures import papers
from registry.identity import unseal
from registry.models import Household, Person
from tests.procedures.papers.factories import (
    CHANGE,
    EXIT,
    IDENTIFICATION,
    REMOVAL,
    World,
    decide,
    world,
    written_at,
)
from workflows.models import Batch, Case

pytestmark = pytest.mark.django_db
ALL = [IDENTIFICATION, EXIT, REMOVAL, CHANGE]
# Two lists are posted and one decision announced; a removal is posted once.
PUBLIC = {IDENTIFICATION: 3, EXIT: 3, REMOVAL: 2, CHANGE: 1}
EACH = pytest.mark.parametrize("slug", ALL)


def everything(made: World) -> list[papers.Draft]:
    """Return the drafts of every kind of the procedure, each at its own step."""
    found = []
    for kind, step in written_at(made.batch.procedure):
        found += made.drafts([kind], step.name)
    return found


def test_every_declared_kind_has_a_writer() -> None:
    on_demand = {"objection_answer", "objection_register", "file_cover", "file_index"}
    # Written by a campaign, which is no procedure.
    on_demand |= {"analysis_minutes"}
    ledgers = set(KIND_OF.values())

    assert set(papers.WRITERS) | on_demand | ledgers == set(kinds.KINDS)


@EACH
@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize("facts", [True, False])
def test_every_context_is_what_its_kind_allows(
    slug: str, size: int, facts: bool
) -> None:
    made = world(slug, size, facts=facts)
    for draft in everything(made):
        frozen.checked(draft.kind, draft.context)


@EACH
def test_a_household_paper_comes_once_per_household_and_a_list_paper_once(
    slug: str,
) -> None:
    made = world(slug, 3, facts=False)
    cases = [case.about for case in made.cases]
    for kind, step in written_at(slug):
        about = [draft.about for draft in made.drafts([kind], step.name)]
        if kinds.named(kind).per == "household":
            assert about == cases
        else:
            assert [each.split("/")[:2] for each in about] == [
                made.batch.about.split("/")
            ]


@pytest.mark.parametrize("slug", [IDENTIFICATION, EXIT])
def test_papers_of_two_meetings_never_replace_each_other(slug: str) -> None:
    made = world(slug, 8)
    first = next(step for step in made.procedure.steps if "minutes" in step.papers)
    drafts = made.drafts(["minutes"], first.name) + made.drafts(["minutes"], "appraise")
    abouts = [draft.about for draft in drafts]
    assert len(set(abouts)) == len(abouts) > 2
    assert max(map(len, abouts)) <= Paper._meta.get_field("about").max_length


@EACH
def test_the_issuer_sits_at_the_level_of_the_kind(slug: str) -> None:
    made = world(slug, 1, facts=False)
    codes = {
        "village": "433124110226",
        "township": "433124110000",
        "county": "433124000000",
    }
    for draft in everything(made):
        level = kinds.named(draft.kind).level
        if level is not None:
            assert draft.issuer_code == codes[level]


@EACH
def test_no_paper_carries_an_id_number_or_a_household_phone(slug: str) -> None:
    made = world(slug, 3)
    secrets = [unseal(person.id_cipher) for person in Person.objects.all()]
    secrets += [unseal(home.phone_cipher) for home in Household.objects.all()]
    assert all(secrets)
    for draft in everything(made):
        text = json.dumps(draft.context, ensure_ascii=False)
        assert not [secret for secret in secrets if secret in text], draft.kind


@EACH
def test_a_public_row_has_group_head_and_size_alone(slug: str) -> None:
    made = world(slug, 3)
    public = [d for d in everything(made) if kinds.named(d.kind).public]
    assert len(public) == PUBLIC[slug]
    for draft in public:
        lists = [draft.context["rows"], draft.context.get("kept", [])]
        assert {tuple(row) for rows in lists for row in rows} == {
            ("group", "head", "size")
        }


@EACH
@pytest.mark.parametrize("size", [5, 50])
def test_statements_do_not_grow_with_the_list(slug: str, size: int) -> None:
    """One household of the list, then all but one: the same number of statements."""
    made = world(slug, size)
    for case in made.cases:
        decide(made, case, made.procedure.steps[0].name)
    assert _statements(made, made.cases[:1]) == _statements(made, made.cases[:-1])


def _statements(made: World, cases: list[Case]) -> list[tuple[str, int]]:
    counts = []
    for kind, step in written_at(made.batch.procedure):
        batch = Batch.objects.get(pk=made.batch.pk)
        fresh = list(Case.objects.filter(pk__in=[c.pk for c in cases]).order_by("pk"))
        again = World(batch=batch, cases=fresh, by=made.by)
        with CaptureQueriesContext(connection) as queries:
            again.drafts([kind], step.name)
        counts.append((kind, len(queries)))
    return counts


@EACH
def test_papers_are_chinese_whatever_the_officer_reads(slug: str) -> None:
    made = world(slug, 1)
    chinese = [frozen.digest(draft.context) for draft in everything(made)]
    with translation.override("en"):
        assert [frozen.digest(draft.context) for draft in everything(made)] == chinese
