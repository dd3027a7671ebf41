"""Django application of `notices`."""

from django.apps import AppConfig
from django.core.checks import register


class NoticesConfig(AppConfig):
    """文书: papers, postings and objections."""

    name = "notices"
    verbose_name = "文书"

    def ready(self) -> None:
        """Register the check of the office's own faces."""
        from notices.checks import office_faces

        register(office_faces)
