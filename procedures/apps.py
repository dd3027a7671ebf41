"""Django application of `procedures`."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """Registers nothing by itself; see `procedures.register`."""

    name = "procedures"
    verbose_name = "程序"
