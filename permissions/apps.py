"""Django application of `permissions`."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.models.signals import post_migrate


class PermissionsConfig(AppConfig):
    """Wires what a database needs after each migration, and its check."""

    name = "permissions"
    verbose_name = "权限"

    def ready(self) -> None:
        """Connect; models are loaded by now."""
        from permissions.triggers import triggers_present

        post_migrate.connect(_furnish, sender=self)
        register(triggers_present, Tags.database)


def _furnish(using: str, **kwargs: Any) -> None:
    """Create the permissions of the posts and put the triggers back."""
    from permissions import grants, triggers

    triggers.install(connections[using])
    grants.make_permissions(using)
