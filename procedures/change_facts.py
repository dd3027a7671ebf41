"""What gates read of a reported change of a family: frozen copies, no database.

Knows the shape of these facts; not what the law asks of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from registry.kinship import Relation

# Parts of persons and shapes of changes, as `models.family_changes` stores them.
JOINS, LEAVES, PARTS, STAYS = "joins", "leaves", "parts", "stays"
UNITES, MOVES, ENDS = "unites", "moves", "ends"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFacts:
    """One person a change is about.

    Attributes:
        pk: of the member; None for somebody who joins.
        was: relation to the head before; "" for somebody who joins.
        relation: relation afterwards; "" when it stays as it was.
        joined_on: since when a member; None for somebody who joins.
        left: whether the register has let the member go meanwhile.
        numbered: whether an ID number is given.
        elsewhere: the village where somebody of that number is a member now.
        reported: numbers of other open lists that change the same person.
    """

    part: str
    name: str
    pk: int | None = None
    was: str = ""
    relation: str = ""
    birth: date | None = None
    joined_on: date | None = None
    left: bool = False
    numbered: bool = False
    elsewhere: str = ""
    reported: tuple[str, ...] = ()

    def joined_after(self, day: date) -> bool:
        """Return whether the person was not yet a member on that day."""
        return self.joined_on is not None and self.joined_on > day


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts:
    """One reported change.

    Attributes:
        members: pk of everybody who belongs to the household now.
        busy: what else is under way about the household, or about the one it joins.
        target_open: whether the household joined still stands; None without one.
        same_standing: whether that one stands alike; None without one.
    """

    event: str
    label: str
    shape: str
    happened_on: date
    since: date
    evidence: str
    photographed: bool
    persons: tuple[ChangedFacts, ...] = ()
    members: frozenset[int] = frozenset()
    busy: tuple[str, ...] = ()
    target_open: bool | None = None
    same_standing: bool | None = None
    target: str = ""

    def of(self, *parts: str) -> list[ChangedFacts]:
        """Return the persons who do one of these."""
        return [person for person in self.persons if person.part in parts]

    @property
    def head_goes(self) -> bool:
        """Return whether the present head leaves while others stay."""
        return any(p.was == Relation.HEAD for p in self.of(LEAVES, PARTS))

    @property
    def growth(self) -> int:
        """Return by how many persons the household grows or shrinks."""
        if self.shape in {UNITES, ENDS}:
            return -len(self.members)
        return len(self.of(JOINS)) - len(self.of(LEAVES, PARTS))

    @property
    def said(self) -> str:
        """Return the change in a line: 出生：石小满（子）."""
        who = _("、").join(_named(self.of(JOINS, LEAVES, PARTS)))
        words = [self.label, who or self.target]
        return _("：").join(word for word in words if word)

    @property
    def proof(self) -> str:
        """Return the day and the evidence in a line."""
        day = date_format(self.happened_on, _("Y年n月j日"))
        return _("%(day)s，%(paper)s") % {"day": day, "paper": self.evidence}


def _named(persons: Iterable[ChangedFacts]) -> list[str]:
    return [
        _("%(name)s（%(relation)s）")
        % {"name": p.name, "relation": Relation(p.relation or p.was).label}
        for p in persons
    ]
