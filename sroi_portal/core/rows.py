"""Insert many rows in one statement; the database alone checks them."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import NoneType
from typing import Any

from django.db import connection, models

MOST = 20_000  # rows in one statement
PLAIN = {int, Decimal, uuid.UUID, dt.date}  # never in need of quotation marks


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    alike: Mapping[str, Any] | None = None,
) -> None:
    """Insert `rows`, each with a value for every one of `columns`; `alike` holds for all of them.

    The names are those of the fields' attributes (`contract_id`). What is inserted is checked by
    the database alone: it is for what our own code has made.
    """
    alike = alike or {}
    fields: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    into = ", ".join(quote(fields[name].column) for name in (*columns, *alike))
    types = {name: fields[name].db_type(connection) for name in (*alike, *columns)}
    lists = {
        name for name in columns if types[name].endswith("[]")
    }  # of different lengths: as text
    given = [f"%s::{types[name]}" for name in alike]
    sent = ", ".join("%s::text[]" if each in lists else f"%s::{types[each]}[]" for each in columns)
    names = ", ".join(f"c{number}" for number, _each in enumerate(columns))
    taken = [
        f"c{number}::{types[each]}" if each in lists else f"c{number}"
        for number, each in enumerate(columns)
    ]
    sql = f"INSERT INTO {table} ({into}) SELECT {', '.join([*taken, *given])} FROM unnest({sent}) AS made({names})"  # noqa: S608 - names of our own models
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), MOST):
            part = zip(*rows[begin : begin + MOST], strict=True)
            cursor.execute(sql, [*alike.values(), *map(_array, part)])


def insert_objects(objs: Sequence[models.Model]) -> None:
    """Insert new objects of one model, each with its key: `bulk_create` for many rows of our own.

    A field with a value of the database's own (generated, or a default there) is left to it.
    """
    if not objs:
        return
    model = type(objs[0])
    key = model._meta.pk.attname
    for obj, given in zip(objs, _keys(model, len(objs)), strict=True):
        setattr(obj, key, given)
        obj._state.adding = False
    names = [each.attname for each in model._meta.concrete_fields if not each.generated]
    insert(model, names, [[getattr(obj, name) for name in names] for obj in objs])


def _keys(model: type[models.Model], count: int) -> list[int]:
    place = [model._meta.db_table, model._meta.pk.column, count]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", place
        )
        return [key for (key,) in cursor.fetchall()]


def _array(values: Sequence[Any]) -> str:
    """Write a list as PostgreSQL does; much cheaper than a parameter for each of many values.

    Numbers, and words without a sign that has a meaning here, are written all at once.
    """
    kinds = set(map(type, values))
    if kinds <= PLAIN:
        return "{" + ",".join(map(str, values)) + "}"
    if kinds <= PLAIN | {NoneType}:
        return "{" + ",".join("NULL" if each is None else str(each) for each in values) + "}"
    if kinds == {str}:
        words = '","'.join(values)
        if "\\" not in words and words.count('"') == 2 * (len(values) - 1):
            return '{"' + words + '"}'
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int | Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return f'"\\\\x{bytes(value).hex()}"'
    text = _array(value) if isinstance(value, list | tuple) else str(value)
    if '"' in text or "\\" in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
