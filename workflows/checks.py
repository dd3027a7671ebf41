"""System checks that prove the ground the engine stands on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from viewflow.workflow.lock import SelectForUpdateLock

from workflows import proof, triggers
from workflows.flow import Desk
from workflows.models import Batch, BatchTask
from workflows.procedure import registered


def load() -> None:
    """Exist to be called: importing this module registers the checks."""


@register(Tags.models)
def flows_are_safe(**kwargs: Any) -> list[CheckMessage]:
    """Every flow locks, and every desk asks for a permission."""
    found: list[CheckMessage] = []
    for procedure in registered():
        flow = procedure.flow_class
        if not isinstance(flow.lock_impl, SelectForUpdateLock):
            found.append(
                Error(f"{flow.__name__} runs without a lock", id="workflows.E001")
            )
        found += [
            Error(f"{flow.__name__}.{node.name} is open to all", id="workflows.E002")
            for node in flow.line()
            if isinstance(node, Desk) and not node.permission
        ]
    return found


@register(Tags.models)
def procedures_hold(**kwargs: Any) -> list[CheckMessage]:
    """Flow and machine of every procedure are two views of one order."""
    return [
        Error(fault, id="workflows.E003")
        for procedure in registered()
        for fault in proof.faults(procedure)
    ]


@register(Tags.database)
def ledger_is_locked(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The append-only triggers are in the database."""
    return [
        Error(
            f"trigger {name} is missing: run migrate --skip-checks",
            id="workflows.E004",
        )
        for using in _built(databases)
        for name in triggers.missing(using)
    ]


@register(Tags.database)
def stored_references_resolve(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Flow classes and nodes named in rows still exist: they are schema."""
    if "default" not in _built(databases):
        return []
    stored = {
        "flow": Batch.objects.values_list("flow_class", flat=True),
        "task": BatchTask.objects.values_list("flow_task", flat=True),
    }
    return [
        Error(f"a stored {name} no longer exists", id="workflows.E005")
        for name, kept in stored.items()
        if None in set(kept.distinct())
    ]


def _built(databases: Sequence[str] | None) -> list[str]:
    """Return those databases that migrate has filled; it checks before it fills."""
    return [
        using
        for using in databases or ()
        if Batch._meta.db_table in connections[using].introspection.table_names()
    ]
