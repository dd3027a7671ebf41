"""Opening a round: whom it asks about, which departments, on what basis, how long.

Must not know how a list is written or what an answer means.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.kinds import short_name
from permissions.models import Appointment
from permissions.posts import Post
from registry.comparing import departments
from registry.models import Place
from registry.places import Level, within
from registry.refusals import HOUSE_RULE, Refusal
from workflows.actions import writing
from workflows.actions.opening import keep_rulebook
from workflows.comparing import tasks, trace
from workflows.comparing.scope import GROUPS
from workflows.models import ComparisonRound, RoundDepartment, RoundEntry
from workflows.rulebook import Rulebook, in_force

# The rulebook that governs comparisons, whatever procedure uses them.
RULES = "department_comparison"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A round as a clerk asks for it; nothing is decided yet."""

    place: Place
    areas: Sequence[str]
    groups: Sequence[str]
    sources: Sequence[str]
    purpose: str
    basis: str
    authorised: bool


def open_round(
    wish: Wish, *, by: Appointment, now: datetime
) -> ComparisonRound | list[Refusal]:
    """Open a round; its sealed lists are written in the background.

    Refuses: no_rulebook, round_areas, round_groups, round_departments,
        round_without_basis, round_without_consent.
    Effects: the round, a row per department, a line of its trace, one task.

    Raises:
        Trespass: he is not the county's clerk.
    """
    writing.must_hold(Post.COUNTY_CLERK, wish.place.pk, by, at=now)
    today = timezone.localdate(now)
    rules = in_force(RULES, wish.place.pk, today)
    if isinstance(rules, Refusal):
        return [rules]
    if refused := _refusals(wish, rules):
        return refused
    with transaction.atomic():
        made = _made(wish, rules, by=by, now=now)
        RoundDepartment.objects.bulk_create(
            RoundDepartment(round=made, source=source) for source in wish.sources
        )
        trace.note(made, RoundEntry.Act.OPENED, by=by, at=now)
        transaction.on_commit(partial(tasks.seal_lists.enqueue, made.pk))
    return made


def _refusals(wish: Wish, rules: Rulebook) -> list[Refusal]:
    found = []
    inside = all(within(code, wish.place.pk) for code in wish.areas)
    if not wish.areas or not inside:
        found.append(_house("round_areas", _("请选择本县或者本县的乡镇")))
    if not set(wish.groups) & set(GROUPS):
        found.append(_house("round_groups", _("请选择要比对哪些户")))
    if not wish.sources or set(wish.sources) - set(departments.catalogue()):
        found.append(_house("round_departments", _("请选择要比对的部门")))
    if not wish.basis.strip() or not wish.purpose.strip():
        found.append(_house("round_without_basis", _("须写明用途和查询依据")))
    if rules.flag("comparison_consent") and not wish.authorised:
        rule = rules["comparison_consent"]
        found.append(
            Refusal(
                code="round_without_consent",
                text=_("各户的查询授权书没有归档，不能比对"),
                source=rule.article,
                grade=rule.grade,
            )
        )
    return found


def _made(
    wish: Wish, rules: Rulebook, *, by: Appointment, now: datetime
) -> ComparisonRound:
    Place.objects.select_for_update().get(pk=wish.place.pk)
    today = timezone.localdate(now)
    earlier = ComparisonRound.objects.filter(place=wish.place, year=today.year)
    seq = (earlier.aggregate(last=Max("seq"))["last"] or 0) + 1
    name = short_name(wish.place.name, Level.COUNTY)
    return ComparisonRound.objects.create(
        place=wish.place,
        # The office's short name, as in the numbers of its papers: 花比〔2018〕1号.
        number=f"{name}比〔{today.year}〕{seq}号",
        year=today.year,
        seq=seq,
        areas=list(wish.areas),
        groups=list(wish.groups),
        purpose=wish.purpose.strip(),
        basis=wish.basis.strip(),
        authorised=wish.authorised,
        rulebook=keep_rulebook(rules),
        opened_by=by,
        opened_at=now,
        opened_on=today,
        # The day of opening is the first.
        expires_on=today + timedelta(days=rules.whole("valid_days") - 1),
        training=settings.TRAINING,
    )


def _house(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text, source=HOUSE_RULE)
