"""Replay the year 2016 of Xiangxi with invented people, and compare with its figures.

In an empty training database: generates register and officers, opens the year's
look-back, removal, identification and exit lists and drives them through the real acts.
A replay that stopped goes on when called again; called once more it only compares.
"""

import json
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from procedures.rehearsal import Stuck
from procedures.rehearsal.year_2016.figures import ON_RECORD
from procedures.rehearsal.year_2016.measures import Measures
from procedures.rehearsal.year_2016.peopling import Unlike
from procedures.rehearsal.year_2016.plan import plan
from procedures.rehearsal.year_2016.proving import Check, prove
from procedures.rehearsal.year_2016.running import play

BAR = 40
STAGES = {"people": "建库", "look_back": "回头看", "exit": "退出"}


class Command(BaseCommand):
    """Play, measure, compare; fail when a figure differs."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how large, with how many processes, and how to say it."""
        size = parser.add_mutually_exclusive_group()
        size.add_argument(
            "--households", type=int, help=f"on record at the end; {ON_RECORD}"
        )
        size.add_argument("--scale", type=Fraction, help="1/500, 0.1; 1 = the whole")
        parser.add_argument("--seed", type=int, default=2016)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--ledger", type=Path, help="keep the exported ledger here")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play the year and say what came out."""
        _refuse_unfit(options["workers"])
        begun = perf_counter()
        try:
            planned = plan(_households(options), options["seed"])
            measures = play(
                planned,
                seed=options["seed"],
                workers=options["workers"],
                tell=self._progress,
            )
        except (Unlike, Stuck, ValueError) as error:
            raise CommandError(str(error)) from error
        played = perf_counter() - begun
        proved = prove(planned.figures, options["ledger"], workers=options["workers"])
        checks = list(proved)
        seconds = {"played": played, "proved": perf_counter() - begun - played}
        told = report(measures, checks, seconds)
        self.stdout.write(
            json.dumps(told, ensure_ascii=False, indent=1)
            if options["json"]
            else "\n".join(lines(told))
        )
        if different := [check.about for check in checks if not check.holds]:
            raise CommandError("、".join(different))

    def _progress(self, stage: str, done: int, of: int) -> None:
        filled = "#" * (BAR * done // of)
        end = "\n" if done == of else ""
        self.stderr.write(
            f"\r{STAGES[stage]:　<3} [{filled:<{BAR}}] {done}/{of}", ending=end
        )


def report(
    measures: Measures, checks: list[Check], seconds: dict[str, float]
) -> dict[str, Any]:
    """Return everything measured and compared, as JSON would have it."""
    steps = sum(measures.case_steps.values())
    acting = measures.spent("act")
    return {
        "desks": measures.rows(),
        "other_s": measures.other(),
        "events": dict(measures.events),
        "total": {
            "acts": sum(measures.acts.values()),
            "case_steps": steps,
            "facts_s": round(measures.spent("facts"), 1),
            "act_s": round(acting, 1),
            "cpu_s": round(measures.spent("cpu"), 1),
            "per_s_in_acts": round(steps / acting) if acting else 0,
            "per_s_wall": round(steps / seconds["played"]),
            "played_s": round(seconds["played"], 1),
            "proved_s": round(seconds["proved"], 1),
        },
        "memory_mb": sorted(measures.peaks.values()),
        "checks": [
            {"about": c.about, "expected": c.expected, "found": c.found} for c in checks
        ],
    }


def lines(told: dict[str, Any]) -> list[str]:
    """Return the report for a terminal."""
    found = [
        f"{'环节':<42}{'办理':>8}{'户次':>10}{'材料秒':>9}{'办理秒':>9}{'户次/秒':>8}"
    ]
    found += [
        f"{row['desk']:<44}{row['acts']:>10}{row['case_steps']:>12}"
        f"{row['facts_s']:>12}{row['act_s']:>12}{row['per_s']:>11}"
        for row in told["desks"]
    ]
    for name in ("other_s", "events", "total"):
        found += ["", *(f"{key:<44}{value}" for key, value in told[name].items())]
    found += ["", f"内存MB（始、终） {told['memory_mb']}", ""]
    for check in told["checks"]:
        mark = "✓" if check["expected"] == check["found"] else "×"
        found.append(f"{mark} {check['about']} {check['expected']} {check['found']}")
    return found


def _households(options: dict[str, Any]) -> int:
    if options["scale"] is not None:
        return round(ON_RECORD.households * options["scale"])
    return options["households"] or ON_RECORD.households


def _refuse_unfit(workers: int) -> None:
    if settings.PRODUCTION or not settings.TRAINING:
        raise CommandError("重放只能在演练库中进行，生产环境不重放。")
    if workers < 1:
        raise CommandError("--workers")
    if workers > 1 and connection.vendor == "sqlite":
        raise CommandError("SQLite 只能用一个进程（--workers 1）。")
