"""Every page once, at both widths, in every size of type and both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notices.models import Channel, Objection, Paper
from notices.objections import Complaint, file_objection
from permissions.posts import Post
from tests.e2e import forms
from tests.e2e.office import PASSWORD, Office
from tests.e2e.person import Person
from tests.world import VILLAGE, World, officer
from workflows import clock
from workflows.models import Batch

pytestmark = pytest.mark.chromium
TOWNSHIP = VILLAGE[:9] + "000"
LOOKS = [
    ("density", "compact"),
    ("density", "elder"),
    ("language", "en"),
]


def hung_and_objected(world: World) -> Batch:
    """Return an exit's list in the township's publicity, with one objection."""
    batch = world.open("household_exit", world.households(3, registered=True))
    world.until(batch, "post_township")
    world.step(batch)
    clock.set_training_day(world.day)
    batch.refresh_from_db()
    paper = Paper.objects.get(kind="township_publicity", about=batch.about)
    complaint = Complaint(
        content="该户在县城有商品房" * 20,
        channel=Channel.PHONE,
        received_at=world.now,
        household_id=batch.cases.first().household_id,
        objector="覃直言",
        contact="19907431234",
    )
    filed = file_objection(
        paper, complaint, by=world.hats[Post.COUNTY_CLERK], now=world.now
    )
    assert isinstance(filed, Objection), filed
    return batch


def addresses(batch: Batch) -> list[str]:
    """Return what an officer of the township may open, on all roads to it."""
    case = batch.cases.select_related("household").first()
    public = Paper.objects.get(kind="township_publicity", about=batch.about)
    return [
        *("/", "/?v=returned", "/?v=posted", "/?v=done", "/?v=late"),
        *("/batches/", "/batches/?open=1", f"/batch/{batch.pk}/"),
        *(f"/batch/{batch.pk}/publicity/", "/publicity/"),
        *("/scans/", "/scans/new/"),
        *("/roster/", f"/roster/?place={VILLAGE}"),
        f"/household/{case.household_id}/",
        *("/papers/", "/papers/?v=print", f"/paper/{public.pk}/"),
        *("/objections/", "/objections/?v=all", f"/objections/new/{public.pk}/"),
        f"/objection/{Objection.objects.get().pk}/",
        *("/place/", f"/place/{VILLAGE}/", f"/place/{TOWNSHIP}/?year=2017"),
        *("/account/", "/account/password/", "/posts/", f"/v/?no={public.number}"),
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_fits_its_window(
    world: World, office: Callable[..., Office], width: int
) -> None:
    batch = hung_and_objected(world)
    person = office(width=width).at(Post.TOWNSHIP_CLERK)
    visited = addresses(batch)

    for address in visited:
        person.go(address)
    for name, value in LOOKS:
        choose(person, name, value)
        person.strict = name != "language"
        for address in visited:
            person.go(address)


def choose(person: Person, name: str, value: str) -> None:
    """Press the button that changes the looks, by what it sends."""
    person.go("/")
    button = person.page.locator(f"button[name={name}][value={value}]")
    if not button.first.is_visible() and not button.last.is_visible():
        person.page.locator(".cx-tabbar summary").click()
    person.follow(button.first if button.first.is_visible() else button.last)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("post", [Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN])
def test_the_pages_of_administrators_fit(
    world: World, office: Callable[..., Office], post: Post, width: int
) -> None:
    admin = officer(post, "433100000000", name="管理员")
    person = office(width=width).window()
    person.log_in(admin.officer.username, PASSWORD)

    addresses_of = {
        Post.SYSTEM_ADMIN: ("/officers/", "/account/"),
        Post.SECURITY_ADMIN: ("/appointments/", "/appointments/new/", "/account/"),
    }
    for address in addresses_of[post]:
        person.go(address)


@pytest.mark.parametrize("width", [1280, 1024, 390])
@pytest.mark.parametrize(("name", "value"), LOOKS)
def test_a_desk_fits_however_it_is_looked_at(
    world: World, office: Callable[..., Office], width: int, name: str, value: str
) -> None:
    batch = world.open("household_exit", world.households(3, registered=True))
    world.until(batch, "township_review")
    world.fill(batch)
    clock.set_training_day(world.day)
    person = office(width=width).at(Post.TOWNSHIP_CLERK)
    # An old screen, a large hand or long words may scroll a panel, not the page.
    person.strict = (width, value) in {(1280, "compact"), (390, "elder")}

    choose(person, name, value)
    person.go(f"/batch/{batch.pk}/")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_full_desk_fits_and_its_sheets_are_printed(
    world: World, office: Callable[..., Office], width: int
) -> None:
    batch = world.open("household_exit", world.households(3, registered=True))
    world.until(batch, "appraise")
    clock.set_training_day(world.day)
    person = office(width=width).at(Post.VILLAGE_COMMITTEE)
    person.go(f"/batch/{batch.pk}/")
    forms.authorised(person, world.day)

    person.follow(person.page.locator("button[formaction$='/sheet/sign_in/']"))

    assert person.value("meeting-chair") == "石念群"
    person.press("会议签到表")
    paper = Paper.objects.get(kind="sign_in", about__endswith="appraise")
    pdf = person.context.request.get(f"/paper/{paper.pk}.pdf")
    assert pdf.body().startswith(b"%PDF")
    person.press("标记为已打印")
    assert "已标记打印 1 份" in person.text
