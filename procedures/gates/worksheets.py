"""Gates on the income worksheet: complete, adds up, signed, and against the line.

Know sums; the line and the length of the period are the rulebook's.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from procedures.arithmetic import last_day_of, per_head
from procedures.facts import CaseFacts, WorksheetFacts
from procedures.gates.gate import gate, refuse
from procedures.gates.standards import latest_checklist, unmet_standards
from registry.refusals import Refusal
from workflows.rulebook import Rulebook

NOTHING = Decimal()
COST = "cost"


def latest_worksheet(facts: CaseFacts, rulebook: Rulebook) -> WorksheetFacts | None:
    """Return the worksheet of the last step that orders a visit."""
    found = (facts.worksheets.get(s) for s in reversed(rulebook.words("visit_steps")))
    return next((sheet for sheet in found if sheet), None)


@gate(needs={"worksheets"})
def worksheet_complete(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """A worksheet with lines covers the whole period and every member.

    Holds where the rulebook orders no visit at this step.

    Refuses: worksheet_missing, worksheet_empty, worksheet_period, worksheet_year,
        worksheet_unfinished, worksheet_size. Source: P43i, P18, N13.
    """
    if facts.step not in rulebook.words("visit_steps"):
        return None
    sheet = facts.worksheets.get(facts.step)
    basis = rulebook["worksheet_kept"]
    if sheet is None:
        return refuse("worksheet_missing", _("没有收入测算表"), basis)
    if not sheet.lines:
        return refuse("worksheet_empty", _("收入测算表没有收入项目"), basis)
    if sheet.size != facts.household.size:
        return refuse(
            "worksheet_size",
            _("收入测算表按 %(size)s 人计算，登记人口为 %(registered)s 人"),
            basis,
            size=sheet.size,
            registered=facts.household.size,
        )
    return _period(sheet, rulebook, today)


def _period(sheet: WorksheetFacts, rulebook: Rulebook, today: date) -> Refusal | None:
    months = rulebook.whole("income_months")
    if sheet.period_to != last_day_of(sheet.period_from, months):
        return refuse(
            "worksheet_period",
            _("收入计算期 %(first)s 至 %(last)s 不是连续 %(months)s 个月"),
            rulebook["income_months"],
            first=sheet.period_from,
            last=sheet.period_to,
            months=months,
        )
    # The year picks the line: it may not be one the income has nothing to do with.
    if sheet.year not in {sheet.period_from.year, sheet.period_to.year}:
        return refuse(
            "worksheet_year",
            _("收入年度 %(year)s 年不在计算期 %(first)s 至 %(last)s 之内"),
            rulebook["income_months"],
            year=sheet.year,
            first=sheet.period_from,
            last=sheet.period_to,
        )
    if sheet.period_to > today and not rulebook.flag("income_may_be_expected"):
        return refuse(
            "worksheet_unfinished",
            _("收入计算期到 %(last)s 才结束"),
            rulebook["income_may_be_expected"],
            last=sheet.period_to,
        )
    return None


@gate(needs={"worksheets"})
def worksheet_adds_up(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Sums, net income and income per head follow from the lines that count.

    Refuses: worksheet_sum, worksheet_net, worksheet_per_head. Source: P43i, P52.
    """
    sheet = facts.worksheets.get(facts.step)
    if sheet is None:
        return None
    basis = rulebook["worksheet_kept"]
    counted = dict.fromkeys(sheet.sums, NOTHING)
    for line in sheet.lines:
        if not line.excluded:
            counted[line.kind] = counted.get(line.kind, NOTHING) + line.amount
    if counted != dict(sheet.sums):
        return refuse("worksheet_sum", _("收入测算表分项合计与明细不符"), basis)
    net = sum(counted.values()) - counted[COST] - counted[COST]
    if sheet.net != net:
        return refuse(
            "worksheet_net",
            _("纯收入应为 %(net)s 元，表上为 %(stated)s 元"),
            basis,
            net=net,
            stated=sheet.net,
        )
    if sheet.per_head != per_head(net, sheet.size):
        return refuse(
            "worksheet_per_head",
            _("人均纯收入应为 %(right)s 元，表上为 %(stated)s 元"),
            basis,
            right=per_head(net, sheet.size),
            stated=sheet.per_head,
        )
    return None


@gate(needs={"worksheets"})
def worksheet_signed(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """The household signed the worksheet and the sheet came back as a photo.

    Refuses: worksheet_unsigned. Source: H7.
    """
    sheet = facts.worksheets.get(facts.step)
    if sheet is None or (sheet.signed and sheet.photographed):
        return None
    return refuse(
        "worksheet_unsigned",
        _("收入测算表还没有户主签字的照片"),
        rulebook["worksheet_signed"],
    )


@gate(needs={"worksheets", "checklists"})
def income_below_line(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Income per head is below the year's line, or a guarantee is missing.

    Refuses: no_line_for_year, not_poor. Source: H1 (line; 两不愁三保障).
    """
    sheet = latest_worksheet(facts, rulebook)
    if sheet is None:
        return None
    line = rulebook.line("income_line", sheet.year)
    if line is None:
        return _no_line(sheet, rulebook)
    listed = latest_checklist(facts, rulebook)
    if sheet.per_head < line or (listed and unmet_standards(listed, rulebook)):
        return None
    return refuse(
        "not_poor",
        _(
            "人均纯收入 %(income)s 元，不低于 %(year)s 年标准 %(line)s 元，"
            "且两不愁三保障没有缺项"
        ),
        rulebook["income_line"],
        income=sheet.per_head,
        year=sheet.year,
        line=line,
    )


@gate(needs={"worksheets", "checklists"})
def income_over_line(
    facts: CaseFacts, rulebook: Rulebook, today: date
) -> Refusal | None:
    """Income per head is above the year's line, and those who visited call it stable.

    Refuses: no_line_for_year, income_not_over_line, income_not_stable.
    Source: N2, S3 (稳定超过), H1 (line).
    """
    sheet = latest_worksheet(facts, rulebook)
    if sheet is None:
        return None
    line = rulebook.line("income_line", sheet.year)
    if line is None:
        return _no_line(sheet, rulebook)
    if sheet.per_head > line:
        return _stable(facts, rulebook)
    return refuse(
        "income_not_over_line",
        _("人均纯收入 %(income)s 元，没有超过 %(year)s 年标准 %(line)s 元"),
        rulebook["income_line"],
        income=sheet.per_head,
        year=sheet.year,
        line=line,
    )


def _stable(facts: CaseFacts, rulebook: Rulebook) -> Refusal | None:
    listed = latest_checklist(facts, rulebook)
    if listed is None or listed.income_over_line is not False:
        return None
    return refuse(
        "income_not_stable",
        _("核查表上收入没有稳定超过标准，不能退出"),
        rulebook["income_stable"],
    )


def _no_line(sheet: WorksheetFacts, rulebook: Rulebook) -> Refusal:
    return refuse(
        "no_line_for_year",
        _("规程没有 %(year)s 年的收入标准，不能测算"),
        rulebook["income_line"],
        year=sheet.year,
    )
