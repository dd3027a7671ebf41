"""A cell read as what its column is: the value, and what is to be said of it.

What is safe is put right and reported; a spoilt number is never turned into another
plausible one. It must not know rows, nor the register.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

from registry import columns
from registry.columns import Column, Kind
from registry.identity import LENGTH, IdNumber, parse_id
from registry.names import clean_name
from registry.refusals import Refusal
from registry.sheets.dates import day_of
from registry.sheets.reading import Cell, ErrorCell
from registry.sheets.rules import Fault
from registry.texts import tidy, unprintable

_YES: Final = {"是", "有", "1", "Y", "y", "√", "是的"}
_NO: Final = {"否", "无", "没有", "0", "N", "n", "×", "不是"}
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_BETWEEN_CODES: Final = re.compile(r"[,，、;；/|\s]+")
_NUMBER: Final = re.compile(r"[-+]?\d[\d,]*(?:\.\d*)?")
_UNITS: Final = re.compile(r"(?:元|亩|人|个?月|公里|平方米|㎡|岁|年度?)$")
_QUOTED: Final = re.compile(r'="(.*)"')
_NUMBERING: Final = re.compile(r"[0-9A-Za-z-]{1,32}")
_ACCOUNT: Final = re.compile(r"\d{6,32}")
_OLD_ID: Final = re.compile(r"\d{15}")
_SPOILT_ID: Final = re.compile(r"\d{15}000")
# Of a disability card the first eighteen are the ID number (Q20).
_CARD_LENGTHS: Final = {20, 22}
_PHONE_LENGTHS: Final = range(7, 13)
_YEARS: Final = range(1949, 2101)
# Excel keeps fifteen digits; below that a whole number is the number that was typed.
_EXACT: Final = 10**15
_LONGEST_TEXT: Final = 200
# Never of the kinds that name one person: those are read and forgotten.
_REPEATING: Final = {
    Kind.TEXT,
    Kind.NUMBER,
    Kind.COUNT,
    Kind.YEAR,
    Kind.YES_NO,
    Kind.CODE,
    Kind.CODES,
}


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says; `value` is nothing when it is empty or wrong."""

    value: Any = None
    faults: tuple[Fault, ...] = ()


EMPTY: Final = Value()


def read_cell(column: Column, cell: Cell) -> Value:
    """Return what the cell says in that column.

    Faults: those of `rules.of_cells`; the column is left to the caller.
    """
    if isinstance(cell, ErrorCell):
        return _wrong("error_cell", value=cell.said)
    return (_known if column.kind in _REPEATING else _read)(column, cell)


def _read(column: Column, cell: Cell) -> Value:
    if isinstance(cell, str):
        cell = _unquoted(cell)
    return EMPTY if cell is None or cell == "" else _READERS[column.kind](column, cell)


@lru_cache(maxsize=8192, typed=True)
def _known(column: Column, cell: Cell) -> Value:
    """Words, codes and small numbers come again in every row of a village."""
    return _read(column, cell)


def text_of(cell: Cell) -> str:
    """Return a cell as people see it."""
    if cell is None:
        return ""
    if isinstance(cell, ErrorCell):
        return cell.said
    if isinstance(cell, bool):
        return columns.written(columns.PERSON["works_abroad"], cell)
    if isinstance(cell, float):
        return (
            str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
        )
    return str(cell)


def _unquoted(text: str) -> str:
    """Return the text without the tricks by which numbers are kept as text."""
    found = _QUOTED.fullmatch(text.strip())
    plain = found[1] if found else text.removeprefix("'").removeprefix("’")
    # Nothing, a dash and a slash are how an empty box is filled.
    return "" if plain.strip() in {"", "-", "—", "/", "无。"} else plain


def _wrong(rule: str, **said: Any) -> Value:
    return Value(None, (Fault(rule, "", said),))


def _text(column: Column, cell: Cell) -> Value:
    text = tidy(text_of(cell)).strip()
    if refusal := unprintable(text):
        return _wrong(refusal.code)
    if len(text) > _LONGEST_TEXT:
        return _wrong("text_long", most=_LONGEST_TEXT)
    return Value(text) if text else EMPTY


def _name(column: Column, cell: Cell) -> Value:
    text = text_of(cell)
    name = clean_name(text)
    if isinstance(name, Refusal):
        return _wrong(name.code, text=str(name.text))
    tidied = () if name == text else (Fault("name_tidied"),)
    return Value(name, tidied)


def _decimal(cell: Cell) -> Decimal | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        # Beyond fifteen digits no amount of anything is meant.
        exact = Decimal(repr(cell)) if abs(cell) < _EXACT else None
        return exact and exact.quantize(Decimal("0.0001")).normalize()
    text = unicodedata.normalize("NFKC", text_of(cell)).replace(" ", "")
    text = _UNITS.sub("", text)
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def _number(column: Column, cell: Cell) -> Value:
    number = _decimal(cell)
    if number is None:
        return _wrong("number_shape")
    least = -column.largest if column.negative else 0
    if not least <= number <= column.largest:
        return _wrong("number_range", most=column.largest)
    return Value(number + 0)


def _count(column: Column, cell: Cell) -> Value:
    read = _number(column, cell)
    if read.value is not None and read.value != int(read.value):
        return _wrong("count_shape")
    return Value(int(read.value)) if read.value is not None else read


def _year(column: Column, cell: Cell) -> Value:
    number = _decimal(cell)
    if number is None or number != int(number) or int(number) not in _YEARS:
        return _wrong("year_shape")
    return Value(int(number))


def _date(column: Column, cell: Cell) -> Value:
    if isinstance(cell, bool | ErrorCell) or cell is None:
        return _wrong("date_shape")
    day, fault = day_of(cell)
    return Value(day, (fault,) if fault else ())


def _yes_no(column: Column, cell: Cell) -> Value:
    if isinstance(cell, bool):
        return Value(cell)
    text = unicodedata.normalize("NFKC", text_of(cell)).strip()
    if text in _YES:
        return Value(value=True)
    return Value(value=False) if text in _NO else _wrong("yes_no")


def _code(column: Column, cell: Cell) -> Value:
    code = _code_of(column, text_of(cell))
    if code is None:
        return _wrong("code_unknown", column=column.header)
    return Value(code)


def _codes(column: Column, cell: Cell) -> Value:
    words = [word for word in _BETWEEN_CODES.split(text_of(cell)) if word]
    codes = [_code_of(column, word) for word in words]
    if None in codes:
        return _wrong("code_unknown", column=column.header)
    return Value(tuple(dict.fromkeys(codes))) if codes else EMPTY


def _code_of(column: Column, text: str) -> str | None:
    known = columns.vocabulary(column)
    return known.get(text) or known.get("".join(tidy(text).split()))


def _id_number(column: Column, cell: Cell) -> Value:
    if not isinstance(cell, str):
        return _wrong("number_not_text")
    text = unicodedata.normalize("NFKC", cell)
    if _SCIENTIFIC.fullmatch(text.strip()):
        return _wrong("scientific")
    digits = "".join(text.split())
    if _OLD_ID.fullmatch(digits):
        return _wrong("id_15")
    card = digits[:LENGTH] if len(digits) in _CARD_LENGTHS else cell
    number = parse_id(card)
    if isinstance(number, IdNumber):
        told = number.text if card is cell else digits
        return Value(number.text, () if told == cell else (Fault("number_tidied"),))
    spoilt = number.code == "id_check_digit" and _SPOILT_ID.fullmatch(digits)
    return _wrong("id_lost_digits" if spoilt else number.code)


def _digits(cell: Cell) -> Value:
    """Read a number that is called by its digits, but may have been typed as one."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if cell != int(cell) or not 0 <= cell < _EXACT:
            return _wrong("number_not_text")
        return Value(str(int(cell)), (Fault("exact_number"),))
    text = unicodedata.normalize("NFKC", text_of(cell))
    if _SCIENTIFIC.fullmatch(text.strip()):
        return _wrong("scientific")
    plain = "".join(text.split())
    tidied = () if plain == cell else (Fault("number_tidied"),)
    return Value(plain, tidied)


def _phone(column: Column, cell: Cell) -> Value:
    read = _digits(cell)
    if read.value is None:
        return read
    digits = read.value.replace("-", "").removeprefix("+86")
    fits = digits.isascii() and digits.isdigit() and len(digits) in _PHONE_LENGTHS
    return Value(digits, read.faults) if fits else _wrong("phone_shape")


def _account(column: Column, cell: Cell) -> Value:
    if not isinstance(cell, str):
        return _wrong("number_not_text")
    read = _digits(cell)
    if read.value is None:
        return read
    digits = read.value.replace("-", "")
    return (
        Value(digits, read.faults)
        if _ACCOUNT.fullmatch(digits)
        else _wrong("account_shape")
    )


def _numbering(column: Column, cell: Cell) -> Value:
    read = _digits(cell)
    if read.value is None or _NUMBERING.fullmatch(read.value):
        return read
    return _wrong("numbering_shape")


_READERS: Final[dict[Kind, Callable[[Column, Cell], Value]]] = {
    Kind.TEXT: _text,
    Kind.NAME: _name,
    Kind.NUMBER: _number,
    Kind.COUNT: _count,
    Kind.YEAR: _year,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.ID_NUMBER: _id_number,
    Kind.PHONE: _phone,
    Kind.ACCOUNT: _account,
    Kind.NUMBERING: _numbering,
}
