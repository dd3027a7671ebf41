"""Django application of `registry`."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """Floor 1: who and where."""

    name = "registry"
    verbose_name = _("档案")

    def ready(self) -> None:
        """Put the triggers in place after every migrate, and look for them."""
        from registry import triggers  # late: models must be loaded

        post_migrate.connect(triggers.install, sender=self)
        checks.register(triggers.triggers_present, checks.Tags.database)
