"""The figures of the ledgers: prove that they are what the register says, or keep them.

`prove` counts every household again and fails on a difference; `recount` counts the
villages in which something has happened; with `--every` all of them.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.ledgers import counting


class Command(BaseCommand):
    """Prove or recount."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be done."""
        parser.add_argument("do", choices=["prove", "recount"])
        parser.add_argument("--every", action="store_true", help="every village")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many villages were concerned."""
        if options["do"] == "recount":
            if options["every"]:
                counting.mark_all()
            self.stdout.write(f"{counting.recount()} villages counted")
            return
        wrong = counting.differences()
        for village, figures in wrong.items():
            self.stdout.write(f"{village} {json.dumps(figures, sort_keys=True)}")
        if wrong:
            raise CommandError(f"{len(wrong)} villages differ; ledgers recount --every")
        self.stdout.write("every figure is what the register says")
