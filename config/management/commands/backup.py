"""Write the database and every file its rows name into a new folder, with a manifest.

Others may go on working meanwhile. The folder holds names of people in clear: keep it
on an encrypted disk, and the keys (`secrets.env`) somewhere else.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.manifest import Unfit
from config.backup.take import take
from workflows import clock


class Command(BaseCommand):
    """Take a backup, and say the digest to be noted apart from it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of the new folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it, or say why not."""
        try:
            said, digest = take(options["folder"], at=clock.wall())
        except Unfit as error:
            raise CommandError(str(error)) from error
        rows, listed, ledger = said["rows"], said["media"], said["ledger"]
        self.stdout.write(
            f"数据库 {sum(rows.values())} 行  文件 {listed['files']} 个\n"
            f"办理记录 {ledger['entries']} 条  批次 {ledger['chains']} 个  "
            f"根 {ledger['root']}\n{options['folder']} SHA-256 {digest}"
        )
