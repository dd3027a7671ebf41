"""Freezing the facts of a paper: plain JSON, checked key by key, and its digest.

Knows the structures of `contexts`; must not know the database.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from django.conf import settings
from django.utils import timezone, translation

from notices import kinds
from notices.contexts import CONTEXTS
from registry.texts import tidy

# How each annotation looks once it is JSON.
_AS_JSON: dict[Any, tuple[type, ...]] = {
    str: (str,),
    int: (int,),
    bool: (bool,),
    date: (str,),
    datetime: (str,),
    Decimal: (str,),
    NoneType: (NoneType,),
}

_PLAIN = frozenset({int, bool, NoneType})

# What may stand nowhere on a public list: an ID number, a mobile number (law.md §4).
_PERSONAL = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


class NotAllowed(ValueError):
    """A context that its kind does not allow: a bug of whoever built it."""


def freeze(value: object) -> Any:
    """Return the value as plain JSON; dates and amounts become text.

    Whatever road a text took, it is clean before it is printed, signed and hashed.
    """
    if type(value) is str:
        return tidy(value)
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Mapping):
        return {str(key): freeze(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [freeze(item) for item in value]
    return _plain(value)


class Frozen(dict[str, Any]):
    """A context that is plain JSON already; freezing it again changes nothing."""


def frozen_context(context: Mapping[str, Any]) -> Frozen:
    """Return a context as plain JSON, at most once."""
    return context if isinstance(context, Frozen) else Frozen(freeze(context))


def canonical(context: Mapping[str, Any]) -> str:
    """Return the one text of a frozen context: keys sorted, no spaces."""
    return json.dumps(
        context, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def digest(context: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal."""
    text = canonical(context).encode("utf-8", "backslashreplace")
    return hashlib.sha256(text).hexdigest()


def checked(kind: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the frozen context of a kind.

    Raises: NotAllowed for a key its structure does not name, a missing key, a value
        of another type, or personal data on a public paper.
    """
    # Papers are Chinese whatever language the officer reads.
    with translation.override(settings.LANGUAGE_CODE):
        frozen = frozen_context(context)
    if fault := _fault(_form(CONTEXTS[kind]), frozen):
        raise NotAllowed(f"{kind}{fault}")
    if allowed := kinds.named(kind).fields:
        _check_rows(kind, frozen, allowed)
    return frozen


def _check_rows(kind: str, frozen: dict[str, Any], allowed: frozenset[str]) -> None:
    for name, rows in _lists(frozen):
        for row in rows:
            if extra := row.keys() - allowed:
                raise NotAllowed(f"{kind}.{name}: {sorted(extra)}")
        words = (str(value) for row in rows for value in row.values())
        if _PERSONAL.search("\n".join(words)):
            raise NotAllowed(f"{kind}.{name}: a number of a person")


def _lists(frozen: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield every list of households on the paper: there may be more than one."""
    for name, value in frozen.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield name, value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What an annotation asks of a value that is JSON already.

    Attributes:
        types: what the value itself may be.
        rows: what every row asks, where the value is a list.
        fields, required: what every key asks, where it is a structure.
    """

    types: frozenset[type]
    rows: "_Form | None" = None
    fields: Mapping[str, "_Form"] | None = None
    required: frozenset[str] = frozenset()


@cache
def _form(wanted: Any) -> _Form:
    # Resolving the annotations of one row type again for each of 500 rows is slow.
    if get_origin(wanted) is UnionType:
        options = get_args(wanted)
        form = _form(options[0])
        return replace(form, types=form.types | ({NoneType} & set(options)))
    if is_typeddict(wanted):
        fields = {key: _form(kind) for key, kind in get_type_hints(wanted).items()}
        types = frozenset[type]((dict, Frozen))
        return _Form(types=types, fields=fields, required=wanted.__required_keys__)
    if get_origin(wanted) is list:
        return _Form(types=frozenset({list}), rows=_form(get_args(wanted)[0]))
    return _Form(types=frozenset(_AS_JSON[wanted]))


def _fault(form: _Form, value: Any) -> str:
    """Return where in a value something is not as asked, and what; else nothing."""
    if type(value) not in form.types:
        return f": {type(value).__name__}"
    if form.fields is not None and value is not None:
        return _fault_of_keys(form, form.fields, value)
    if form.rows is not None and value is not None:
        for number, row in enumerate(value):
            if fault := _fault(form.rows, row):
                return f"[{number}]{fault}"
    return ""


def _fault_of_keys(form: _Form, fields: Mapping[str, _Form], value: Any) -> str:
    if wrong := value.keys() - fields.keys():
        return f": unknown {sorted(wrong)}"
    if absent := form.required - value.keys():
        return f": missing {sorted(absent)}"
    for key, item in value.items():
        if fault := _fault(fields[key], item):
            return f".{key}{fault}"
    return ""


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        raise NotAllowed("a float is no amount")
    # An amount, a lazy translation or an enum member of text becomes plain text.
    return tidy(str(value))
