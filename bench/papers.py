"""A village's papers: one by one as WeasyPrint is used plainly, and as one file.

The facts are a village's own: fictitious households carried through the exit, their
papers written by the product. Prints, per form, milliseconds of processor time and the
ratio to plain WeasyPrint in the same run; pages a second with one and two workers; what
60,000 forms would take; and what notices of 1, 40 and 2,000 rows cost. ``--json`` prints
the same as one object.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dataclasses import replace

from django.test.utils import setup_databases, teardown_databases

from bench import machine
from bench.press import apart, naive, single, village  # sets Django up
from notices import marks
from notices.press.bundle import Order
from registry.models import Household
from tests.locks import unlock
from tests.world import VILLAGE, World
from workflows.models import Case
from workflows.procedure import named

PROCEDURE = "household_exit"
FORMS = ("verification", "worksheet", "exit_confirmation", "exit_notification")
NOTICE, ROWS = "village_publicity", (1, 40, 2000)
# What a village of Xiangxi had on its register in 2016: 194,618 in 1,797 villages.
HOUSEHOLDS, SAMPLE, CAMPAIGN = 108, 8, 60_000


def orders(world: World, households: list[Household]) -> dict[str, list[Order]]:
    """Return the papers of a list by kind, as the product writes them."""
    batch = world.open(PROCEDURE, households)
    procedure = named(PROCEDURE)
    world.until(batch, procedure.steps[-1].name)
    cases = list(Case.objects.filter(batch=batch, closed_on=None))
    drafts = procedure.papers(
        [*FORMS, NOTICE],
        procedure.record(batch, cases, procedure.steps[-1]),
        cases,
        by=world.hat(batch),
        now=world.now,
    )
    found: dict[str, list[Order]] = {}
    for number, draft in enumerate(drafts, start=1):
        found.setdefault(draft.kind, []).append(
            Order(
                kind=draft.kind,
                context=dict(draft.context),
                number=f"双村脱〔2018〕{number}号",
                code=marks.new_code(),
                issued_at=world.now,
                title=str(draft.context.get("head", "")),
            )
        )
    return found


def forms(first: list[Order], second: list[Order]) -> dict[str, float]:
    """Return what one kind costs on each road, in milliseconds a form."""
    [plain] = apart((naive, [first[:1], second[:SAMPLE]]))
    [alone] = apart((single, [first[:1], second[:SAMPLE]]))
    [cold] = apart((village, [second]))
    [warm] = apart((village, [first, second]))

    def each(cost: dict[str, float]) -> float:
        return 1000 * cost["cpu_s"] / cost["forms"]

    return {
        "pages": warm["pages"] / warm["forms"],
        "plain_ms": each(plain),
        "archived_ms": each(alone),
        "first_village_ms": each(cold),
        "next_village_ms": each(warm),
        "first_village_ratio": each(plain) / each(cold),
        "next_village_ratio": each(plain) / each(warm),
        "peak_mb": warm["peak_mb"],
    }


def workers(first: list[Order], second: list[Order]) -> dict[str, float]:
    """Return pages a second with one and with two workers, on the clock."""
    [one] = apart((village, [first, second]))
    two = apart(*[(village, [first, second])] * 2)
    single_rate = one["pages"] / one["wall_s"]
    double_rate = sum(cost["pages"] for cost in two) / max(c["wall_s"] for c in two)
    return {
        "pages_a_second_1": single_rate,
        "pages_a_second_2": double_rate,
        "scale": double_rate / single_rate,
        "campaign_minutes_1": CAMPAIGN / 60 * one["wall_s"] / one["forms"],
        "campaign_minutes_2": CAMPAIGN
        / 60
        * max(cost["wall_s"] for cost in two)
        / sum(cost["forms"] for cost in two),
    }


def notice(order: Order, rows: int) -> dict[str, float]:
    """Return what a public notice of so many rows costs."""
    known = order.context["rows"]
    many = [known[n % len(known)] for n in range(rows)]
    longer = replace(order, context={**order.context, "rows": many})
    [cost] = apart((single, [[longer]]))
    return {name: cost[name] for name in ("pages", "wall_s", "cpu_s", "peak_mb")}


def measure() -> dict[str, Any]:
    """Return everything, by kind of paper."""
    world = World.build(VILLAGE)
    known = world.households(2 * HOUSEHOLDS, registered=True)
    first, second = (orders(world, known[n::2]) for n in range(2))
    confirmation = FORMS[2]
    return {
        "machine": machine.description(),
        "households": HOUSEHOLDS,
        "forms": {kind: forms(first[kind], second[kind]) for kind in FORMS},
        "workers": {confirmation: workers(first[confirmation], second[confirmation])},
        "notices": {rows: notice(first[NOTICE][0], rows) for rows in ROWS},
    }


def main() -> None:
    """Measure with a throw-away database and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    as_json = parser.parse_args().json
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        found = measure()
    finally:
        unlock()
        teardown_databases(databases, verbosity=0)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for part, values in found.items():
        print(part, values if isinstance(values, int) else "")
        for name, value in values.items() if isinstance(values, dict) else ():
            print(f"  {name:20}", _shown(value))


def _shown(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    return "  ".join(f"{name} {figure:.1f}" for name, figure in value.items())


if __name__ == "__main__":
    main()
