"""What stands in a column, as it is kept in the year's JSON and as people read it.

It must not know a spreadsheet's cell, nor whose value it is.

Shape of what is kept: text, number and code as a string (a number without trailing
zeros), a whole number or year as an integer, yes/no as true/false, several codes as a
list, a date as ISO text; a sealed column as its cipher.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from registry.columns.column import Column, Kind, label_of
from registry.identity import mask, seal, unseal

Plain = str | int | bool | list[str]
YES: Final = "是"
NO: Final = "否"
_SHOWN_OF_ACCOUNT: Final = 4


def plain(value: object) -> Plain:
    """Return a read value as JSON can hold it.

    Raises: TypeError for a value no column has.
    """
    match value:
        case bool() | int() | str():
            return value
        case Decimal():
            return as_text(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return [str(part) for part in value]
    raise TypeError(type(value))


def as_text(number: Decimal) -> str:
    """Return a number without exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def sealed(
    values: Mapping[str, Plain], columns: Mapping[str, Column]
) -> dict[str, Plain]:
    """Return the values with those of sealed columns as ciphers."""
    return {
        name: seal(str(value)) if columns[name].is_sealed else value
        for name, value in values.items()
    }


def opened(
    kept: Mapping[str, Plain], columns: Mapping[str, Column]
) -> dict[str, Plain]:
    """Return kept values with those of sealed columns in clear."""
    ciphers = [name for name in kept if name in columns and columns[name].is_sealed]
    return {**kept, **{name: unseal(str(kept[name])) for name in ciphers}}


def masked(column: Column, text: str) -> str:
    """Return a value as it may be shown: what is sealed keeps its ends to itself."""
    if not column.is_sealed:
        return text
    if column.kind is Kind.ID_NUMBER:
        return mask(text)
    return text[:_SHOWN_OF_ACCOUNT] + "*" * max(len(text) - _SHOWN_OF_ACCOUNT, 0)


def written(column: Column, value: Plain | None) -> str:
    """Return a value in the words of the sheets: 是, 之子, 12.5; in clear."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return "、".join(label_of(column, part) for part in value)
    return label_of(column, str(value))


def by_identifier(columns: Iterable[Column]) -> dict[str, Column]:
    """Return the columns by their identifiers."""
    return {column.identifier: column for column in columns}
