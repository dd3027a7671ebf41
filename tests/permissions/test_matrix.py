"""Post × own, neighbouring, upper, lower place; the table is written by hand."""

import csv
from pathlib import Path

import pytest

from permissions.policy import officers, standing, territory
from permissions.posts import Post
from registry.places import Level
from tests.permissions.factories import (
    COUNTY,
    HUNAN,
    NEXT_COUNTY,
    NEXT_TOWNSHIP,
    NEXT_VILLAGE,
    PREFECTURE,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    holder,
    place,
)

# Where each post sits in this table: own, neighbour, upper, lower.
SEATS = {
    Level.VILLAGE: (VILLAGE, NEXT_VILLAGE, TOWNSHIP, None),
    Level.TOWNSHIP: (TOWNSHIP, NEXT_TOWNSHIP, COUNTY, VILLAGE),
    Level.COUNTY: (COUNTY, NEXT_COUNTY, PREFECTURE, VILLAGE),
    Level.PREFECTURE: (PREFECTURE, "433000000000", HUNAN, VILLAGE),
    None: (COUNTY, NEXT_COUNTY, PREFECTURE, VILLAGE),
}
WHERE = ("own", "neighbour", "upper", "lower")


def rows() -> list[tuple[Post, str, str | None, str, str]]:
    """Return post, where, code, may he read, may he act."""
    text = Path(__file__).with_name("matrix.csv").read_text(encoding="utf-8")
    return [
        (Post(row["post"]), where, code, row[f"{where}_reads"], row[f"{where}_acts"])
        for row in csv.DictReader(text.splitlines())
        for where, code in zip(WHERE, SEATS[Post(row["post"]).level], strict=True)
    ]


def test_the_matrix_names_every_post_once():
    assert sorted({post for post, *_rest in rows()}) == sorted(Post)


def test_a_dash_stands_exactly_where_there_is_no_lower_place():
    assert all(
        (code is None) == (reads == acts == "-") for _p, _w, code, reads, acts in rows()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("post", "where", "code", "reads", "acts"), [r for r in rows() if r[2]]
)
def test_who_reads_and_who_may_act(post, where, code, reads, acts):
    place(code)
    who = holder(post, SEATS[post.level][0])

    held = standing(who, post, code, TODAY)

    assert territory(who, TODAY).covers(code) is (reads == "yes")
    assert (post.acts and held is not None) is (acts == "yes")
    assert officers(post, code, TODAY).filter(pk=who.pk).exists() is (held is not None)
    assert (post in territory(who, TODAY).posts_at(code)) is (held is not None)
