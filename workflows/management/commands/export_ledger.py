"""Write the whole ledger, its tree and its checkpoints into a file for auditors.

The file can be checked without this server: `check_ledger.py`, copied beside it, needs
nothing but Python.
"""

import gzip
import hashlib
import shutil
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from workflows.witness import check_ledger, checkpoints, export


class Command(BaseCommand):
    """Export, and say the digest of the file and the newest checkpoint."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of the file: *.jsonl or *.jsonl.gz."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it from one state of the database."""
        path: Path = options["file"]
        alone = not connection.in_atomic_block
        with transaction.atomic():
            if alone and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            _write(path)
            newest = checkpoints.printed()
        shutil.copy(check_ledger.__file__, path.with_name("check_ledger.py"))
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self.stdout.write(f"{path} SHA-256 {digest}")
        if newest:
            self.stdout.write(f"最新校验点 {newest}")


def _write(path: Path) -> None:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in export.lines())
