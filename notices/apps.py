"""Django application of `notices`."""

from django.apps import AppConfig
from django.core.checks import register


class NoticesConfig(AppConfig):
    """文书: papers, postings and objections."""

    name = "notices"
    verbose_name = "文书"

    def ready(self) -> None:
        """Check the office's own faces; let nobody change what a printer counted."""
        from notices.checks import office_faces
        from registry import triggers

        register(office_faces)
        triggers.guard("notices_printing")
