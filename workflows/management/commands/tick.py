"""Close publicity periods that are over, count villages, resume papers, drop old files.

Papers, print jobs and imports a killed worker left behind go on; drafts and print
files that nobody needs any more are thrown away.
"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from notices import print_run
from notices.scans import tasks as scans
from notices.tasks import resume
from permissions.appointments import sync_grants
from registry.exports import asking
from registry.ledgers import counting
from workflows import clock, exports, heartbeat, imports
from workflows.comparing import lists
from workflows.comparing import tasks as comparing
from workflows.drafts import expire
from workflows.tasks import gather, tick

# Papers a killed worker left behind are queued again this often; more often would
# queue the same papers twice while a worker is merely busy.
RESUME_MINUTES = 5
# After a large import the ledgers' figures are kept in several turns; until then they
# are counted when somebody asks.
VILLAGES_A_TURN = 200


class Command(BaseCommand):
    """Do it once, or again and again until stopped."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the pause between two turns."""
        parser.add_argument("--every", type=int, default=0, help="seconds; 0 = once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tick; appointments that began or ended today take effect as grants."""
        while True:
            now = clock.now()
            heartbeat.send()
            sync_grants(now.date())
            moved = tick(now)
            counting.recount(VILLAGES_A_TURN)
            gathered = gather(now)
            late = 0
            if now.minute % RESUME_MINUTES == 0:
                late = resume(now) + print_run.resume(now) + scans.resume(now)
                late += imports.resume(clock.wall())
                late += comparing.resume(now)
                late += exports.resume(clock.wall())
                asking.clear(clock.wall())
                print_run.clear(now)
                lists.expire(now)
            expired = expire(clock.wall())
            self.stdout.write(
                f"{now:%Y-%m-%d %H:%M} 期满 {moved} 校验点 {gathered:d} "
                f"补印 {late} 清除暂存 {expired}"
            )
            if not options["every"]:
                return
            time.sleep(options["every"])
