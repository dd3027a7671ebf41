"""A village's forms in one file: the same pages as one by one, only faster."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest
from PIL import ImageChops

from notices import frozen, marks
from notices.press import bundle, render, skeleton
from notices.press.bundle import Order, render_bundle
from tests.notices import reading
from tests.notices.contexts import AT, HEADS, HOUSEHOLDS, context

# Some 99 dots an inch; at a round number lines fall on half a pixel, and which way the
# reader rounds is chance.
SCALE = 1.371
# Of some 967,000 pixels of such a page; none differed when this was written.
TOLERATED = 20
STRONG = 64
LONG = "（一）常年患病，需长期服药；（二）“两个”孩子上学，缺劳动力。"


def order(kind: str, number: int, facts: dict[str, Any] | None = None) -> Order:
    return Order(
        kind=kind,
        context=frozen.checked(kind, facts or context(kind)),
        number=f"双村证〔2018〕{number}号",
        code=marks.as_code("".join(random.Random(number).choices("ABCDEFGH", k=16))),
        issued_at=AT,
        title=f"第{number}户",
        witness=f"{1000 + number}:{number:032x}:2018-11-12",
    )


def alone(one: Order) -> bytes:
    return render.render_pdf(
        one.kind,
        one.context,
        number=one.number,
        code=one.code,
        issued_at=one.issued_at,
        watermark=one.watermark,
        witness=one.witness,
    )


def varied(facts: Any, dice: random.Random) -> Any:
    """Return the facts as another household's: longer, shorter, empty, ticked."""
    if isinstance(facts, dict):
        return {key: varied(value, dice) for key, value in facts.items()}
    if isinstance(facts, list):
        return [
            varied(one, dice) for one in facts for _ in range(dice.choice([1, 1, 2]))
        ]
    if isinstance(facts, bool):
        return dice.random() < 0.5
    if isinstance(facts, Decimal):
        return facts * dice.choice([0, 1, 7, 100])
    if isinstance(facts, str):
        return dice.choice([facts, facts, facts + dice.choice(HEADS), LONG, ""])
    return facts


def households(kind: str, number: int) -> list[Order]:
    dice = random.Random(kind)
    facts = {key: value for key, value in HOUSEHOLDS[kind].items() if key != "made_by"}
    return [
        order(kind, n, context(kind) | varied(facts, dice) | {"head": HEADS[n]})
        for n in range(number)
    ]


def different(one: Any, other: Any) -> int:
    """Return how many pixels of two pages differ strongly."""
    pictures = [page.render(scale=SCALE).to_pil().convert("L") for page in (one, other)]
    return ImageChops.difference(*pictures).point(lambda v: v > STRONG).histogram()[1]


def words(page: Any) -> list[str]:
    return sorted(page.get_textpage().get_text_bounded().split())


def pairs(orders: list[Order]) -> Iterator[tuple[Any, Any]]:
    together = pypdfium2.PdfDocument(render_bundle(orders).pdf)
    singly = [page for one in orders for page in pypdfium2.PdfDocument(alone(one))]
    yield from zip(singly, together, strict=True)


@pytest.mark.parametrize("kind", sorted(HOUSEHOLDS))
def test_a_form_in_a_bundle_is_the_form_alone(kind: str) -> None:
    for single, bundled in pairs(households(kind, 6)):
        assert words(bundled) == words(single)
        assert different(bundled, single) <= TOLERATED


def test_forms_that_differ_in_words_alone_are_laid_out_once() -> None:
    facts = context("exit_confirmation")
    orders = [
        order("exit_confirmation", n, facts | {"head": HEADS[n]}) for n in range(30)
    ]
    markup = skeleton.take_apart(
        render.page_html(orders[0].sheet, orders[0].context)
    ).markup
    bundle.forget()

    made = render_bundle(orders)

    assert len(bundle.family("form", markup).shapes) == 1
    assert [name for name in HEADS[:30] if name not in reading.text(made.pdf)] == []


def test_a_bundle_says_how_many_pages_each_paper_took() -> None:
    orders = [order("verification", 1), order("application", 2)]

    made = render_bundle(orders)

    assert made.pages == [reading.pages(alone(one)) for one in orders]
    assert made.failures == {}


def test_every_page_of_a_bundle_leads_to_its_own_paper() -> None:
    orders = [order("exit_confirmation", n) for n in range(3)]

    codes = reading.qr_codes(render_bundle(orders).pdf)

    assert codes == [marks.check_url(one.code) for one in orders]


def test_every_paper_of_a_bundle_has_its_bookmark() -> None:
    orders = [order("exit_confirmation", n) for n in range(3)]
    document = pypdfium2.PdfDocument(render_bundle(orders).pdf)

    found = [
        (mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()
    ]

    assert found == [("第0户", 0), ("第1户", 1), ("第2户", 2)]


def test_in_duplex_every_paper_starts_on_a_front() -> None:
    orders = [order("exit_confirmation", n) for n in range(3)]

    texts = reading.page_texts(render_bundle(orders, duplex=True).pdf)

    assert [bool(text) for text in texts] == [True, False] * 3


def test_a_paper_that_fails_is_left_out_and_said() -> None:
    broken = order("exit_confirmation", 1)
    broken.context["members"] = [{"name": object()}]  # type: ignore[index]
    broken.context["period_from"] = "never"  # type: ignore[index]

    made = render_bundle([order("exit_confirmation", 0), broken])

    assert made.pages == [1, 0]
    assert list(made.failures) == [1]


def test_progress_is_told_paper_by_paper() -> None:
    told: list[int] = []

    render_bundle([order("application", n) for n in range(3)], progress=told.append)

    assert told == [1, 2, 3]


def test_a_bundle_of_the_same_papers_is_the_same_file() -> None:
    orders = households("exit_confirmation", 3)
    bundle.forget()
    first = render_bundle(orders).pdf
    bundle.forget()

    assert render_bundle(orders).pdf == first
