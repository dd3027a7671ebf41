"""Fill an empty database with the demonstration; done once, repeatable."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from procedures.demo.build import TRAINING_DAY, build, log_ins
from procedures.demo.cast import LOG_IN_WITH
from workflows import clock


class Command(BaseCommand):
    """Build three villages with officers, households and lists part of the way."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Build and print the log-ins; a second call only prints them."""
        if settings.PRODUCTION or not settings.TRAINING:
            raise CommandError("演示数据只能用于演练，生产环境不生成。")
        if build(clock.now()):
            self.stdout.write(f"已生成演示数据，演练日期 {TRAINING_DAY:%Y-%m-%d}。")
        else:
            self.stdout.write("已有账号，演示数据不再生成。")
        found = log_ins()
        for one in found:
            self.stdout.write(f"  {one.username:<24}{one.full_name}  {one.title}")
        if found:
            self.stdout.write(f"演示账号的密码都是 {LOG_IN_WITH}")
