"""Prove every procedure: flow, machine and rulebooks say the same."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows import proof
from workflows.procedure import registered
from workflows.rulebook import shelf


class Command(BaseCommand):
    """Print what was proved per procedure and rulebook; fail on any fault."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk every path of every flow under every rulebook."""
        bad = 0
        for procedure in registered():
            found = proof.faults(procedure)
            bad += len(found)
            books = shelf().all(procedure.slug)
            walked = sum(len(list(proof.paths(procedure, book))) for book in books)
            self.stdout.write(
                f"{procedure.title}: 环节 {len(procedure.steps)}，规程 {len(books)}，"
                f"路径 {walked}，矛盾 {len(found)}"
            )
            for fault in found:
                self.stdout.write(f"  {fault}")
        if bad:
            raise CommandError(f"{bad} faults")
