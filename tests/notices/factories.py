"""Small valid drafts, notices and officers for the tests of papers."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from notices import papers
from notices.models import Channel, Paper, Photo
from notices.objections import Complaint
from notices.papers import Draft
from notices.photos import accept
from permissions.models import Appointment
from permissions.posts import Post
from registry.models import Place
from registry.places import Level, ancestor
from tests.notices.contexts import AT, context
from tests.permissions.factories import VILLAGE, appointment, officer, place

NAMES = {
    Level.VILLAGE: "十八洞村",
    Level.TOWNSHIP: "双龙镇",
    Level.COUNTY: "花垣县",
}


def named_places() -> Place:
    """Return 十八洞村, with 双龙镇 and 花垣县 above it under their names."""
    village = place(VILLAGE)
    for level, name in NAMES.items():
        Place.objects.filter(code=ancestor(VILLAGE, level)).update(name=name)
    return village


def official(post: Post = Post.VILLAGE_COMMITTEE, code: str = VILLAGE) -> Appointment:
    """Return somebody who holds the post."""
    if post.level:
        code = ancestor(code, post.level)
    return appointment(officer(), post, code)


def draft(kind: str = "first_publicity", households: int = 3, **fields: Any) -> Draft:
    """Return a valid draft about batch/1."""
    level = fields.pop("level", Level.VILLAGE)
    given = {
        "kind": kind,
        "issuer_code": ancestor(VILLAGE, level),
        "place_code": VILLAGE,
        "about": "batch/1",
        "context": context(kind, households),
        **fields,
    }
    return Draft(**given)


def notice(*, at: datetime = AT, by: Appointment | None = None, **fields: Any) -> Paper:
    """Return an issued first publicity."""
    named_places()
    return papers.issue([draft(**fields)], by=by or official(), at=at)[0]


def picture(
    size: tuple[int, int] = (40, 30), kind: str = "JPEG", **options: Any
) -> bytes:
    """Return the bytes of a picture, red on the left, blue on the right."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def upload(content: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    """Return an upload as a form hands it on."""
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def photo(by: Appointment) -> Photo:
    """Return a stored photo."""
    made = accept(upload(picture()), by=by, at=AT, about="batch/1", purpose="posting")
    assert isinstance(made, Photo), made
    return made


def complaint(**fields: Any) -> Complaint:
    """Return what a villager says by telephone."""
    given: dict[str, Any] = {
        "content": "该户在县城有门面出租",
        "channel": Channel.PHONE,
        "received_at": AT + timedelta(days=1),
        "objector": "麻谷雨",
        "contact": "13800000000",
        **fields,
    }
    return Complaint(**given)
