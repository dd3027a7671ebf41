"""The cover and the index of a household's file say what lies in it that day."""

from datetime import datetime, timedelta

import pytest

from notices import household_files, papers
from notices.models import Paper
from registry.models import Household
from tests.notices import reading
from tests.notices.contexts import AT
from tests.notices.factories import draft, named_places, official
from tests.permissions.factories import household

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Household:
    named_places()
    return household()


def verified(home: Household, at: datetime = AT) -> Paper:
    about = draft("verification", household_id=home.pk, about="case/1")
    return papers.issue([about], by=official(), at=at)[0]


def test_the_index_keeps_what_was_replaced(home: Household) -> None:
    old, new = verified(home), verified(home, AT + timedelta(days=1))

    text = reading.text(household_files.sheet_pdf("file_index", home, at=AT))

    assert text.index(old.number) < text.index("已被替换") < text.index(new.number)
    assert "本卷共2件" in text


def test_the_cover_counts_what_the_index_lists(home: Household) -> None:
    verified(home)

    text = reading.text(household_files.sheet_pdf("file_cover", home, at=AT))

    assert household_files.file_number(home) in text
    for wanted in (home.number, "1件", "永久", "起始日期2018年11月12日"):
        assert wanted in text


def test_an_empty_file_has_a_cover_all_the_same(home: Household) -> None:
    text = reading.text(household_files.sheet_pdf("file_cover", home, at=AT))

    assert "0件" in text
    assert "None" not in text


def test_a_sheet_of_the_file_is_not_a_paper(home: Household) -> None:
    pdf = household_files.sheet_pdf("file_index", home, at=AT)

    assert reading.qr_codes(pdf) == []
    assert not Paper.objects.exists()
