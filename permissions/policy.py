"""Who may act where, asked in four directions of one table.

May this officer here (`standing`, `stands`), which officers here (`officers`), which
places for this officer (`territory`), and why (`why`, in `reasons`). It must not
know cases; nothing is kept between requests: a removal works at the next click.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from permissions.models import Appointment, Officer
from permissions.posts import Post
from registry.places import ancestor, path, span

# An officer's own appointment counts before one in which he acts for another.
OWN_FIRST = (F("acting_for").asc(nulls_first=True), "since", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One post over one half-open range of place codes."""

    post: Post
    lo: str
    hi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """The places an officer's posts reach, as ranges of the 12-digit code.

    Without `posts` it answers who may read: administrators read no household.
    """

    grants: tuple[Grant, ...] = ()

    @classmethod
    def of(cls, appointments: Iterable[Appointment]) -> "Territory":
        """Return the territory of appointments already fetched."""
        grants = set()
        for held in appointments:
            lo, hi = span(held.place_id)
            grants.add(Grant(post=held.held, lo=lo, hi=hi))
        return cls(grants=tuple(sorted(grants, key=lambda g: (g.lo, g.hi, g.post))))

    def covers(self, code: str, posts: Collection[Post] | None = None) -> bool:
        """Return whether the place lies in reach."""
        return any(lo <= code < hi for lo, hi in self.ranges(posts))

    def q(self, field: str = "place_id", posts: Collection[Post] | None = None) -> Q:
        """Return the filter for rows whose `field` is a place in reach."""
        found = Q(pk__in=())
        for number, (lo, hi) in enumerate(self.ranges(posts)):
            part = Q(**{f"{field}__gte": lo, f"{field}__lt": hi})
            found = found | part if number else part
        return found

    def posts_at(self, code: str) -> frozenset[Post]:
        """Return every post that reaches the place, administrators too."""
        return frozenset(g.post for g in self.grants if g.lo <= code < g.hi)

    def ranges(self, posts: Collection[Post] | None = None) -> list[tuple[str, str]]:
        """Return the ranges in reach, merged: a county swallows its townships."""
        wanted = Post.READING if posts is None else posts
        merged: list[tuple[str, str]] = []
        for lo, hi in sorted((g.lo, g.hi) for g in self.grants if g.post in wanted):
            if merged and lo <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(hi, merged[-1][1]))
            else:
                merged.append((lo, hi))
        return merged


def standing(
    officer: Officer, post: Post, place_code: str, on: date
) -> Appointment | None:
    """Return the appointment by which he holds the post over a place that day.

    A township post stands over all its villages; it never reaches upward. His own
    appointment comes before one in which he acts for somebody.
    """
    held = _standing(officer, post, place_code, on)
    return held.select_related("officer", "acting_for", "place").first()


def stands(by: Appointment, post: Post, place_code: str, on: date) -> bool:
    """Return whether this is the appointment by which its officer is `standing`."""
    held = _standing(by.officer, post, place_code, on)
    return held.values_list("pk", flat=True).first() == by.pk


def _standing(
    officer: Officer, post: Post, place_code: str, on: date
) -> QuerySet[Appointment]:
    seats = seats_over(post, place_code)
    if not seats or not officer.is_active:
        return Appointment.objects.none()
    held = Appointment.objects.valid(on).filter(
        officer=officer, post=post, place_id__in=seats
    )
    return held.order_by(*OWN_FIRST)


def officers(post: Post, place_code: str, on: date) -> QuerySet[Officer]:
    """Return who holds the post over a place that day, acting officials too."""
    holders = Appointment.objects.valid(on).filter(
        post=post, place_id__in=seats_over(post, place_code)
    )
    return Officer.objects.filter(pk__in=holders.values("officer_id")).order_by("pk")


def appointments(officer: Officer, on: date) -> list[Appointment]:
    """Return all he holds that day, in one statement; his own before acting ones."""
    return list(
        Appointment.objects.valid(on)
        .filter(officer=officer)
        .select_related("officer", "acting_for", "place")
        .order_by(*OWN_FIRST)
    )


def territory(officer: Officer, on: date) -> Territory:
    """Return the places all his posts reach that day."""
    return Territory.of(Appointment.objects.valid(on).filter(officer=officer))


def seats_over(post: Post, place_code: str) -> list[str]:
    """Return the codes of the places where the post would reach `place_code`."""
    if post.level is None:
        return path(place_code)
    try:
        return [ancestor(place_code, post.level)]
    except ValueError:
        return []
