"""Check a spreadsheet against the register, and enter it when told to.

The same road as the page: the same rights, the same import to look at afterwards.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from permissions.models import Officer
from registry.codes import Standing
from registry.models import ImportRun, Place, RunState, VillageState
from registry.refusals import Refusal
from registry.sheets import acceptance, runs
from registry.sheets.sentences import said_of
from workflows import clock, imports


class Command(BaseCommand):
    """Run both halves of an import in this process."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, who imports it, and what the page's form asks."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--place", required=True, help="区划代码")
        parser.add_argument("--by", required=True, help="用户名")
        parser.add_argument("--on", type=date.fromisoformat)
        parser.add_argument("--year", type=int)
        parser.add_argument(
            "--standing", choices=Standing.values, default=Standing.UNREGISTERED
        )
        parser.add_argument("--accept", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was found; write only with --accept."""
        officer = Officer.objects.filter(username=options["by"]).first()
        place = Place.objects.filter(pk=options["place"]).first()
        today = clock.today()
        if place is None or not imports.may_check(officer, place.pk, today):
            raise CommandError("此人不能为该地区导入表格")
        run = self._opened(options, place, officer, today)
        runs.check(run.pk)
        run.refresh_from_db()
        if run.state == RunState.UNREADABLE:
            raise CommandError(said_of(run.fault, run.fault_numbers))
        self._tell(run)
        if not options["accept"]:
            return
        if not imports.may_accept(officer, place.pk, today):
            raise CommandError("写入档案须县级经办确认")
        self._accept(run, officer)

    def _opened(
        self, options: dict[str, Any], place: Place, officer: Any, today: date
    ) -> ImportRun:
        on = options["on"] or today
        wish = runs.Wish(
            on=on,
            year=options["year"] or on.year,
            standing=Standing(options["standing"]),
        )
        file: Path = options["file"]
        answer = runs.open_run(
            place,
            file.read_bytes(),
            wish=wish,
            name=file.name,
            by=officer,
            at=clock.wall(),
        )
        if isinstance(answer, Refusal):
            raise CommandError(str(answer.text))
        return answer

    def _tell(self, run: ImportRun) -> None:
        for village in run.villages.select_related("place"):
            self.stdout.write(
                f"{village.place.name} 户{village.households} 人{village.persons} "
                f"新{village.new} 改{village.changed} 同{village.unchanged} "
                f"错{village.errors} 须说明{village.to_explain}"
            )
        self.stdout.write(f"导入 {run.pk}：问题 {run.findings.count()} 处")

    def _accept(self, run: ImportRun, officer: Any) -> None:
        ready = run.villages.filter(state=VillageState.READY)
        villages = list(ready.values_list("place_id", flat=True))
        if refused := acceptance.choose(run, villages, by=officer):
            raise CommandError("；".join(str(r) for r in refused))
        written = acceptance.write_chosen(run.pk)
        self.stdout.write(f"已写入 {written} 村")
