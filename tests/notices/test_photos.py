"""Photos: what comes in is checked, what is stored is our own encoding."""

from datetime import datetime
from io import BytesIO

import pytest
from PIL import Image

from notices import photos
from notices.models import Photo
from permissions.posts import Post
from registry.refusals import Refusal
from tests.notices.contexts import AT, CHINA
from tests.notices.factories import named_places, official, picture, upload
from tests.permissions.factories import TOWNSHIP, VILLAGE

pytestmark = pytest.mark.django_db


def taken_in(content: bytes, name: str = "a.jpg") -> Photo | Refusal:
    return photos.accept(
        upload(content, name), by=official(), at=AT, about="batch/1", purpose="posting"
    )


def stored(content: bytes) -> Photo:
    photo = taken_in(content)
    assert isinstance(photo, Photo), photo
    return photo


def opened(photo: Photo) -> Image.Image:
    with photo.file.open("rb") as file:
        return Image.open(BytesIO(file.read()))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_stored_as_jpeg(kind: str) -> None:
    photo = stored(picture(kind=kind))

    assert opened(photo).format == "JPEG"
    assert (photo.width, photo.height, photo.place_id) == (40, 30, VILLAGE)


def test_a_large_picture_is_made_smaller() -> None:
    photo = stored(picture((4000, 3000)))

    assert (photo.width, photo.height) == (2000, 1500)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff" * (30 * 1024 * 1024), "photo_large"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "photo_pdf"),
        (b"GIF89a" + b"\0" * 50, "photo_not"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_not"),
        (b"", "photo_not"),
        (picture((400, 300))[:900], "photo_broken"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(content: bytes, code: str) -> None:
    refusal = taken_in(content)

    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert "照片" in str(refusal)
    assert Photo.objects.count() == 0


def test_a_flood_of_pixels_is_refused_before_it_is_decoded() -> None:
    out = BytesIO()
    Image.new("1", (20000, 20000)).save(out, "PNG")

    refusal = taken_in(out.getvalue())

    assert isinstance(refusal, Refusal)
    assert refusal.code == "photo_pixels"


def test_the_hour_is_read_and_everything_else_stripped() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2018:11:12 08:15:30"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "Camera of Shi"
    photo = stored(picture(exif=exif))

    assert photo.taken_at == datetime(2018, 11, 12, 8, 15, 30, tzinfo=CHINA)
    assert not opened(photo).getexif()
    with photo.file.open("rb") as file:
        assert b"Camera" not in file.read()


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "yesterday", "2018-11-12"])
def test_a_senseless_hour_is_no_hour(text: str) -> None:
    exif = Image.Exif()
    exif[0x0132] = text

    assert stored(picture(exif=exif)).taken_at is None


def test_a_turned_picture_is_stored_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned right by a quarter: red, left, comes to lie on top
    photo = stored(picture((400, 300), exif=exif))

    assert (photo.width, photo.height) == (300, 400)
    red, _green, blue = opened(photo).getpixel((150, 20))
    assert (red > 200, blue < 60) == (True, True)


def test_transparency_becomes_white() -> None:
    out = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")

    assert opened(stored(out.getvalue())).getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_may_belong_to_another_place_than_its_officers() -> None:
    named_places()
    by = official(Post.TOWNSHIP_CLERK)
    make = {"by": by, "at": AT, "about": "case/1", "purpose": "visit"}
    own = photos.accept(upload(picture()), **make)
    given = photos.accept(upload(picture()), **make, place_code=VILLAGE)

    assert isinstance(own, Photo)
    assert isinstance(given, Photo)
    assert (own.place_id, given.place_id) == (TOWNSHIP, VILLAGE)
