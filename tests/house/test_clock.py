"""Time is an argument: one module asks what time it is."""

import re

from tests.house.sources import modules, name

ASKING = re.compile(r"\b(localdate|localtime|timezone\.now|date\.today|time\.time)\(\)")
# Views and commands ask this module; log-in security runs on real time.
CLOCKS = {
    "workflows/clock.py",
    "permissions/lockout.py",
    # So do the limits of the public check page.
    "notices/views/public.py",
}


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = [
        f"{name(path)}: {match[0]}"
        for path in modules()
        if name(path) not in CLOCKS
        for match in ASKING.finditer(path.read_text(encoding="utf-8"))
    ]

    assert asking == []
