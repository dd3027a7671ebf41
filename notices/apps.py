"""Django application of `notices`."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """文书: papers, postings and objections."""

    name = "notices"
    verbose_name = "文书"
