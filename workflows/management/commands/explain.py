"""Explain a step: law, who, days, gates, papers, where it can go, what is assumed."""

from __future__ import annotations

import inspect
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.refusals import Refusal
from workflows import clock
from workflows.flow import Clock, seat
from workflows.machine import Step
from workflows.procedure import Procedure, named, registered
from workflows.rulebook import Rulebook, in_force

DEFAULT_PLACE = "430000000000"


class Command(BaseCommand):
    """``explain household-exit township_review --place 433124110226``."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a procedure, a step, and where and when."""
        parser.add_argument("procedure")
        parser.add_argument("step", nargs="?")
        parser.add_argument("--place", default=DEFAULT_PLACE)
        parser.add_argument("--on", help="YYYY-MM-DD; default today")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the explanation of one step, or of every step."""
        procedure = self._procedure(options["procedure"])
        given = options["on"]
        on = date.fromisoformat(given) if given else clock.today()
        rulebook = in_force(procedure.slug, options["place"], on)
        if isinstance(rulebook, Refusal):
            raise CommandError(str(rulebook.text))
        self.stdout.write(f"{procedure.title}　{rulebook.title}（{rulebook.source}）")
        for step in procedure.steps:
            if options["step"] in {None, step.name}:
                for line in explain(procedure, step, rulebook, options["place"]):
                    self.stdout.write(line)

    def _procedure(self, name: str) -> Procedure:
        try:
            return named(name.replace("-", "_"))
        except KeyError:
            known = "、".join(procedure.slug for procedure in registered())
            raise CommandError(f"没有这个程序；现有：{known}") from None


def explain(
    procedure: Procedure, step: Step, rulebook: Rulebook, place: str
) -> list[str]:
    """Return the lines that explain a step under a rulebook at a place."""
    rule = rulebook.step(step.name)
    required = "须办" if rule.required else "规程不要求，系统通过"
    lines = [
        f"\n{step.title}（{step.name}）：{step.source} → {step.target}　{required}",
        f"  依据　{rule.law}［{rule.source}］{_grade(rule.grade)}",
        f"  由谁　{step.post.label}（{_seat(step, place)}）",
    ]
    if rule.days_due is not None:
        lines.append(
            f"  期限　{rule.days_due} {rule.days_due_unit}"
            f"［{rule.days_due_source}］{_grade(rule.days_due_grade)}"
        )
    lines += [f"  条件　{gate.__name__}　{_where(gate)}" for gate in step.gates]
    lines += [
        f"  文书　{kind}" for kind in (*step.forms, step.posts, *step.papers) if kind
    ]
    lines += [
        f"  可退　{procedure.step(name).title}（{name}）" for name in step.returns
    ]
    lines += [f"  不得兼办　{procedure.step(name).title}" for name in step.apart]
    following = procedure.flow_class.after(step.name)
    if isinstance(following, Clock):
        days = rulebook["publicity_days"]
        lines.append(
            f"  之后　公示 {days.value} {days.unit}［{days.source}］{_grade(days.grade)}"
        )
    return lines


def _grade(grade: str) -> str:
    return "（推定）" if grade == "assumed" else ""


def _seat(step: Step, place: str) -> str:
    try:
        return seat(step.post, place)
    except ValueError:
        return str(step.post.level)


def _where(gate: Any) -> str:
    function = inspect.unwrap(gate)
    path = Path(inspect.getsourcefile(function) or "")
    line = inspect.getsourcelines(function)[1]
    return f"{path.parent.parent.name}/{path.parent.name}/{path.name}:{line}"
