"""The cases: each beside the bare SQL or the bare library it needs at least."""

import datetime as dt
import itertools
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from benchmarks.measure import Result, compare
from contracts import fulfilment
from contracts.models import Contract, Fulfilment

TODAY = dt.date(2026, 3, 4)
NOON = dt.datetime(2026, 3, 4, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
BARE_SUMS = """
    SELECT contract_id,
           sum(quantity) FILTER (WHERE account = 'obligation'),
           sum(quantity) FILTER (WHERE account = 'waived'),
           sum(quantity) FILTER (WHERE account = 'planned'),
           sum(quantity) FILTER (WHERE account = 'submitted'),
           sum(quantity) FILTER (WHERE account = 'verified'),
           sum(quantity) FILTER (WHERE account = 'unchecked'),
           sum(quantity) FILTER (WHERE account = 'carried'),
           sum(quantity) FILTER (WHERE account = 'malus')
      FROM contracts_ledgerentry WHERE unit = 'eur' GROUP BY contract_id
"""


def recompute_all() -> Result:
    """R1: everything, nothing changed; persisted."""

    def case() -> None:
        with transaction.atomic():
            fulfilment.recompute(today=TODAY, at=NOON)

    case()
    anchor = ("bare SELECT sum() GROUP BY", lambda: _run(BARE_SUMS))
    return compare("full recomputation of fulfilment", case, anchor, at_most=1.35)


def recompute_one() -> Result:
    """I1: one stale contract, claim and commit included."""
    contracts = itertools.cycle(Contract.objects.order_by("pk").values_list("pk", flat=True)[:500])

    def case() -> None:
        with transaction.atomic():
            fulfilment.recompute_burst(today=TODAY, at=NOON)
        _mark(next(contracts))

    _mark(next(contracts))
    anchor = ("SELECT 1", lambda: _run("SELECT 1"))
    return compare("one contract's recomputation", case, anchor, at_most=100, pairs=101)


def _mark(contract_id: int) -> None:
    Fulfilment.objects.filter(pk=contract_id).update(stale_since=NOON)


def _run(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[object, ...]] = cursor.fetchall()
    return rows


ALL: tuple[Callable[[], Result], ...] = (recompute_all, recompute_one)
