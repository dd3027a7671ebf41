"""Put a backup back, after proving every part of it; stop all services before.

An older backup than the program is brought up to date by `migrate` afterwards.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.manifest import Unfit
from config.backup.put_back import put_back
from workflows.witness import check_ledger, export


class Command(BaseCommand):
    """Restore, then let the stand-alone checker read the ledger once."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, and whether what is there may go."""
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="throw away the database and the media that are there now",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore everything or nothing."""
        try:
            said = put_back(options["folder"], replace=options["replace"])
        except Unfit as error:
            raise CommandError(str(error)) from error
        checker = check_ledger.Checker()
        checker.read(export.lines())
        if checker.faults:
            raise CommandError(
                "Restored as it was backed up, but the ledger in it is broken: "
                + "; ".join(checker.faults[:5])
            )
        self.stdout.write(
            f"已恢复 {said['taken_at']} 的备份：{sum(said['rows'].values())} 行，"
            f"{said['media']['files']} 个文件，根 {said['ledger']['root']}"
        )
