"""Django application of `registry`."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Floor 1: who and where."""

    name = "registry"
    verbose_name = "档案"
