"""ID numbers as departments write them: 18 digits, or the 15 of before 1999.

Knows GB 11643 and its first edition; must not know whose number it is.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from registry.identity import IdNumber, blind_index, check_digit, normalise, parse_id
from registry.refusals import HOUSE_RULE, Refusal

OLD_LENGTH = 15
# A number of 15 digits was given to those born 1900 to 1999 only (GB 11643-1989).
_CENTURY = "19"
_REGION = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNumber:
    """A number found on a list, as the register would write it."""

    index: str
    # Written with 15 digits: the same person, but somebody should look.
    lengthened: bool = False


def read_number(cell: object) -> GivenNumber | Refusal:
    """Return under which index a cell's number is found, or why it is none.

    Refuses: id_typed_as_number, id_missing, and what `parse_id` refuses.
    """
    if isinstance(cell, (int, float)):
        # Excel keeps fifteen digits; what it shows for the others is invented.
        return Refusal(
            code="id_typed_as_number",
            text=_("证件号码是数字格式，末几位已经丢失；请把整列设为文本后重新填写"),
            source=HOUSE_RULE,
        )
    text = normalise(str(cell or ""))
    if not text:
        return Refusal(
            code="id_missing",
            text=_("没有证件号码；不凭姓名比对"),
            source=HOUSE_RULE,
        )
    old = len(text) == OLD_LENGTH and text.isascii() and text.isdigit()
    found = parse_id(lengthened(text) if old else text)
    if not isinstance(found, IdNumber):
        return found
    return GivenNumber(index=blind_index(found.text), lengthened=old)


def lengthened(number: str) -> str:
    """Return a number of 15 digits as the 18 it became in 1999."""
    body = number[:_REGION] + _CENTURY + number[_REGION:]
    return body + check_digit(body)
