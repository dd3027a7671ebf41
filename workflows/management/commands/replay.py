"""Recompute all states from the ledger and report every difference."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.models import Batch, Entry
from workflows.replay import differences


class Command(BaseCommand):
    """Print the differences; fail when there is one."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare ledger and tables of every batch."""
        found = 0
        for line in differences():
            found += 1
            self.stdout.write(line)
        batches, entries = Batch.objects.count(), Entry.objects.count()
        self.stdout.write(f"批次 {batches}，办理记录 {entries}，差异 {found}")
        if found:
            raise CommandError(f"{found} differences")
