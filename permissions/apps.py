"""Django application of `permissions`."""

from django.apps import AppConfig


class PermissionsConfig(AppConfig):
    """Wires permissions, triggers and checks at start-up."""

    name = "permissions"
    verbose_name = "权限"
