"""The papers of an objection: what each says, and that none but one face names whom."""

from datetime import timedelta

import pytest

from notices import objection_papers, objections
from notices.models import Objection, Outcome, Paper
from permissions.models import Appointment
from permissions.posts import Post
from tests.notices import reading
from tests.notices.contexts import AT
from tests.notices.factories import complaint, notice, official
from tests.permissions.factories import VILLAGE

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=2)
WHO = "麻谷雨"


@pytest.fixture
def township() -> Appointment:
    return official(Post.TOWNSHIP_CLERK)


@pytest.fixture
def answered(township: Appointment) -> Objection:
    paper = notice()
    found = objections.file_objection(paper, complaint(), by=official(), now=NOW)
    assert isinstance(found, Objection)
    objections.assign(found, township.officer, now=NOW)
    said = objections.answer(
        found,
        Outcome.REJECTED,
        finding="门面已于2016年转让",
        investigators="向明远",
        by=township,
        now=NOW,
    )
    assert isinstance(said, Objection), said
    return said


def test_an_answer_is_issued_with_its_record_and_names_nobody(
    answered: Objection,
) -> None:
    issued = Paper.objects.filter(about=f"objection/{answered.pk}").order_by("kind")

    assert [paper.kind for paper in issued] == ["objection_answer", "objection_record"]
    assert answered.answer_paper == issued[1]
    assert not [paper for paper in issued if WHO in str(paper.context)]


def test_the_answer_names_the_objector_only_to_the_township(
    answered: Objection, township: Appointment
) -> None:
    sent = reading.text(objection_papers.answer_pdf(answered, by=township, at=NOW))
    public = reading.text(objection_papers.answer_pdf(answered, by=official(), at=NOW))

    assert (WHO in sent, WHO in public) == (True, False)
    for wanted in (
        "门面已于2016年转让",
        "公示的名单不作更改",
        "花垣县人民政府",
        "12317",
    ):
        assert wanted in public


def test_the_register_lists_every_objection_and_names_nobody(
    answered: Objection,
) -> None:
    rows = Objection.objects.select_related("paper", "household")
    pdf = objection_papers.register_pdf(rows, place_code=VILLAGE, at=NOW)

    text = reading.text(pdf)
    assert (answered.number in text, answered.paper.number in text) == (True, True)
    assert "共登记异议1件，其中办理中0件" in text
    assert WHO not in text
