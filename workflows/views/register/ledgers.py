"""The ledger of a place: 州库、县档、乡簿、村册, as page, paper and spreadsheet."""

import io
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notices import ledger_papers, papers, printing
from notices.press import Unrendered
from notices.views.access import acting_hat_of
from notices.views.papers import inline_pdf
from notices.views.printing import asked
from registry.exports.ledger_sheets import sheets
from registry.exports.writing import Format, Watermark, write
from registry.ledgers import books
from registry.ledgers.columns import COLUMNS, breakdowns
from registry.places import Level, level_of
from workflows import clock
from workflows.views.access import hat_of, place_or_404
from workflows.views.places import merged_from
from workflows.views.register.days import Day, day_asked
from workflows.views.trail import place_trail

# Figures name nobody, so they need no reason of the officer's own.
_PURPOSE = "查看档案数据"


@require_safe
def ledger(request: HttpRequest, code: str) -> HttpResponse:
    """Show the figures of a place on a day, and the way down to those they sum up."""
    here, day = place_or_404(request, code), day_asked(request)
    book = books.ledger(here, day.on)
    figures = book.total.figures
    context: dict[str, Any] = {
        "place": here,
        "trail": place_trail(request, here, "workflows:ledger", day.query),
        "name": _(books.NAMES[level_of(here.code)]),
        "day": day,
        "book": book,
        "columns": COLUMNS,
        "rows": [_cells(row) for row in book.rows],
        "total": _cells(book.total),
        "standings": _standings(book),
        "breakdowns": [part for part in breakdowns(figures) if part.lines],
        "is_village": here.level == Level.VILLAGE,
        "merged_from": merged_from(here),
        "may_print": _may_print(request, here.code),
    }
    return render(request, "workflows/register/ledger.html", context)


@never_cache
@require_safe
def ledger_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Lay the ledger out as it will be printed, with 草稿 on it: nothing is issued."""
    here, day = place_or_404(request, code), day_asked(request)
    if here.level == Level.PROVINCE:
        raise Http404
    draft = ledger_papers.draft(books.ledger(here, day.on))
    try:
        content = papers.preview(draft.kind, draft.context, at=clock.now())
    except Unrendered:
        messages.error(request, _("这份档案暂时排不出版，请稍后再试"))
        return redirect(_address(code, day))
    return inline_pdf(request, content, name=f"{draft.kind}-{code}-{day.on:%Y%m%d}")


@never_cache
@require_safe
def ledger_table(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Hand the figures out as a spreadsheet; no household and nobody is named in it."""
    here, day = place_or_404(request, code), day_asked(request)
    if form not in Format.values:
        raise Http404
    how, file = Format(form), io.BytesIO()
    book = books.ledger(here, day.on)
    write(file, sheets(book), how, _watermark(request, clock.now()))
    name = f"ledger-{code}-{day.on:%Y%m%d}.{how.extension}"
    response = HttpResponse(file.getvalue(), content_type=how.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def print_ledger(request: HttpRequest, code: str) -> HttpResponse:
    """Issue the ledger as a numbered paper and send it to the print queue."""
    hat = acting_hat_of(request)
    here, day = place_or_404(request, code), day_asked(request)
    if not _may_print(request, here.code):
        raise Http404
    draft = ledger_papers.draft(books.ledger(here, day.on))
    if refusals := papers.printable([draft]):
        messages.error(request, refusals[0].cited)
        return redirect(_address(code, day))
    now = clock.now()
    issued = papers.issue([draft], by=hat, at=now, training=settings.TRAINING)
    return asked(request, printing.ask([p.pk for p in issued], by=hat, at=now))


def _may_print(request: HttpRequest, code: str) -> bool:
    """Return whether this hat's own office keeps the ledger of the place."""
    hat = hat_of(request)
    return hat.held.acts and hat.place_id == code


def _address(code: str, day: Day) -> str:
    return f"{reverse('workflows:ledger', args=[code])}?{day.query}"


def _watermark(request: HttpRequest, now: datetime) -> Watermark:
    hat = hat_of(request)
    name = f"{hat.officer.full_name}（{hat.recorded_title}）"
    return Watermark(name=name, at=now, purpose=_PURPOSE)


def _cells(row: books.Row) -> dict[str, Any]:
    numbers = [(column, column.number(row.figures)) for column in COLUMNS]
    return {"place": row.place, "villages": row.villages, "numbers": numbers}


def _standings(book: books.Ledger) -> list[dict[str, Any]]:
    figures = book.total.figures
    return [
        {
            "value": standing.value,
            "label": standing.label,
            "households": figures.number("status", standing),
            "persons": figures.number("status", standing, "persons"),
        }
        for standing in books.STANDINGS
    ]
