"""Make one village of several, as the county's document says."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from permissions.models import Officer
from registry.moving import VillageMerger
from workflows import clock
from workflows.merging import merge_villages


def renamed(told: str) -> tuple[tuple[str, str], str]:
    """Read 433124110225:一组=五组.

    Raises: ValueError when it is written otherwise.
    """
    old, new = told.split("=")
    village, group = old.split(":")
    return (village, group), new


class Command(BaseCommand):
    """Merge villages; everything or nothing."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which villages, into what, from when, by which document, who says so."""
        parser.add_argument("villages", nargs="+", help="codes of all that merge")
        parser.add_argument("--into", required=True, help="code afterwards")
        parser.add_argument("--name", default="", help="name, if the code is new")
        parser.add_argument("--on", type=date.fromisoformat, required=True)
        parser.add_argument("--document", required=True, help="批复文号")
        parser.add_argument(
            "--by", required=True, help="account of the county's officer"
        )
        parser.add_argument(
            "--group", action="append", type=renamed, default=[], help="CODE:一组=五组"
        )

    def handle(self, *args: Any, **told: Any) -> None:
        """Merge, or print every reason why not."""
        merger = VillageMerger(
            villages=frozenset(told["villages"]),
            into=told["into"],
            name=told["name"],
            groups=dict(told["group"]),
        )
        officer = Officer.objects.filter(username=told["by"]).first()
        if officer is None:
            raise CommandError(f"no account {told['by']}")
        wrong = merge_villages(
            merger,
            on=told["on"],
            by=officer,
            reason=told["document"],
            now=clock.now(),
        )
        if wrong:
            raise CommandError("\n".join(str(one.text) for one in wrong))
        self.stdout.write(f"{len(merger.villages)} → {merger.into}")
