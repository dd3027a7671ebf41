"""What several papers say about a household: members, incomes, what was voted.

Knows how the record is put in words; never an ID number and never a phone.
"""

from decimal import Decimal

from notices import register_facts
from procedures.models import Vote, Worksheet
from procedures.papers import law
from procedures.papers.occasion import Context, Occasion
from procedures.papers.standards import checks
from procedures.record import latest
from registry.codes import Attribute, Labour
from registry.models import Household
from workflows.models import Case

MINIMUM_LIVING = frozenset(
    {
        Attribute.LOW_INCOME_POOR,
        Attribute.LOW_INCOME_EXITED,
        Attribute.LOW_INCOME_DESTITUTE_POOR,
        Attribute.LOW_INCOME_DESTITUTE,
    }
)
SUMS = ("wages", "operating", "property", "transfer", "costs", "net", "per_head")
LINE = ("kind", "item", "quantity", "unit", "amount", "excluded", "note")


def minimum_living(household: Household) -> bool | None:
    """Return whether it gets the minimum living allowance; None where unknown."""
    attribute = household.attribute
    return attribute in MINIMUM_LIVING if attribute else None


def members(at: Occasion, case: Case) -> list[Context]:
    """Return the members as they are today, head first."""
    people = at.record.members(case, at.today)
    return [register_facts.member(person, at.today) for person in people]


def labourers(at: Occasion, case: Case) -> int:
    """Return how many members can work, by the register."""
    people = at.record.members(case, at.today)
    return sum(Labour(person.labour).works for person in people if person.labour)


def sums(sheet: Worksheet | None) -> Context:
    """Return the sums of a worksheet; blanks where there is none."""
    period = ("period_from", "period_to")
    return {name: getattr(sheet, name, None) for name in (*period, *SUMS)}


def lines(sheet: Worksheet | None) -> list[Context]:
    """Return the lines of a worksheet."""
    if sheet is None:
        return []
    return [{key: getattr(line, key) for key in LINE} for line in sheet.lines.all()]


def line_of(at: Occasion, sheet: Worksheet | None) -> Decimal | None:
    """Return the poverty line of the worksheet's year, or of the list's."""
    return law.poverty_line(at.rulebook, sheet.year if sheet else at.batch.year)


def passed(at: Occasion, case: Case) -> list[str]:
    """Return which standards the household meets, the income with its figures."""
    sheet = latest(at.record.worksheets, case, at.step.name)
    listed = latest(at.record.checklists, case, at.step.name)
    line = line_of(at, sheet)
    said = []
    if sheet and line is not None and sheet.per_head > line:
        said.append(
            f"{sheet.year}年人均纯收入{sheet.per_head:,}元，超过当年标准{line:,}元。"
        )
    met = [check["name"] for check in checks(listed, at.rulebook)[1:] if check["ok"]]
    return [*said, f"{'、'.join(met)}，均已达标。"] if met else said


def appraisal(at: Occasion, vote: Vote) -> str:
    """Return how a meeting voted on the household."""
    met = vote.meeting
    day = at.day(met.held_at)
    return (
        f"{day.year}年{day.month}月{day.day}日{met.group}{met.get_kind_display()}"
        f"应到{met.due}人，实到{met.present}人，赞成{vote.votes_for}票，"
        f"反对{vote.against}票，弃权{vote.abstain}票，"
        f"赞成占到会人数的{law.percent(vote.votes_for, met.present)}。"
    )
