"""Make the PostgreSQL role the application works as, or set its rights anew.

Run it as the owner of the tables after each `migrate` and `restore`. The role has no
password until you give it one; `docs/operations.md` says how.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from config.roles import closed_tables, grant


class Command(BaseCommand):
    """Grant everything but what would change the ledger."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of the role."""
        parser.add_argument("role")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it in one transaction."""
        if connection.vendor != "postgresql":
            raise CommandError("SQLite knows no roles; its file has one owner.")
        with transaction.atomic():
            grant(connection, options["role"])
        self.stdout.write(
            f"{options['role']}：以下表只能增加记录：{'、'.join(closed_tables())}"
        )
