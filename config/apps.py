"""Django application of the wiring; holds the product's system checks."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

# What SQLite itself has allowed since 3.32; Django still assumes 999, which would
# cut a long list into many statements.
SQLITE_PARAMETERS = 32_766


def whole_lists_in_one_statement(
    connection: BaseDatabaseWrapper, **kwargs: Any
) -> None:
    """Let a list of 500 households cost as many statements as one of five."""
    if connection.vendor == "sqlite":
        connection.features.max_query_params = SQLITE_PARAMETERS


class ConfigConfig(AppConfig):
    """Registers the checks when Django is ready."""

    name = "config"
    verbose_name = "配置"

    def ready(self) -> None:
        """Import the checks: importing registers them; widen SQLite's statements."""
        import_module("config.checks")
        connection_created.connect(whole_lists_in_one_statement)
