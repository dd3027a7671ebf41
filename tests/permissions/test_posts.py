"""The groups of posts partition them, and each acting post has its level."""

import pytest

from permissions.posts import Post
from registry.places import Level


def test_every_post_is_in_exactly_one_group():
    groups = [Post.VILLAGE, Post.TOWNSHIP, Post.COUNTY, Post.READERS, Post.ADMINS]

    assert sum(map(len, groups)) == len(Post)
    assert frozenset().union(*groups) == frozenset(Post)


@pytest.mark.parametrize(
    ("post", "level"),
    [
        (Post.WORK_TEAM, Level.VILLAGE),
        (Post.TOWNSHIP_LEADER, Level.TOWNSHIP),
        (Post.COUNTY_CLERK, Level.COUNTY),
        (Post.PREFECTURE_OFFICE, Level.PREFECTURE),
        (Post.AUDITOR, None),
        (Post.SECURITY_ADMIN, None),
    ],
)
def test_level_of_a_post(post, level):
    assert post.level == level


def test_readers_and_administrators_do_not_act():
    assert {post for post in Post if not post.acts} == Post.READERS | Post.ADMINS


def test_only_administrators_read_no_household():
    assert {post for post in Post if not post.reads} == Post.ADMINS


def test_groups_hold_members_not_names():
    assert all(isinstance(post, Post) for post in Post.VILLAGE)


def test_a_permission_names_its_post():
    assert Post.WORK_TEAM.permission == "hold_work_team"
