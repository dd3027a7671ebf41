"""What gates read: frozen copies of the facts of one case, without a database.

Knows the shape of facts; not how they are stored nor what the law asks of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from procedures.change_facts import ChangeFacts
from workflows.calendar import Holidays, StateCouncilDays


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdFacts:
    """The household as the register has it now; `kin` are officials bound to it."""

    head: str
    group: str
    size: int
    status: str
    housing_grade: str = ""
    kin: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationFacts:
    """An application, and whether its signed sheet came back as a photo."""

    made_by: str
    group_reason: str
    applied_on: date
    signed: bool
    thumb: bool
    proxy: str
    witness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """One visit; visitors by name."""

    visited_on: date
    visitors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """One line of a worksheet."""

    kind: str
    amount: Decimal
    excluded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetFacts:
    """A worksheet with the sums it states, by kind, and the lines behind them.

    Units: yuan; `per_head` yuan per person per year.
    """

    year: int
    period_from: date
    period_to: date
    size: int
    sums: Mapping[str, Decimal]
    net: Decimal
    per_head: Decimal
    lines: tuple[LineFacts, ...]
    signed: bool
    photographed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistFacts:
    """Two freedoms from want, three guarantees, water; None means not asked."""

    income_over_line: bool | None
    food: bool | None
    clothing: bool | None
    water_quality: bool | None
    water_litres: int | None
    water_minutes: int | None
    water_metres: int | None
    water_dry_days: int | None
    school: bool | None
    medical: bool | None
    housing_grade: str
    housing_certificate: str
    blockers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteFacts:
    """How a meeting voted on this household."""

    votes_for: int
    against: int
    abstain: int

    @property
    def cast(self) -> int:
        """Return the number of ballots."""
        return self.votes_for + self.against + self.abstain


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFacts:
    """A meeting as far as this household is concerned.

    `recused` are those who did not vote on it.
    """

    kind: str
    basis: str
    authorisation_type: str
    authorisation_on: date | None
    authorisation_document: str
    called_on: date
    held_on: date
    due: int
    present: int
    chair: str
    recorder: str
    teller: str
    scrutineer: str
    comparison_read_out: bool
    recused: frozenset[str] = frozenset()
    vote: VoteFacts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HitFacts:
    """One hit of the comparison; label and kind as the officer reads them."""

    kind: str
    label: str
    department: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonFacts:
    """A comparison and its hits."""

    compared_on: date
    departments: frozenset[str]
    consent: bool
    hits: tuple[HitFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingFacts:
    """One sheet at one spot."""

    where: str
    posted_on: date
    photographed: bool
    taken_down_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """The list of this batch as it was issued last, and where it hangs.

    `rows` are (group, head, size) as printed; `contested` says that an objection to
    it was upheld, about whomever.
    """

    kind: str
    title: str
    issued_on: date
    rows: frozenset[tuple[str, str, int]]
    postings: tuple[PostingFacts, ...] = ()
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationFacts:
    """The village's signatures by role; "" where nobody signed."""

    signatures: Mapping[str, str]
    confirmed_on: date
    photographed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFacts:
    """The sample of a step, and whether this household was drawn."""

    rate: Fraction
    size: int
    drawn_on: date
    drawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCheckFacts:
    """One check on site."""

    checked_on: date
    checkers: tuple[str, ...]
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffFacts:
    """What the household signed, or its refusal."""

    signed_on: date
    by_proxy: bool
    proxy: str
    proxy_relation: str
    witness: str
    thumb: bool
    photographed: bool
    refused: bool
    refusal_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFacts:
    """Where the last meeting of a campaign put the household; `running` on its day."""

    roster: str
    campaign: str
    met_on: date
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationFacts:
    """What a verification team found; grounds as the rulebook words them."""

    removes: bool
    grounds: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFacts:
    """What the household said to it, and whether it was answered."""

    stated_on: date
    objects: bool
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """Everything gates may ask about one case at one step.

    Attributes:
        step: the step the case is at.
        since: the day the household was last sent back; what it does again must
            be younger. None for one never sent back.
        listed: how many households stand on the list.
        visits, worksheets, checklists, meetings, site_checks: the latest by step.
        notice: the list put up at this step or at the last step that put one up.
        open_objections: on any notice of this case, about it or the whole list.
        answer_latest: by when the oldest of them must be answered at the very latest.
        upheld_objections: of these notices, unless the list was put up anew since.
        holidays: whoever knows the working days.
    """

    case_id: int
    step: str
    household: HouseholdFacts
    listed: int
    since: date | None = None
    held: bool = False
    other_open_case: bool = False
    application: ApplicationFacts | None = None
    visits: Mapping[str, VisitFacts] = field(default_factory=dict)
    worksheets: Mapping[str, WorksheetFacts] = field(default_factory=dict)
    checklists: Mapping[str, ChecklistFacts] = field(default_factory=dict)
    meetings: Mapping[str, MeetingFacts] = field(default_factory=dict)
    comparison: ComparisonFacts | None = None
    confirmation: ConfirmationFacts | None = None
    notice: NoticeFacts | None = None
    open_objections: int = 0
    answer_latest: date | None = None
    upheld_objections: int = 0
    sample: SampleFacts | None = None
    site_checks: Mapping[str, SiteCheckFacts] = field(default_factory=dict)
    sign_offs: Mapping[str, SignOffFacts] = field(default_factory=dict)
    roster: RosterFacts | None = None
    investigation: InvestigationFacts | None = None
    statement: StatementFacts | None = None
    change: ChangeFacts | None = None
    holidays: Holidays = field(default_factory=StateCouncilDays)

    @property
    def told(self) -> tuple[str, ...]:
        """Return what a desk may say of the case in a line or two."""
        return (self.change.said, self.change.proof) if self.change else ()
