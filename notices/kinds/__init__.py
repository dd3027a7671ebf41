"""The register of paper kinds: what each sheet is called, who issues it, who signs.

Knows the names of papers; must not know when in a procedure one is issued.
"""

from notices.kinds.changes import CHANGES
from notices.kinds.files import FILES
from notices.kinds.households import HOUSEHOLDS
from notices.kinds.ledgers import LEDGERS
from notices.kinds.lists import LISTS
from notices.kinds.meetings import MEETINGS
from notices.kinds.notices import NOTICES
from notices.kinds.objections import OBJECTIONS
from notices.kinds.offices import GOVERNMENT, VILLAGE_OFFICE
from notices.kinds.removals import REMOVALS
from notices.paper_kind import PaperKind
from registry.places import Level

_EVERY = (
    *HOUSEHOLDS,
    *MEETINGS,
    *NOTICES,
    *LISTS,
    *REMOVALS,
    *OBJECTIONS,
    *CHANGES,
    *FILES,
    *LEDGERS,
)

KINDS: dict[str, PaperKind] = {kind.code: kind for kind in _EVERY}

PUBLIC_KINDS = frozenset(kind.code for kind in _EVERY if kind.public)

# Whose office speaks when the kind leaves the level open.
_OFFICES = {
    Level.VILLAGE: VILLAGE_OFFICE,
    Level.TOWNSHIP: GOVERNMENT,
    Level.COUNTY: GOVERNMENT,
}


def named(code: str) -> PaperKind:
    """Return the kind of that code.

    Raises: KeyError for a code nobody declared.
    """
    return KINDS[code]


def issuer_name(code: str, place_name: str, level: Level) -> str:
    """Return the body that speaks on the paper: 十八洞村 -> 十八洞村村民委员会."""
    office = KINDS[code].office or _OFFICES.get(level, GOVERNMENT)
    if office == VILLAGE_OFFICE:
        return _village_office(place_name)
    return f"{place_name}{office}"


def _village_office(place_name: str) -> str:
    if place_name.endswith("居委会"):
        return f"{place_name.removesuffix('居委会')}居民委员会"
    if place_name.endswith("社区"):
        return f"{place_name}居民委员会"
    return f"{place_name}{VILLAGE_OFFICE}"


def short_name(place_name: str, level: Level) -> str:
    """Return the agency part of a number: 双龙镇 -> 双镇, 花垣县 -> 花."""
    if level not in {Level.TOWNSHIP, Level.VILLAGE}:
        return place_name[:1]
    place_name = place_name.removesuffix("居委会")
    ending = "街" if place_name.endswith("街道") else place_name[-1:]
    return place_name[:1] + ending
