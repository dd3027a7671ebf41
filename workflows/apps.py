"""Django application of `workflows`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from registry.triggers import guard


class WorkflowsConfig(AppConfig):
    """Brings the ledger's locks and the engine's checks."""

    name = "workflows"
    verbose_name = _("流程")

    def ready(self) -> None:
        """Install the ledger's triggers after every migrate; load the checks."""
        from workflows import checks, triggers

        guard("workflows_roundentry")
        guard("workflows_leaf")
        guard("workflows_checkpoint")
        post_migrate.connect(triggers.install, sender=self)
        checks.load()
