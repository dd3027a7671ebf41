"""The rules of the import by code: level, text, source, validity.

No number is invented: a yearly minimum of allowances is asked for by the national
system too, but no source read here gives it, so no rule asks.
"""

from typing import Final

from registry.sheets.rules.of_cells import CELLS, SHEETS
from registry.sheets.rules.of_families import (
    BESIDE_THE_REGISTER,
    FAMILIES,
    REFUSED_AT,
    VALUES,
)
from registry.sheets.rules.rule import Fault, Level, Rule
from registry.validity import SYSTEM_RULES

__all__ = ["RULES", "Fault", "Level", "Rule"]

_OWN: Final = (*CELLS, *SHEETS, *FAMILIES, *BESIDE_THE_REGISTER, *VALUES)
# What the register itself refuses says why in its own words.
_REFUSED: Final = [
    Rule(code=code, level=Level.ERROR, text="%(text)s", source=SYSTEM_RULES)
    for code in REFUSED_AT
]

RULES: Final = {rule.code: rule for rule in (*_REFUSED, *_OWN)}
