"""The large-type copy of a notice: the same words on A3, large enough for two metres."""

import pypdfium2
import pytest
from django.test import Client

from notices import kinds, marks, papers
from permissions.posts import Post
from tests.notices import reading
from tests.notices.contexts import AT, HEADS
from tests.notices.factories import draft, notice, official
from tests.notices.test_render import CODE, printed

# What a reader with ordinary eyes needs: a two-hundredth of the distance.
TWO_METRES_PT = 10 * 72 / 25.4


@pytest.mark.parametrize("kind", sorted(kinds.PUBLIC_KINDS))
def test_a_poster_has_every_household_on_a3(kind: str) -> None:
    pdf = printed(kind, 40, poster=True)
    [size] = {page.get_size() for page in pypdfium2.PdfDocument(pdf)}

    assert [round(side * 25.4 / 72) for side in size] == [297, 420]
    assert [name for name in HEADS if name not in reading.text(pdf)] == []
    assert set(reading.qr_codes(pdf)) == {marks.check_url(CODE)}


def test_the_names_on_a_poster_are_read_from_two_metres() -> None:
    page = pypdfium2.PdfDocument(printed("first_publicity", 3, poster=True))[0]
    text = page.get_textpage()
    start = text.get_text_range().index(HEADS[0])

    left, _bottom, right, _top = text.get_charbox(start, loose=True)
    assert right - left >= TWO_METRES_PT


@pytest.mark.django_db
def test_a_notice_has_a_poster_and_a_form_has_none(client: Client) -> None:
    hat = official(Post.VILLAGE_COMMITTEE)
    shown = notice(by=hat)
    client.force_login(hat.officer)
    page = client.get(f"/paper/{shown.code}/").content.decode()

    poster = client.get(f"/paper/{shown.code}/poster.pdf")

    assert f"/paper/{shown.code}/poster.pdf" in page
    assert poster.content.startswith(b"%PDF")
    [form] = papers.issue([draft("application")], by=hat, at=AT)
    assert client.get(f"/paper/{form.code}/poster.pdf").status_code == 404
