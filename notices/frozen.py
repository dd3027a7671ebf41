"""Freezing the facts of a paper: plain JSON, checked key by key, and its digest.

Knows the structures of `contexts`; must not know the database.
"""

import hashlib
import json
import re
from collections.abc import Mapping
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

# What may stand nowhere on a public list: an ID number, a mobile number (law.md §4).
_PERSONAL = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


class NotAllowed(ValueError):
    """A context that its kind does not allow: a bug of whoever built it."""


def freeze(value: object) -> Any:
    """Return the value as plain JSON; dates and amounts become text."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
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
    _check(kind, CONTEXTS[kind], frozen)
    if kind in kinds.PUBLIC_KINDS:
        _check_public(kind, frozen)
    return frozen


def _check_public(kind: str, frozen: dict[str, Any]) -> None:
    allowed = kinds.named(kind).fields
    for row in frozen["rows"]:
        if extra := set(row) - allowed:
            raise NotAllowed(f"{kind}.rows: {sorted(extra)}")
        if _PERSONAL.search("\n".join(str(value) for value in row.values())):
            raise NotAllowed(f"{kind}.rows: a number of a person")


def _check(where: str, wanted: Any, value: Any) -> None:
    if get_origin(wanted) is UnionType:
        options = get_args(wanted)
        wanted = NoneType if value is None and NoneType in options else options[0]
    if is_typeddict(wanted):
        _check_keys(where, wanted, value)
    elif get_origin(wanted) is list:
        _check_list(where, get_args(wanted)[0], value)
    elif type(value) not in _AS_JSON[wanted]:
        raise NotAllowed(f"{where}: {type(value).__name__}")


def _check_keys(where: str, wanted: Any, value: Any) -> None:
    if not isinstance(value, dict):
        raise NotAllowed(f"{where}: {type(value).__name__}")
    if wrong := set(value) - set(wanted.__annotations__):
        raise NotAllowed(f"{where}: unknown {sorted(wrong)}")
    if absent := wanted.__required_keys__ - set(value):
        raise NotAllowed(f"{where}: missing {sorted(absent)}")
    types = _hints(wanted)
    for key, item in value.items():
        _check(f"{where}.{key}", types[key], item)


@cache
def _hints(wanted: Any) -> dict[str, Any]:
    # Resolving the annotations of one row type again for each of 500 rows is slow.
    return get_type_hints(wanted)


def _check_list(where: str, wanted: Any, value: Any) -> None:
    if not isinstance(value, list):
        raise NotAllowed(f"{where}: {type(value).__name__}")
    for number, item in enumerate(value):
        _check(f"{where}[{number}]", wanted, item)


def _plain(value: object) -> object:
    # A lazy translation or an enum member of text becomes plain text here; whatever
    # road a text took, it is clean before it is printed, signed and hashed.
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        raise NotAllowed("a float is no amount")
    return tidy(str(value))
