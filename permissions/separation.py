"""Which appointment may not be made: every rule of who may not be what.

Pure readers: each rule takes a nomination and returns what stands against it.
It must not write, and not know how an appointment is entered.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from permissions.models import Appointment, Kinship, Officer
from permissions.models.appointments import AppointmentQuerySet
from permissions.posts import Post
from registry.models import Person, Place
from registry.refusals import Grade, Refusal

VILLAGE_LAW = "《村民委员会组织法》第三十二条"
VILLAGE_LAW_2026 = "《村民委员会组织法》第三十七条"
VILLAGE_LAW_CHANGED = date(2026, 1, 1)
ADMIN_RULE = "GB/T 22239—2019 8.1.4.2（三员分立）"
HOUSE_RULE = gettext_lazy("村县任职规则")


@dataclass(frozen=True, slots=True, kw_only=True)
class Nomination:
    """Who is to hold which post where and when; nothing is decided yet.

    Units: `until` is the first day on which he no longer holds it.
    """

    officer: Officer
    post: Post
    place: Place
    since: date
    document: str
    until: date | None = None
    acting_for: Officer | None = None


def refusals(nomination: Nomination) -> list[Refusal]:
    """Return all that stands against the nomination, every rule asked."""
    return [found for rule in RULES for found in rule(nomination)]


def dates_ordered(nomination: Nomination) -> list[Refusal]:
    """Somebody appointed until a day must hold the post for one day at least."""
    if nomination.until is None or nomination.until > nomination.since:
        return []
    return [_house("dates", _("止任日期须晚于起任日期。"))]


def post_sits_there(nomination: Nomination) -> list[Refusal]:
    """A township post sits on a township, a village post on a village."""
    level = nomination.post.level
    if level is None or nomination.place.level == level:
        return []
    text = _("%(post)s设在%(level)s，%(place)s不是。") % {
        "post": nomination.post.label,
        "level": level.label,
        "place": nomination.place.name,
    }
    return [_house("level", text)]


def officer_is_active(nomination: Nomination) -> list[Refusal]:
    """An account that was switched off gets no post."""
    if nomination.officer.is_active:
        return []
    text = _("%(name)s的账号已停用，不能任职。") % {
        "name": nomination.officer.full_name
    }
    return [_house("inactive", text)]


def holds_it_once(nomination: Nomination) -> list[Refusal]:
    """Nobody holds one post at one place twice at a time."""
    twice = _alongside(nomination).filter(post=nomination.post, place=nomination.place)
    if not twice.exists():
        return []
    return [_house("twice", _("这段时间内此人已任这一岗位，不能重复任职。"))]


def administrators_apart(nomination: Nomination) -> list[Refusal]:
    """The three administrators are three persons, and none of them acts."""
    posts = set(_alongside(nomination).values_list("post", flat=True))
    if nomination.post not in Post.ADMINS:
        if nomination.post in Post.ACTING and posts & Post.ADMINS:
            return [_admin_acts()]
        return []
    found = []
    if posts & (Post.ADMINS - {nomination.post}):
        text = _("系统管理员、安全管理员、审计管理员须由三人分别担任。")
        found.append(Refusal(code="three_admins", text=text, source=ADMIN_RULE))
    if posts & Post.ACTING:
        found.append(_admin_acts())
    return found


def village_supervision_apart(nomination: Nomination) -> list[Refusal]:
    """Who sits on the village committee may not sit on its supervision, nor kin."""
    opposite = OPPOSITE.get(nomination.post)
    if opposite is None:
        return []
    found = []
    if _alongside(nomination).filter(post=opposite, place=nomination.place).exists():
        text = _("同一村的村民委员会成员不得担任村务监督委员会成员。")
        source = village_law(nomination.since)
        found.append(Refusal(code="supervises_himself", text=text, source=source))
    relatives = _relatives_holding(nomination, opposite)
    if relatives:
        found.append(_relative_opposite(nomination, opposite, relatives))
    return found


def acting_is_covered(nomination: Nomination) -> list[Refusal]:
    """Who acts for another does so where and while the other holds the post."""
    other = nomination.acting_for
    if other is None:
        return []
    if other == nomination.officer:
        return [_house("acting_self", _("不能代理本人。"))]
    if nomination.until is None:
        return [_house("acting_open", _("代理须写明止任日期。"))]
    held = list(
        Appointment.objects.overlapping(nomination.since, nomination.until).filter(
            officer=other, post=nomination.post, place=nomination.place
        )
    )
    return _uncovered(nomination, other, held)


def village_law(on: date) -> str:
    """Return the article on supervision; it moved when the law was amended."""
    return VILLAGE_LAW_2026 if on >= VILLAGE_LAW_CHANGED else VILLAGE_LAW


OPPOSITE = {
    Post.VILLAGE_COMMITTEE: Post.SUPERVISION_COMMITTEE,
    Post.SUPERVISION_COMMITTEE: Post.VILLAGE_COMMITTEE,
}

RULES: tuple[Callable[[Nomination], list[Refusal]], ...] = (
    dates_ordered,
    post_sits_there,
    officer_is_active,
    holds_it_once,
    administrators_apart,
    village_supervision_apart,
    acting_is_covered,
)


def _alongside(nomination: Nomination) -> AppointmentQuerySet:
    """Return what the officer holds on some day of the nomination."""
    return Appointment.objects.overlapping(nomination.since, nomination.until).filter(
        officer=nomination.officer
    )


def _inside(nomination: Nomination, held: Appointment) -> bool:
    if nomination.since < held.since or nomination.until is None:
        return False
    return held.until is None or nomination.until <= held.until


def _uncovered(
    nomination: Nomination, other: Officer, held: list[Appointment]
) -> list[Refusal]:
    words = {
        "name": other.full_name,
        "place": nomination.place.name,
        "post": nomination.post.label,
    }
    if not held:
        text = _("%(name)s未任%(place)s%(post)s，无从代理。") % words
        return [_house("acting_nobody", text)]
    own = [one for one in held if one.acting_for_id is None]
    if not own:
        text = _("%(name)s本人也是代理%(place)s%(post)s，不得再由他人代理。") % words
        return [_house("acting_twice", text)]
    if not any(_inside(nomination, one) for one in own):
        text = _("代理起止须在%(name)s的任期之内。") % words
        return [_house("acting_outside", text)]
    return []


def _relatives_holding(nomination: Nomination, opposite: Post) -> list[str]:
    """Return the names of relatives on the opposite body of the same village.

    Kin are those living in the officer's own household or in one he declared, and
    those who declared the household he lives in.
    """
    holders = Officer.objects.filter(
        pk__in=Appointment.objects.overlapping(nomination.since, nomination.until)
        .filter(post=opposite, place=nomination.place)
        .values("officer_id")
    ).exclude(pk=nomination.officer.pk)
    bonds = _households(nomination.officer.id_index) | set(
        Kinship.objects.filter(officer=nomination.officer).values_list(
            "household_id", flat=True
        )
    )
    indexes = set(
        Person.objects.filter(household_id__in=bonds, left_on=None).values_list(
            "id_index", flat=True
        )
    ) - {""}
    declared = Kinship.objects.filter(
        household_id__in=_households(nomination.officer.id_index)
    ).values("officer_id")
    related = holders.filter(id_index__in=indexes) | holders.filter(pk__in=declared)
    return sorted(set(related.values_list("full_name", flat=True)))


def _households(id_index: str) -> set[int]:
    if not id_index:
        return set()
    found = Person.objects.filter(id_index=id_index, left_on=None)
    return set(found.values_list("household_id", flat=True))


def _relative_opposite(
    nomination: Nomination, opposite: Post, relatives: Collection[str]
) -> Refusal:
    text = _("其近亲属%(names)s已任本村%(post)s成员。") % {
        "names": _("、").join(relatives),
        "post": opposite.label,
    }
    # Who counts as near is taken from the register of relatives, a wider list.
    return Refusal(
        code="relative_supervises",
        text=text,
        source=village_law(nomination.since),
        grade=Grade.ASSUMED,
    )


def _admin_acts() -> Refusal:
    return Refusal(
        code="admin_acts",
        text=_("管理员岗位不得与办理岗位由同一人担任。"),
        source=ADMIN_RULE,
        grade=Grade.ASSUMED,
    )


def _house(code: str, text: str) -> Refusal:
    return Refusal(code=f"appointment_{code}", text=text, source=HOUSE_RULE)
