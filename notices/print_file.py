"""The file of a print job: its papers in order, the list of them in front.

Reads rows and lays out; must not know when it runs, nor write anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from notices import kinds
from notices.models import JobSheet, PaperState, PrintJob
from notices.press import render, workshop
from notices.press.bundle import Bundle, Order, render_bundle
from notices.press.print_list import (
    Line,
    PrintList,
    first_pages,
    put_behind,
    put_in_front,
)
from registry import places
from registry.limits import Limits
from registry.models import Place

Progress = Callable[[int], None]

_LONGEST_ERROR = 300
# What one file of five hundred papers may cost when each is laid out whole.
_LIMITS = Limits(cpu_seconds=600, wall_seconds=1_800, megabytes=1_536)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file, the sheets in it, and those that are not: each says why."""

    pdf: bytes
    # How many of its pages, at the end, are A3.
    posters: int
    sheets: Sequence[JobSheet]
    missing: Sequence[JobSheet]


def make(job: PrintJob, *, progress: Progress) -> Made:
    """Lay out the papers of a job; each sheet learns its pages or its error.

    A paper that fails stops no other: it is tried twice, then left out and said. The
    PDF is empty when none is left.

    Raises: Unrendered when the file cannot be written.
    """
    sheets = list(job.sheets.select_related("paper"))
    wanted = [sheet for sheet in sheets if _in_force(sheet)]
    bundle = _bundle(job, wanted, progress)
    if bundle.failures:
        bundle = _bundle(job, wanted, progress)
    for position, why in bundle.failures.items():
        wanted[position].error = why[:_LONGEST_ERROR]
    for sheet, pages in zip(wanted, bundle.pages, strict=True):
        sheet.pages = pages or None
    good = [sheet for sheet in wanted if sheet.pages]
    missing = [sheet for sheet in sheets if sheet.error]
    posters = _posters(job, good)
    pdf = bundle.pdf
    if good:
        pdf = _listed(_plan(job, good, missing, sum(posters.pages)), job, good, pdf)
    if posters.pdf:
        pdf = workshop.run(put_behind, pdf, posters.pdf, pad=job.duplex, limits=_LIMITS)
    return Made(pdf=pdf, posters=sum(posters.pages), sheets=good, missing=missing)


def _listed(
    plan: PrintList, job: PrintJob, good: Sequence[JobSheet], pdf: bytes
) -> bytes:
    """Return the papers with their list in front; each sheet learns its first page."""
    after = 0
    if job.contents:
        pdf, after = workshop.run(put_in_front, plan, pdf, limits=_LIMITS)
    pages = [sheet.pages or 0 for sheet in good]
    firsts = first_pages(pages, after=after, duplex=job.duplex)
    for sheet, first in zip(good, firsts, strict=True):
        sheet.first_page = first
    return pdf


def _in_force(sheet: JobSheet) -> bool:
    """Return whether the paper is still to be printed; if not, its sheet says why."""
    sheet.error = ""
    if sheet.paper.state != PaperState.ISSUED:
        sheet.error = str(sheet.paper.get_state_display())
    return not sheet.error


def _bundle(job: PrintJob, sheets: Sequence[JobSheet], progress: Progress) -> Bundle:
    orders = [_order(job, sheet) for sheet in sheets]
    return workshop.run(
        render_bundle, orders, duplex=job.duplex, progress=progress, limits=_LIMITS
    )


def _posters(job: PrintJob, sheets: Sequence[JobSheet]) -> Bundle:
    """Return the notices among the papers in large type; one that fails has none."""
    public = [sheet for sheet in sheets if sheet.paper.kind in kinds.PUBLIC_KINDS]
    if not (job.posters and public):
        return Bundle(pdf=b"", pages=[], failures={})
    orders = [replace(_order(job, sheet), poster=True) for sheet in public]
    return workshop.run(render_bundle, orders, duplex=job.duplex, limits=_LIMITS)


def _order(job: PrintJob, sheet: JobSheet) -> Order:
    paper = sheet.paper
    group, whose = _whose(sheet)
    title = f"{group} {whose}".strip() if job.kind else kinds.named(paper.kind).title
    return Order(
        kind=paper.kind,
        context=paper.context,
        number=paper.number,
        code=paper.code,
        issued_at=paper.issued_at,
        watermark=render.TRAINING if paper.training else "",
        witness=paper.witness,
        copy_mark=sheet.mark,
        title=title,
    )


def _whose(sheet: JobSheet) -> tuple[str, str]:
    """Return group and head as the paper has them; of a list, nothing and its place."""
    context = sheet.paper.context
    if head := context.get("head"):
        return context.get("group", ""), head
    return "", context.get("village") or context.get("township", "")


def _plan(
    job: PrintJob,
    sheets: Sequence[JobSheet],
    missing: Sequence[JobSheet],
    posters: int,
) -> PrintList:
    lines = []
    for sheet in sheets:
        group, whose = _whose(sheet)
        lines.append(
            Line(
                kind=kinds.named(sheet.paper.kind).title,
                group=group,
                whose=whose,
                number=sheet.paper.number,
                copy_mark=sheet.mark,
                pages=sheet.pages or 0,
            )
        )
    return PrintList(
        job=job.pk,
        place=_place_name(job.place_id),
        title=kinds.named(job.kind).title if job.kind else "全部文书",
        asked_by=f"{job.asked_by.recorded_title} {job.asked_by.officer.full_name}",
        asked_at=job.asked_at,
        copies=job.copies,
        duplex=job.duplex,
        lines=lines,
        posters=posters,
        missing=[(" ".join(_whose(one)).strip(), one.paper.number) for one in missing],
    )


def _place_name(code: str) -> str:
    """Return county, township and village in one line: 花垣县双龙镇十八洞村."""
    below_prefecture = places.path(code)[2:] or [code]
    named = Place.objects.filter(code__in=below_prefecture).order_by("code")
    return "".join(named.values_list("name", flat=True))
