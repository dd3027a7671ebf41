"""Step × post × own, neighbouring, upper, lower office; the table is typed by hand.

`steps.csv` was written from the law (law.md §1.1, §1.2, §1.5), not from the code.
"""

import csv
from pathlib import Path

import pytest

from permissions.models import Appointment
from permissions.posts import Post
from registry.places import Level, ancestor
from tests.world import TODAY, World, at, officer
from workflows.actions.writing import must_hold
from workflows.errors import Trespass
from workflows.procedure import named, registered

pytestmark = pytest.mark.django_db

VILLAGE = "433124110226"
# A village of the same township, of another township, of another county.
NEIGHBOURS = {
    Level.VILLAGE: ("433124110225", "433124102200", "433123101201"),
    Level.TOWNSHIP: ("433124102200", "433123101201"),
    Level.COUNTY: ("433123101201",),
}
# Who looks on from above, and who must never act: seats of posts of any level.
ONLOOKERS = (
    (Post.PREFECTURE_OFFICE, "433100000000"),
    (Post.AUDITOR, "433100000000"),
    (Post.AUDITOR, "433124000000"),
    (Post.AUDITOR, "433124110000"),
    (Post.AUDITOR, VILLAGE),
    (Post.SYSTEM_ADMIN, "433124000000"),
    (Post.SECURITY_ADMIN, "433124000000"),
    (Post.AUDIT_ADMIN, "433124000000"),
)


def written() -> list[tuple[str, str, Post]]:
    """Return procedure, step and post as they were typed."""
    text = Path(__file__).with_name("steps.csv").read_text(encoding="utf-8")
    return [
        (row["procedure"], row["step"], Post(row["post"]))
        for row in csv.DictReader(text.splitlines())
    ]


def offices() -> dict[tuple[Post, str], Appointment]:
    """Appoint one officer per acting post in its own and every neighbouring office.

    Upper and lower offices are the posts of the other levels over the same village.
    """
    own = World.build().hats
    seated = {(post, VILLAGE): hat for post, hat in own.items()}
    for post in own:
        for village in NEIGHBOURS[post.level]:
            seated[post, village] = officer(post, village)
    for post, seat in ONLOOKERS:
        seated[post, f"seat {seat}"] = officer(post, seat, name=f"{post}{seat}")
    return seated


def allowed(post: Post, hat: Appointment) -> bool:
    """Ask the engine's own door whether this officer may take a step of a post."""
    try:
        must_hold(post, VILLAGE, hat, at=at(TODAY))
    except Trespass:
        return False
    return True


def test_the_table_names_every_step_of_every_procedure_once_in_its_order() -> None:
    assert [(slug, step) for slug, step, _post in written()] == [
        (procedure.slug, step.name)
        for slug in dict.fromkeys(slug for slug, _step, _post in written())
        for procedure in [named(slug)]
        for step in procedure.steps
    ]
    assert {procedure.slug for procedure in registered()} == {
        s for s, _, _ in written()
    }


def test_a_neighbour_sits_beside_and_never_above_or_below() -> None:
    for level, villages in NEIGHBOURS.items():
        seats = {ancestor(village, level) for village in villages}
        assert len(seats) == len(villages)
        assert ancestor(VILLAGE, level) not in seats


def test_a_step_is_taken_by_the_written_post_of_the_own_place_and_nobody_else() -> None:
    seated = offices()

    differences = [
        (slug, name, post, where)
        for slug, name, wanted in written()
        for (post, where), hat in seated.items()
        if allowed(named(slug).step(name).post, hat)
        != (post is wanted and where == VILLAGE)
    ]

    assert differences == []
