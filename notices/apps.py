"""Django application of `notices`."""

from django.apps import AppConfig
from django.core.checks import register


class NoticesConfig(AppConfig):
    """文书: papers, postings and objections."""

    name = "notices"
    verbose_name = "文书"

    def ready(self) -> None:
        """Check the office's faces and its key; let nobody change a printer's count."""
        from notices.checks import office_faces, signing_key
        from registry import triggers

        register(office_faces)
        register(signing_key)
        triggers.guard("notices_printing")
