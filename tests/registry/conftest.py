"""Places the tests of the register happen in."""

from datetime import date

import pytest

from registry.models import Place
from registry.places import level_of, parent, path
from tests.registry.factories import VILLAGE

NEIGHBOUR = "433124110227"


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    """One village and its neighbour, with everything above them."""
    codes = sorted({*path(VILLAGE), *path(NEIGHBOUR)})
    return {
        code: Place.objects.create(
            code=code,
            name=f"地{code[-4:]}",
            level=level_of(code),
            parent_id=parent(code),
            valid_from=date(2014, 1, 1),
        )
        for code in codes
    }
