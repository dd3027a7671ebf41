"""Who may be put on a list at all: asked before a batch is opened.

The same questions are gates at the first step; here they are answered for many
households in a constant number of statements.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from registry.codes import ON_THE_BOOKS, Standing
from registry.models import Household
from registry.refusals import HOUSE_RULE, Refusal
from workflows.models import Case

Refusals = Mapping[int, list[Refusal]]


def for_identification(households: Sequence[Household], on: date) -> Refusals:
    """Return per household why it cannot apply now; source law §1.1."""
    text = _("该户已建档立卡，不能重复识别")
    return _refusals(households, barred={Standing.REGISTERED}, text=text)


def for_exit(households: Sequence[Household], on: date) -> Refusals:
    """Return per household why it cannot exit now; source law §1.2."""
    barred = set(Standing) - {Standing.REGISTERED}
    return _refusals(households, barred=barred, text=_("该户不是在册贫困户，不能退出"))


def for_removal(households: Sequence[Household], on: date) -> Refusals:
    """Return per household why it cannot be removed now; source law §1.5."""
    barred = set(Standing) - ON_THE_BOOKS
    return _refusals(households, barred=barred, text=_("该户不是建档立卡户，不能清退"))


def for_natural_change(households: Sequence[Household], on: date) -> Refusals:
    """Return per household why no change of it can be reported now; source law §1.7.

    A change goes beside an exit that is under way: nobody waits with dying.
    """
    barred = set(Standing) - {Standing.REGISTERED, Standing.EXITED}
    text = _("只有建档立卡户和已脱贫户办理自然增减")
    own = {"procedure": "natural_change"}
    return _refusals(households, barred=barred, text=text, **own)


def _refusals(
    households: Sequence[Household],
    *,
    barred: Collection[str],
    text: str,
    **beside: str,
) -> Refusals:
    ids = [household.pk for household in households]
    running = Case.objects.filter(household_id__in=ids, closed_on=None, **beside)
    numbers = dict(running.values_list("household_id", "batch__number"))
    found: dict[int, list[Refusal]] = {pk: [] for pk in ids}
    for household in households:
        if household.status in barred:
            found[household.pk].append(
                Refusal(code="wrong_standing", text=text, source=HOUSE_RULE)
            )
        if household.pk in numbers:
            found[household.pk].append(
                Refusal(
                    code="other_open_case",
                    text=_("该户已在批次 %(number)s 中办理")
                    % {"number": numbers[household.pk]},
                    source=HOUSE_RULE,
                )
            )
        if household.until is not None:
            found[household.pk].append(
                Refusal(code="household_gone", text=_("该户已销户"), source=HOUSE_RULE)
            )
    return found
