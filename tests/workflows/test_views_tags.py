"""The small parts of pages: lamps, amounts, error lists, the code of a list."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from workflows.actions import PASS, Kind, Verdict
from workflows.models import Batch
from workflows.problems import problems_of
from workflows.templatetags import cx
from workflows.views import paging, verdicts

TODAY = date(2018, 11, 16)


class Visitor(forms.Form):
    name = forms.CharField(label="姓名")


Visitors = forms.formset_factory(Visitor, extra=1)


@pytest.mark.parametrize(
    ("due", "kind"),
    [
        (None, "none"),
        (date(2018, 11, 14), "late"),
        (date(2018, 11, 16), "soon"),
        (date(2018, 11, 18), "soon"),
        (date(2018, 11, 19), "time"),
    ],
)
def test_a_lamp_says_how_near_the_deadline_is(due: date | None, kind: str) -> None:
    assert cx.lamp(due, TODAY)["kind"] == kind


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (None, ""),
        (Decimal("4300.00"), "4,300"),
        (Decimal("4300.50"), "4,300.50"),
        (2995, "2,995"),
    ],
)
def test_an_amount_stands_as_people_write_it(
    amount: Decimal | int | None, words: str
) -> None:
    assert cx.yuan(amount) == words


def test_days_are_told_in_the_zone_of_the_office() -> None:
    late_in_london = datetime(2018, 11, 15, 17, 30, tzinfo=UTC)

    assert cx.day(late_in_london) == "11月16日"
    assert cx.long_day(late_in_london) == "2018年11月16日"
    assert cx.moment(late_in_london) == "11月16日 1:30"


def test_a_digest_stands_in_groups() -> None:
    assert cx.grouped("7f3a91c2e05b44d8ffff") == "7F3A 91C2 E05B 44D8"


def test_every_error_is_one_link_however_deep_it_lies() -> None:
    sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-name": ""}
    nested = [{"a": Visitor({})}, Visitors(sent), None, "words"]

    found = list(problems_of(nested))

    assert [one.anchor for one in found] == ["id_name", "id_form-0-name"]
    assert all(one.text.startswith("姓名：") for one in found)


def test_what_was_not_submitted_has_no_errors() -> None:
    assert list(problems_of(Visitor())) == []


def test_a_wrong_field_is_tied_to_its_message() -> None:
    template = Template("{% include 'forms/form.html' %}")

    text = template.render(Context({"form": Visitor({})}))

    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_name_error"' in text
    assert 'id="id_name_error"' in text


def test_one_changed_verdict_changes_the_code_of_the_list() -> None:
    batch = Batch(number="433124110226-退-2018-01", step="appraise", version=3)
    agreed = {1: PASS, 2: PASS}
    refused = agreed | {2: Verdict(kind=Kind.REFUSE, reason="未过半数")}

    assert verdicts.digest(batch, agreed) != verdicts.digest(batch, refused)
    assert verdicts.digest(batch, agreed) == verdicts.digest(batch, dict(agreed))


def test_an_unknown_verdict_counts_as_none_typed() -> None:
    typed = verdicts.typed(QueryDict("v1=nonsense&v2=refuse&w2= 未过半数 "), [1, 2, 3])

    assert typed[1] == typed[3] == PASS
    assert typed[2] == Verdict(kind=Kind.REFUSE, reason="未过半数")


def test_an_address_keeps_its_filters_between_pages() -> None:
    query = QueryDict("v=todo&after=2018-11-16.4&q=&place=433124110226")

    assert paging.without(query, "after") == "v=todo&place=433124110226"
