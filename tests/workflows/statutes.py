"""The procedures as the tables of the statute have them, typed by hand.

Names, posts, states, returns and notices; nothing here reads a step's metadata.
"""

from dataclasses import dataclass

from permissions.posts import Post
from registry.codes import Standing

V, W, S = Post.VILLAGE_COMMITTEE, Post.WORK_TEAM, Post.SUPERVISION_COMMITTEE
TC, TL, CC, CL = (
    Post.TOWNSHIP_CLERK,
    Post.TOWNSHIP_LEADER,
    Post.COUNTY_CLERK,
    Post.COUNTY_LEADER,
)


@dataclass(frozen=True)
class Statute:
    """A procedure as the statute's table has it: step, post, state, returns."""

    slug: str
    line: tuple[tuple[str, Post, str, str], ...]
    waits: frozenset[str]
    unasked: frozenset[str]
    open_to: frozenset[str]
    by_wish: bool = True

    def place(self, step: str) -> int:
        """Return where on the line a step stands."""
        return [name for name, *_rest in self.line].index(step)

    def before(self, step: str) -> str:
        """Return the state in which a case waits for a step."""
        place = self.place(step)
        return self.line[place - 1][2] if place else "opened"

    def after(self, step: str) -> str:
        """Return the step that follows, "" at the end."""
        rest = self.line[self.place(step) + 1 :]
        return rest[0][0] if rest else ""


EXIT = Statute(
    slug="household_exit",
    line=(
        ("propose", V, "proposed", ""),
        ("verify", W, "verified", "propose"),
        ("appraise", V, "appraised", "propose verify"),
        ("confirm", V, "confirmed", "propose verify appraise"),
        ("consent", W, "consented", "verify appraise"),
        ("post_village", V, "posted_village", "confirm"),
        ("close_village", S, "closed_village", "verify appraise confirm post_village"),
        ("township_review", TC, "reviewed", "verify appraise confirm"),
        ("post_township", TC, "posted_township", "township_review"),
        (
            "close_township",
            TL,
            "closed_township",
            "verify appraise township_review post_township",
        ),
        ("recheck", CC, "rechecked", "verify township_review"),
        ("approve", CL, "approved", "township_review recheck"),
        ("announce", CC, "announced", ""),
        ("delist", TC, "delisted", ""),
    ),
    waits=frozenset({"post_village", "post_township"}),
    unasked=frozenset({"approve", "close_village", "close_township"}),
    open_to=frozenset({Standing.REGISTERED}),
)
IDENTIFICATION = Statute(
    slug="household_identification",
    line=(
        ("apply", V, "applied", ""),
        ("nominate", V, "nominated", "apply"),
        ("verify", W, "verified", "apply nominate"),
        ("compare", CC, "compared", "apply verify"),
        ("appraise", V, "appraised", "apply nominate verify"),
        ("examine", V, "examined", "apply nominate verify appraise"),
        ("post_first", V, "posted_first", "examine"),
        ("close_first", S, "closed_first", "verify appraise examine post_first"),
        ("township_review", TC, "reviewed", "apply nominate verify appraise examine"),
        ("post_second", TC, "posted_second", "township_review"),
        (
            "close_second",
            TL,
            "closed_second",
            "verify appraise township_review post_second",
        ),
        ("recheck", CC, "rechecked", "verify appraise township_review"),
        ("approve", CL, "approved", "township_review recheck"),
        ("announce", CC, "announced", ""),
        ("register", TC, "registered", ""),
    ),
    waits=frozenset({"post_first", "post_second"}),
    unasked=frozenset({"approve", "examine", "close_first", "close_second"}),
    open_to=frozenset({Standing.UNREGISTERED}),
)
REMOVAL = Statute(
    slug="household_removal",
    line=(
        ("analyse", V, "analysed", ""),
        ("investigate", W, "investigated", "analyse"),
        ("notify", TC, "notified", "investigate"),
        ("appraise", V, "appraised", "investigate notify"),
        ("post_village", V, "posted_village", "appraise"),
        (
            "close_village",
            S,
            "closed_village",
            "investigate notify appraise post_village",
        ),
        ("township_review", TC, "reviewed", "investigate appraise"),
        ("report", TL, "reported", "investigate appraise township_review"),
        ("approve", CL, "approved", "township_review report"),
        ("announce", CC, "announced", ""),
        ("remove", CC, "removed", ""),
    ),
    waits=frozenset({"post_village"}),
    unasked=frozenset({"close_village", "report", "approve", "remove"}),
    open_to=frozenset({Standing.REGISTERED, Standing.EXITED}),
    by_wish=False,
)
NATURAL_CHANGE = Statute(
    slug="natural_change",
    line=(
        ("declare", V, "declared", ""),
        ("verify", W, "verified", "declare"),
        ("township_review", TC, "reviewed", "declare verify"),
        ("enter", CC, "entered", "declare verify township_review"),
    ),
    waits=frozenset(),
    unasked=frozenset({"township_review", "enter"}),
    open_to=frozenset({Standing.REGISTERED, Standing.EXITED}),
)
