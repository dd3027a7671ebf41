"""The day for which a page of the register is asked, from its address."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from workflows import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day and today; a page of the present is read without undoing anything."""

    on: date
    today: date

    @property
    def past(self) -> bool:
        """Return whether the register is read back."""
        return self.on < self.today

    @property
    def query(self) -> str:
        """Return what keeps the day in an address, empty for today."""
        return f"on={self.on.isoformat()}" if self.past else ""


def day_asked(request: HttpRequest) -> Day:
    """Return the day of `on=YYYY-MM-DD`; today for none, a wrong or a future one."""
    today = clock.today()
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = today
    return Day(on=min(on, today), today=today)
