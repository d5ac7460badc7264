"""Insert many rows in one statement, without an object for each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, models

MOST = 20_000  # rows in one statement


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
    types = [fields[name].db_type(connection) for name in (*alike, *columns)]
    given = [f"%s::{each}" for each in types[: len(alike)]]
    arrays = ", ".join(f"%s::{each}[]" for each in types[len(alike) :])
    taken = ", ".join(["made.*", *given])
    sql = f"INSERT INTO {table} ({into}) SELECT {taken} FROM unnest({arrays}) AS made"  # noqa: S608 - names of our own models
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), MOST):
            part = zip(*rows[begin : begin + MOST], strict=True)
            cursor.execute(sql, [*alike.values(), *map(list, part)])
