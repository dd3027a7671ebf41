"""What `papers.py` measures, each in a fresh process so that its memory is its own."""

import os
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

import pypdfium2
import weasyprint

from notices.press import render
from notices.press.bundle import Order, render_bundle
from notices.press.fetch import LockedFetcher


def naive(orders: Sequence[Order]) -> int:
    """Render each as an ordinary user of WeasyPrint would: nothing is kept."""
    for order in orders:
        sheet = order.sheet
        layers = render.LAYERS.get(sheet.kind.sheet, (sheet.kind.sheet,))
        paths = [render.STYLES / f"{name}.css" for name in ("base", *layers)]
        weasyprint.HTML(
            string=render.page_html(sheet, order.context),
            base_url="paper:",
            url_fetcher=LockedFetcher(),
        ).write_pdf(stylesheets=[weasyprint.CSS(filename=path) for path in paths])
    return len(orders)


def single(orders: Sequence[Order]) -> int:
    """Render each as its own archived file."""
    pages = 0
    for one in orders:
        pdf = render.render_pdf(
            one.kind,
            one.context,
            number=one.number,
            code=one.code,
            issued_at=one.issued_at,
        )
        document = pypdfium2.PdfDocument(pdf)
        pages += len(document)
        document.close()
    return pages


def village(orders: Sequence[Order]) -> int:
    """Render all as one file; what an earlier village left is used."""
    return sum(render_bundle(orders).pages)


def measured(
    job: Callable[[Sequence[Order]], int], villages: Sequence[Sequence[Order]]
) -> dict[str, float]:
    """Return what the last village cost; those before it warm the process up."""
    # The faces are opened once by every road, and by none of them again.
    render.press("form")
    *before, last = villages
    for orders in before:
        job(orders)
    wall, processor = time.perf_counter(), time.process_time()
    pages = job(last)
    return {
        "forms": len(last),
        "pages": pages,
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - processor,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def apart(*calls: tuple[Any, ...]) -> list[dict[str, float]]:
    """Return what each (job, villages) cost, all at once, one new process each."""
    context = get_context("spawn")
    pools = [ProcessPoolExecutor(1, mp_context=context) for _ in calls]
    try:
        started = zip(pools, calls, strict=True)
        futures = [pool.submit(measured, *call) for pool, call in started]
        return [future.result() for future in futures]
    finally:
        for pool in pools:
            pool.shutdown()
