"""Say what is wrong with this installation; ends with 1 when anything is."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from config.health import findings


class Command(BaseCommand):
    """The long form of the word that /health/ready says."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """List the findings, the grave ones marked."""
        found = findings()
        for one in found:
            self.stdout.write(f"{'!!' if one.grave else '! '} {one.text}")
        if found:
            sys.exit(1)
        self.stdout.write("正常")
