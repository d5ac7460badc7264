"""Sums straight from the ledger up to a position: they never change any more (E12)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from contracts import fulfilment
from contracts.models import LedgerEntry
from reports.facts.kinds import LATE_DAYS, NOTHING, Standing, Sums
from sroi_portal.core.money import ZERO

# By source first, because what waits is counted by contribution; then by contract.
ACCOUNTS = """
    WITH sources AS MATERIALIZED (
        SELECT e.contract_id, e.source_uuid,
               (sum(e.quantity) FILTER (WHERE e.account = 'obligation'))::numeric(15, 2) AS obligation,
               (sum(e.quantity) FILTER (WHERE e.account = 'waived'))::numeric(15, 2) AS waived,
               (sum(e.quantity) FILTER (WHERE e.account = 'planned'))::numeric(15, 2) AS planned,
               (sum(e.quantity) FILTER (WHERE e.account = 'submitted'))::numeric(15, 2) AS submitted,
               (sum(e.quantity) FILTER (WHERE e.account = 'verified'))::numeric(15, 2) AS verified,
               (sum(e.quantity) FILTER (WHERE e.account = 'unchecked'))::numeric(15, 2) AS unchecked,
               (sum(e.quantity) FILTER (WHERE e.account = 'carried'))::numeric(15, 2) AS carried,
               (sum(e.quantity) FILTER (WHERE e.account = 'malus'))::numeric(15, 2) AS malus,
               min(e.posted_at) FILTER (WHERE e.account = 'submitted') AS submitted_at,
               bool_or(e.account IN ('submitted', 'verified', 'unchecked')) AS is_work
          FROM contracts_ledgerentry e
         WHERE e.unit = 'eur' AND e.id <= %(position)s AND e.contract_id = ANY(%(ids)s)
         GROUP BY e.contract_id, e.source_uuid
    )
    SELECT contract_id,
           coalesce(sum(obligation), 0) AS obligation_eur, coalesce(sum(waived), 0) AS waived_eur,
           coalesce(sum(planned), 0) AS planned_eur, coalesce(sum(submitted), 0) AS submitted_eur,
           coalesce(sum(verified), 0) AS verified_eur, coalesce(sum(unchecked), 0) AS unchecked_eur,
           coalesce(sum(carried), 0) AS carried_eur, coalesce(sum(malus), 0) AS malus_eur,
           count(*) FILTER (WHERE submitted <> 0) AS waiting_count,
           min(submitted_at) FILTER (WHERE submitted <> 0) AS oldest_waiting_at,
           coalesce(sum(submitted) FILTER (WHERE submitted_at < %(late)s), 0) AS late_eur,
           count(*) FILTER (WHERE submitted <> 0 AND submitted_at < %(late)s) AS late_count,
           count(*) FILTER (WHERE unchecked <> 0) AS unchecked_count,
           count(*) FILTER (WHERE verified <> 0) AS verified_count,
           coalesce(bool_or(is_work), false) AS is_reported
      FROM sources
     GROUP BY contract_id
"""
STANDINGS = fulfilment.follows(
    entries="AND e.id <= %(position)s AND e.contract_id = ANY(%(ids)s)",
    contracts="AND c.id = ANY(%(ids)s)",
    plans="AND p.contract_id = ANY(%(ids)s)",
)
QUARTERS = """
    SELECT date_trunc('quarter', e.month)::date AS quarter, e.source_uuid,
           coalesce(sum(e.quantity) FILTER (WHERE e.account = 'verified'), 0)::numeric(15, 2) AS verified,
           coalesce(sum(e.quantity) FILTER (WHERE e.account = 'submitted'), 0)::numeric(15, 2) AS submitted,
           coalesce(sum(e.quantity) FILTER (WHERE e.account = 'unchecked'), 0)::numeric(15, 2) AS unchecked
      FROM contracts_ledgerentry e
     WHERE e.unit = 'eur' AND e.id <= %(position)s AND e.contract_id = ANY(%(ids)s)
       AND e.account IN ('verified', 'submitted', 'unchecked')
     GROUP BY quarter, e.source_uuid
    HAVING sum(e.quantity) FILTER (WHERE e.account = 'verified') <> 0
        OR sum(e.quantity) FILTER (WHERE e.account = 'submitted') <> 0
        OR sum(e.quantity) FILTER (WHERE e.account = 'unchecked') <> 0
     ORDER BY quarter, e.source_uuid
"""
IN_YEAR = """
    SELECT e.contract_id, sum(e.quantity)::numeric(15, 2) AS verified
      FROM contracts_ledgerentry e
     WHERE e.unit = 'eur' AND e.account = 'verified' AND e.id <= %(position)s
       AND e.contract_id = ANY(%(ids)s) AND e.month BETWEEN %(first)s AND %(last)s
     GROUP BY e.contract_id
"""


@dataclass(frozen=True, slots=True)
class Ledgered:
    """The account of one contract, and what waits on it."""

    sums: Sums = NOTHING
    waiting_count: int = 0
    oldest_waiting_at: dt.datetime | None = None
    late_eur: Decimal = ZERO
    late_count: int = 0
    unchecked_count: int = 0
    verified_count: int = 0
    is_reported: bool = False


EMPTY = Ledgered()


@dataclass(frozen=True, slots=True)
class QuarterOfSource:
    """What one contribution stands for in one quarter; never shown."""

    quarter: dt.date
    source_uuid: Any
    verified_eur: Decimal
    submitted_eur: Decimal
    unchecked_eur: Decimal


def latest_position() -> int:
    """Give the last entry known now, for a look; a report takes the lock of `ledger.position`."""
    return int(LedgerEntry.objects.aggregate(last=Max("pk"))["last"] or 0)


def accounts(
    contract_ids: Sequence[int], *, position: int, cut_off_at: dt.datetime
) -> dict[int, Ledgered]:
    """Sum the accounts of these contracts; one without entries is absent."""
    late = timezone.localtime(cut_off_at) - dt.timedelta(days=LATE_DAYS)
    names = [field.name for field in fields(Sums)]
    result = {}
    for row in _rows(ACCOUNTS, {"ids": list(contract_ids), "position": position, "late": late}):
        contract_id = row.pop("contract_id")
        account = Sums(**{name: row.pop(name) for name in names})
        result[contract_id] = Ledgered(sums=account, **row)
    return result


def standings(
    contract_ids: Sequence[int], *, position: int, today: dt.date
) -> dict[int, tuple[Standing, str]]:
    """Return what follows for each contract, by the statement that also makes `Fulfilment`."""
    found = _rows(STANDINGS, {"ids": list(contract_ids), "position": position, "today": today})
    return {
        row["contract_id"]: (
            Standing(
                owed_eur=row["owed"],
                done_eur=row["done"],
                percentage=row["percentage"],
                expected_eur=row["expected"],
                forecast_low_eur=row["forecast_low"],
                forecast_high_eur=row["forecast_high"],
            ),
            row["signal"],
        )
        for row in found
    }


def own_account(contract_id: int, *, position: int, today: dt.date) -> dict[str, Any]:
    """Give what one contract owes and did in another unit than euros; empty when in euros alone."""
    found = _rows(STANDINGS, {"ids": [contract_id], "position": position, "today": today})
    return next(({**row} for row in found if row["own_unit"] and row["own_owed"]), {})


def verified_in(contract_ids: Sequence[int], *, year: int, position: int) -> dict[int, Decimal]:
    """Sum what was verified of the work of one year, by contract."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    facts = {"ids": list(contract_ids), "position": position, "first": first, "last": last}
    return {row["contract_id"]: row["verified"] for row in _rows(IN_YEAR, facts)}


def quarters(contract_ids: Sequence[int], *, position: int) -> list[QuarterOfSource]:
    return [
        QuarterOfSource(
            quarter=row["quarter"],
            source_uuid=row["source_uuid"],
            verified_eur=row["verified"],
            submitted_eur=row["submitted"],
            unchecked_eur=row["unchecked"],
        )
        for row in _rows(QUARTERS, {"ids": list(contract_ids), "position": position})
    ]


def _rows(statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Amounts come out in whole cents, also where nothing was summed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column.name for column in cursor.description or ()]
        found = cursor.fetchall()
    return [
        {name: _in_cents(name, value) for name, value in zip(names, row, strict=True)}
        for row in found
    ]


def _in_cents(name: str, value: Any) -> Any:
    if isinstance(value, Decimal) and name != "percentage":
        return value.quantize(ZERO)
    return value
