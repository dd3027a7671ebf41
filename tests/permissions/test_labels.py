"""How rows of this floor call themselves."""

import pytest

from permissions.models import LoginAttempt
from permissions.models.appointments import Relation
from permissions.posts import Post
from permissions.recusal import declare
from tests.permissions.factories import (
    COUNTY,
    TODAY,
    appointment,
    household,
    officer,
    place,
)


@pytest.mark.django_db
def test_rows_say_what_they_are():
    place(COUNTY, "花垣县")
    who = officer()
    held = appointment(who, Post.COUNTY_CLERK, COUNTY)
    bond = declare(who, household().pk, relation=Relation.CHILD, on=TODAY)

    assert [str(row) for row in (held, bond, LoginAttempt(failures=3))] == [
        "花垣县 县级经办",
        "子女及其配偶",
        "3",
    ]
