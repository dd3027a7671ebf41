"""Fixtures of the engine's tests."""

import pytest

from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    """Return 十八洞村 in November 2018 with an officer of every post."""
    return World.build()
