"""The county whose comparisons are tested."""

import pytest

from registry.models import Household
from tests.workflows.comparing.scene import County
from tests.world import World


@pytest.fixture
def county(world: World) -> County:
    """Return 花垣县 in November 2018."""
    return County(world=world)


@pytest.fixture
def homes(county: County) -> list[Household]:
    """Return four registered households of 十八洞村."""
    return county.world.households(4, registered=True)
