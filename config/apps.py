"""Django application of the wiring; holds the product's system checks."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "配置"
