"""The smallest valid places, officers, appointments and households of this floor."""

from datetime import UTC, date, datetime
from itertools import count

from permissions.appointments import Nomination, appoint
from permissions.models import Appointment, Officer
from permissions.posts import Post
from registry.models import Household, Person, Place
from registry.places import level_of, path

PASSWORD = "correct horse"
SINCE = date(2018, 1, 1)
TODAY = date(2018, 11, 16)
NOW = datetime(2018, 11, 16, 1, 0, tzinfo=UTC)

HUNAN = "430000000000"
PREFECTURE = "433100000000"
COUNTY, NEXT_COUNTY = "433124000000", "433123000000"
TOWNSHIP, NEXT_TOWNSHIP = "433124110000", "433124101000"
VILLAGE, NEXT_VILLAGE = "433124110226", "433124110227"

_numbers = count(1)


def place(code: str, name: str = "") -> Place:
    """Return the place, made with all above it when it is not there."""
    above: Place | None = None
    for part in path(code):
        above, _made = Place.objects.get_or_create(
            code=part,
            defaults={
                "name": name if part == code and name else f"地{part}",
                "level": level_of(part),
                "parent": above,
                "valid_from": date(2000, 1, 1),
            },
        )
    assert above is not None
    return above


def officer(full_name: str = "吴晓兰", **fields: object) -> Officer:
    """Return an officer who can log in with PASSWORD."""
    username = fields.pop("username", f"officer{next(_numbers)}")
    return Officer.objects.create_user(
        username=str(username), password=PASSWORD, full_name=full_name, **fields
    )


def nomination(who: Officer, post: Post, code: str, **fields: object) -> Nomination:
    """Return a nomination from the first of January 2018 on."""
    given = {"since": SINCE, "document": "花组任〔2018〕1号", **fields}
    return Nomination(officer=who, post=post, place=place(code), **given)


def appointment(who: Officer, post: Post, code: str, **fields: object) -> Appointment:
    """Return an appointment made through the one writer."""
    made = appoint(nomination(who, post, code, **fields), by=None, now=NOW)
    assert isinstance(made, Appointment), made
    return made


def holder(post: Post, code: str, full_name: str = "吴晓兰") -> Officer:
    """Return a new officer who holds the post at the place."""
    who = officer(full_name)
    appointment(who, post, code)
    return who


def household(code: str = VILLAGE, *, id_index: str = "") -> Household:
    """Return a household with one member."""
    number = f"{code}{next(_numbers):04d}"
    made = Household.objects.create(number=number, place=place(code), since=SINCE)
    Person.objects.create(
        household=made,
        name="石小满",
        relation="02",
        sex="1",
        birth=date(1970, 5, 21),
        id_index=id_index,
        joined_on=SINCE,
    )
    return made
