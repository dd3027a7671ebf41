"""Command: enter the administrative divisions; it may be run again at any time."""

from typing import Any

from django.core.management.base import BaseCommand

from registry import divisions


class Command(BaseCommand):
    """Load the divisions of Xiangxi prefecture."""

    help = "Enter the administrative divisions (idempotent; valid_from is assumed)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and say how many."""
        count = divisions.load()
        self.stdout.write(f"{count} divisions, valid from {divisions.ASSUMED_SINCE}")
