"""Typed values to JSON and back, without loss: a stored valuation can be computed again."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


def encode(thing: Any) -> Any:
    """Write dataclasses and named tuples as objects, exact numbers and days as text."""
    if isinstance(thing, dt.date):
        return thing.isoformat()
    if isinstance(thing, Decimal | Fraction | StrEnum):
        return str(thing)
    if thing is None or isinstance(thing, int | str):
        return thing
    return _encode_many(thing)


def _encode_many(thing: Any) -> Any:
    if isinstance(thing, Mapping):
        return {encode(key): encode(item) for key, item in thing.items()}
    names = _names(type(thing))
    if names:
        return {name: encode(getattr(thing, name)) for name in names}
    return [encode(item) for item in (sorted(thing) if isinstance(thing, frozenset) else thing)]


def decode(kind: Any, data: Any) -> Any:
    """Read as the kind says; a field that is missing keeps its default."""
    if isinstance(kind, UnionType):
        return None if data is None else decode(get_args(kind)[0], data)
    origin = get_origin(kind)
    if origin is not None:
        return _decode_many(origin, get_args(kind), data)
    if issubclass(kind, dt.date):
        return kind.fromisoformat(data)
    if issubclass(kind, Decimal | Fraction | StrEnum):
        return kind(data)
    names = _names(kind)
    if names:
        hints = _hints(kind)
        return kind(**{name: decode(hints[name], data[name]) for name in names if name in data})
    return data


def _decode_many(origin: Any, kinds: tuple[Any, ...], data: Any) -> Any:
    if issubclass(origin, Mapping):
        key, item = kinds
        return {decode(key, name): decode(item, value) for name, value in data.items()}
    return origin(decode(kinds[0], item) for item in data)


def _names(kind: Any) -> tuple[str, ...]:
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    return tuple(getattr(kind, "_fields", ()))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
