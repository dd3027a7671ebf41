"""Each procedure from first to last step, with nothing but what forms can type."""

from typing import Any

import pytest
from django.db import transaction
from django.utils.datastructures import MultiValueDict

from procedures.forms.desks import FORMS_OF
from procedures.forms.votes import VoteRow
from registry.codes import Standing
from tests.procedures.forms.desk import errors, fields_of, is_file, query
from tests.procedures.forms.sheets import right
from tests.world import World
from workflows.actions import Refused
from workflows.models import Batch, Case
from workflows.procedure import StepForms

# A campaign's meeting sorts households onto rosters; its pages are no desk's forms.
ROSTERS = "analyse"


class Typist:
    """Fills in every form of the desk a list lies on."""

    def __init__(self, world: World, batch: Batch) -> None:
        self.told = {"step": batch.step, "by": world.hat(batch), "now": world.now}
        listed = Case.objects.filter(batch=batch, closed_on=None)
        self.cases = list(listed.select_related("household", "batch").order_by("pk"))
        self.batch = batch

    def fill(self, forms: StepForms) -> None:
        meetings = [self._batch(form) for form in forms.batch]
        for form in forms.case:
            for case in self.cases:
                (shown,) = form.build(case, **self.told)
                self._send(form, case, shown)
        if forms.row:
            self._vote(forms.row, [one for made in meetings for one in made])

    def _batch(self, form: Any) -> list[Any]:
        shown = form.build(self.batch, **self.told)
        return [
            self._send(form, self.batch, one, number)
            for number, one in enumerate(shown)
        ]

    def _send(self, form: Any, subject: Any, shown: Any, number: int = 0) -> Any:
        typed = {f"{shown.prefix}-{key}": v for key, v in right(shown).items()}
        files = {key: [v] for key, v in typed.items() if is_file(v)}
        for (upload,) in files.values():
            upload.seek(0)
        plain = {key: v for key, v in typed.items() if key not in files}
        sent = form.build(
            subject,
            **self.told,
            data=query({**dict(fields_of(shown)), **plain}),
            files=MultiValueDict(files),
        )[number]
        assert sent.is_valid(), (form, errors(sent))
        with transaction.atomic():
            sent.save()
        return sent

    def _vote(self, row: type[VoteRow], meetings: list[Any]) -> None:
        figures = {"votes_for": "36", "against": "1", "abstain": "1"}
        data = query(
            {
                f"votes-{case.pk}-{name}": figure
                for case in self.cases
                for name, figure in figures.items()
            }
        )
        rows = row.build(self.cases, **self.told, data=data, peers=meetings)
        assert all(one.is_valid() for one in rows.values())
        row.save_rows(rows.values())


@pytest.mark.django_db(transaction=False)
@pytest.mark.parametrize(
    ("slug", "registered", "standing"),
    [
        ("household_identification", False, Standing.REGISTERED),
        ("household_exit", True, Standing.EXITED),
        ("household_removal", True, Standing.REMOVED),
    ],
)
def test_what_forms_can_type_carries_a_list_to_its_end(
    slug: str, registered: bool, standing: Standing
) -> None:
    world = World.build()
    homes = world.households(3, registered=registered)
    batch = world.open(slug, homes)

    while batch.step:
        world.wait(batch)
        if batch.step == ROSTERS:
            world.fill(batch)
        Typist(world, batch).fill(FORMS_OF[slug].get(batch.step, StepForms()))
        done = world.act(batch)
        assert not isinstance(done, Refused), (batch.step, done)

    for home in homes:
        home.refresh_from_db()
    assert {home.status for home in homes} == {standing}
