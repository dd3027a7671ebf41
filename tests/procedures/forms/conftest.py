"""A list of three households at a desk; procedures before the engine."""

from collections.abc import Callable

import pytest

from procedures import register
from tests.procedures.forms.desk import Desk
from tests.procedures.papers import factories
from workflows import procedure

try:
    procedure.named(factories.EXIT)
except KeyError:
    register.everything()


@pytest.fixture
def identification(db: None) -> Desk:
    """A list of the identification procedure."""
    return Desk(factories.world(factories.IDENTIFICATION, facts=False))


@pytest.fixture
def leaving(db: None) -> Desk:
    """A list of the exit procedure."""
    return Desk(factories.world(factories.EXIT, facts=False))


@pytest.fixture
def desk_of(db: None) -> Callable[[str, int], Desk]:
    """Lists of any length."""
    return lambda slug, size: Desk(factories.world(slug, size, facts=False))
