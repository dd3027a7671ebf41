"""What a database holds, in figures that a restored one must give again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField, Model, QuerySet

from workflows.models import Batch, Checkpoint, Entry
from workflows.witness.merkle import Frontier

_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures of one state of a database.

    Attributes:
        rows: table → number of rows.
        ledger: lines, chains, Merkle root over the head of every chain (RFC 6962),
            and the newest checkpoint as "size:root", empty while there is none.
        migrations: "app.name" of each that was applied, sorted.
    """

    rows: dict[str, int]
    ledger: dict[str, Any]
    migrations: list[str]

    def differences(self, other: Facts) -> list[str]:
        """Return a sentence for each figure in which the other differs."""
        mine, yours = asdict(self), asdict(other)
        found = []
        for part in ("rows", "ledger"):
            for name in sorted({*mine[part], *yours[part]}):
                one, two = mine[part].get(name), yours[part].get(name)
                if one != two:
                    found.append(f"{name}: {one} / {two}")
        if self.migrations != other.migrations:
            found.append("migrations")
        return found


def gather(alias: str) -> Facts:
    """Read the figures; to be called while the database shows one state."""
    recorder = MigrationRecorder(connections[alias])
    return Facts(
        rows={model._meta.db_table: _all(model, alias).count() for model in tables()},
        ledger=_ledger(alias),
        migrations=sorted(".".join(pair) for pair in recorder.applied_migrations()),
    )


def file_names(alias: str) -> Iterator[str]:
    """Yield the name of every file that a row names, each once, sorted."""
    found: set[str] = set()
    for model in tables():
        for field in model._meta.fields:
            if isinstance(field, FileField):
                named = _all(model, alias).exclude(**{field.name: ""})
                found.update(named.values_list(field.name, flat=True))
    yield from sorted(found)


def tables() -> Iterator[type[Model]]:
    """Yield every model that has a table of its own, join tables among them."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def _all(model: type[Model], alias: str) -> Any:
    return QuerySet(model, using=alias)


def _ledger(alias: str) -> dict[str, Any]:
    chains = Batch.objects.using(alias).order_by("pk")
    heads = chains.values_list("pk", "length", "head").iterator(_CHUNK)
    tree = Frontier().grown(" ".join(map(str, head)).encode() for head in heads)
    newest = Checkpoint.objects.using(alias).order_by("-number").first()
    return {
        "entries": Entry.objects.using(alias).count(),
        "chains": tree.size,
        "root": tree.root.hex(),
        "checkpoint": f"{newest.size}:{newest.root}" if newest else "",
    }
