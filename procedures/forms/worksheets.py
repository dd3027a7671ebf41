"""The income worksheet as it is typed from the signed sheet, item by item.

Knows items and sums; the server adds up, and the clerk's total must agree.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures import gates
from procedures.arithmetic import last_day_of
from procedures.facts import LineFacts, WorksheetFacts
from procedures.forms import fields
from procedures.forms.filed import Filed
from procedures.forms.income import COLUMNS, USUAL, Sums, added_up
from procedures.forms.income_lines import IncomeLine, TransferLine, offered
from procedures.forms.lines import Lines, lines
from procedures.forms.pictures import PhotosField
from procedures.forms.shown import Group, Reading, Text, yuan
from procedures.models import LineKind, Worksheet, WorksheetLine
from procedures.recomputing import changed_since, said

# Which field a gate finds wrong, where it is not the end of the period.
WRONG = {"worksheet_size": "size", "worksheet_year": "year"}
LARGEST_NET = Decimal("99999999.99")


class WorksheetForm(Filed):
    """收入测算表: four incomes, costs, net, per head."""

    slug = "worksheet"
    title = gettext_lazy("收入测算表")
    picture = "photo"
    groups: ClassVar = (
        Group(gettext_lazy("计算期"), ("year", "period_from", "period_to", "size")),
        Group(
            gettext_lazy("签字的测算表"),
            ("stated_net", "signed", "photo"),
            gettext_lazy("照表填写合计，与系统按明细算出的不一致就不能保存"),
        ),
    )

    year = fields.CountField(label=gettext_lazy("年度"), least=2010, most=2100)
    period_from = fields.DayField(label=gettext_lazy("计算期起"))
    # May end after today where the rulebook lets a year be estimated.
    period_to = forms.DateField(
        label=gettext_lazy("计算期止"),
        input_formats=fields.DAY_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    size = fields.CountField(label=gettext_lazy("家庭人口"), least=1, most=30)
    stated_net = fields.MoneyField(
        label=gettext_lazy("签字表上的纯收入合计（元）"), least=-LARGEST_NET
    )
    signed = fields.tick(label=gettext_lazy("户主已在测算表上签字"))
    photo = PhotosField(label=gettext_lazy("签字的测算表照片"))

    class Meta:
        model = Worksheet
        fields = ("year", "period_from", "period_to", "size", "signed")

    def prepare(self) -> None:
        self.kept = list(self.instance.lines.order_by("pk")) if self.is_complete else []
        if self.is_complete:
            self.initial["stated_net"] = self.instance.net
            return
        first = usual_start(self)
        months = self.rulebook.whole("income_months")
        self.initial = {
            **self.initial,
            "year": first.year,
            "period_from": first,
            "period_to": last_day_of(first, months),
            "size": self.home.size,
        }

    def tables(self) -> list[Lines]:
        return [
            lines(
                TransferLine if kind == LineKind.TRANSFER else IncomeLine,
                title=LineKind(kind).label,
                around=self,
                name=kind,
                saved=list(offered(kind, self.kept)),
                spare=2,
            )
            for kind in USUAL
        ]

    def readings(self) -> list[Reading]:
        changed = changed_since([self.home]).get(self.home.pk)
        anew = [Reading(_("人口变动"), said(changed))] if changed else []
        sums = sums_of(self)
        if sums is None:
            return anew
        found = anew + [
            Reading(LineKind(kind).label, yuan(amount))
            for kind, amount in sums.by_kind.items()
        ]
        found.append(Reading(_("纯收入"), yuan(sums.net)))
        return [*found, Reading(_("人均纯收入"), yuan(sums.per_head)), *_line(self)]

    def judge(self) -> None:
        sums = sums_of(self)
        if sums is None:
            self.formsets[0].refuse(
                forms.ValidationError(_("收入测算表没有收入项目"), code="empty")
            )
            return
        stated: Decimal = self.cleaned_data["stated_net"]
        if stated != sums.net:
            self.add_error("stated_net", _apart(stated, sums))
        for field, error in _clashes(self, sums):
            self.add_error(field, error)

    def fill(self, row: Any) -> None:
        sums = sums_of(self)
        for column, amount in sums.columns.items() if sums else ():
            setattr(row, column, amount)

    def write(self, row: Any) -> None:
        row.lines.all().delete()
        WorksheetLine.objects.bulk_create(
            WorksheetLine(worksheet=row, kind=kind, **typed)
            for kind, typed in typed_lines(self)
        )

    def summary(self) -> list[tuple[Text, str]]:
        if not self.is_complete:
            return []
        figures: list[tuple[Text, Decimal]] = [
            (LineKind(kind).label, getattr(self.instance, column))
            for kind, column in COLUMNS.items()
        ]
        figures.append((_("纯收入"), self.instance.net))
        figures.append((_("人均纯收入"), self.instance.per_head))
        return [*super().summary(), *((name, yuan(sum_)) for name, sum_ in figures)]


def usual_start(form: WorksheetForm) -> date:
    """Return the first day of this year, or of the last when it must have ended."""
    expected = form.rulebook.flag("income_may_be_expected")
    return date(form.today.year - (not expected), 1, 1)


def typed_lines(form: WorksheetForm) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the lines that are written, with their kinds."""
    for kind, table in zip(USUAL, form.formsets, strict=True):
        for typed in table.written():
            yield kind, typed


def sums_of(form: WorksheetForm) -> Sums | None:
    """Return what the typed lines come to, or the saved ones; None without lines."""
    if form.is_bound:
        size = getattr(form, "cleaned_data", {}).get("size")
        found = [
            LineFacts(
                kind=kind, amount=line["amount"], excluded=line.get("excluded", False)
            )
            for kind, line in typed_lines(form)
            if line.get("amount") is not None
        ]
    else:
        size = form.instance.size
        found = [
            LineFacts(kind=line.kind, amount=line.amount, excluded=line.excluded)
            for line in form.kept
        ]
    return added_up(found, size) if found and size else None


def _line(form: WorksheetForm) -> Iterator[Reading]:
    """Yield the year's line, for comparison; on which side to be is the step's."""
    typed = getattr(form, "cleaned_data", {}).get("year")
    year = typed or form.instance.year or form.initial["year"]
    limit = form.rulebook.line("income_line", year)
    if limit is not None:
        label = _("%(year)s 年标准") % {"year": year}
        law = form.rulebook["income_line"].cited
        yield Reading(label, yuan(Decimal(limit)), None, law)


def _apart(stated: Decimal, sums: Sums) -> forms.ValidationError:
    costs = sums.by_kind[LineKind.COST]
    words = {
        "stated": yuan(stated),
        "right": yuan(sums.net),
        "income": yuan(sums.net + costs),
        "costs": yuan(costs),
        "apart": yuan(abs(stated - sums.net)),
    }
    text = _(
        "签字表上合计 %(stated)s，按明细应为 %(right)s"
        "（收入 %(income)s减成本 %(costs)s），相差 %(apart)s"
    )
    return forms.ValidationError(text % words, code="worksheet_does_not_add_up")


def _clashes(
    form: WorksheetForm, sums: Sums
) -> Iterator[tuple[str, forms.ValidationError]]:
    """Yield what the gates on a worksheet say to the sheet as it is typed."""
    typed = form.cleaned_data
    lines_ = tuple(
        LineFacts(kind=kind, amount=line["amount"], excluded=bool(line.get("excluded")))
        for kind, line in typed_lines(form)
    )
    facts = WorksheetFacts(
        year=typed["year"],
        period_from=typed["period_from"],
        period_to=typed["period_to"],
        size=typed["size"],
        sums=sums.by_kind,
        net=sums.net,
        per_head=sums.per_head,
        lines=lines_,
        signed=True,
        photographed=True,
    )
    asked = (gates.worksheet_complete, gates.worksheet_adds_up)
    for error in form.by_gates(asked, worksheets={form.step: facts}):
        yield WRONG.get(error.code or "", "period_to"), error
