"""Django application of `procedures`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    """Puts procedures and rulebooks before the engine at start-up."""

    name = "procedures"
    verbose_name = _("程序")

    def ready(self) -> None:
        """Register everything; a rulebook that cannot be read stops the start."""
        from procedures import register  # late: models must be loaded

        register.everything()
