"""Django application of the wiring; holds the product's system checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the checks when Django is ready."""

    name = "config"
    verbose_name = "配置"

    def ready(self) -> None:
        """Import the checks: importing registers them."""
        from config import checks  # noqa: F401 (importing registers them)
