"""The sum over the ledger, for one contract, a burst, or all: one statement (R-102)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import connection

from contracts.models import Fulfilment

# Sums first, then what follows from them and from the day, then only the rows that differ.
SUMS = """
    SELECT e.contract_id,
           sum(e.quantity) FILTER (WHERE e.account = 'obligation') AS obligation,
           sum(e.quantity) FILTER (WHERE e.account = 'waived') AS waived,
           sum(e.quantity) FILTER (WHERE e.account = 'planned') AS planned,
           sum(e.quantity) FILTER (WHERE e.account = 'submitted') AS submitted,
           sum(e.quantity) FILTER (WHERE e.account = 'verified') AS verified,
           sum(e.quantity) FILTER (WHERE e.account = 'unchecked') AS unchecked,
           sum(e.quantity) FILTER (WHERE e.account = 'carried') AS carried,
           sum(e.quantity) FILTER (WHERE e.account = 'malus') AS malus
      FROM contracts_ledgerentry e
     WHERE e.unit = 'eur' {narrowed}
     GROUP BY e.contract_id
"""
FOLLOWS = """
    WITH figures AS (
        SELECT c.id AS contract_id, c.authority_id, c.supplier_id, c.status,
               c.starts_on, c.ends_on,
               coalesce(s.obligation, 0) AS obligation, coalesce(s.waived, 0) AS waived,
               coalesce(s.planned, 0) AS planned, coalesce(s.submitted, 0) AS submitted,
               coalesce(s.verified, 0) AS verified, coalesce(s.unchecked, 0) AS unchecked,
               coalesce(s.carried, 0) AS carried, coalesce(s.malus, 0) AS malus,
               coalesce(s.obligation, 0) - coalesce(s.waived, 0) AS owed,
               coalesce(s.verified, 0) + coalesce(s.carried, 0)
                   + CASE WHEN c.counts_unchecked THEN coalesce(s.unchecked, 0) ELSE 0 END AS done,
               -- linear over the days of the contract, both included (R-103)
               CASE WHEN c.starts_on IS NULL OR %(today)s < c.starts_on THEN 0
                    WHEN %(today)s >= c.ends_on THEN 1
                    ELSE (%(today)s::date - c.starts_on + 1)::numeric
                         / (c.ends_on - c.starts_on + 1)
               END AS elapsed
          FROM contracts_contract c
          LEFT JOIN ({sums}) s ON s.contract_id = c.id
         WHERE c.status <> 'draft' {contracts}
    ),
    facts AS (
        SELECT f.*,
               CASE WHEN owed > 0 THEN round(100 * done / owed, 1) END AS percentage,
               round(owed * elapsed, 2) AS expected,
               done + submitted AS forecast_low,
               done + submitted + planned AS forecast_high,
               -- the first signal proposes a conversation (R-104)
               CASE WHEN owed <= 0 THEN 'none'
                    WHEN done >= owed THEN 'reached'
                    WHEN f.status IN ('settling', 'settled', 'cancelled') THEN 'none'
                    WHEN elapsed < 0.15 OR done + submitted >= owed * elapsed * 0.75
                        THEN 'on_course'
                    WHEN elapsed >= 0.75 AND done + submitted + planned < owed * 0.75
                        THEN 'act'
                    ELSE 'talk'
               END AS signal
          FROM figures f
    )
    SELECT contract_id, authority_id, supplier_id, obligation, waived, planned,
           submitted, verified, unchecked, carried, malus, owed, done, percentage, expected,
           forecast_low, forecast_high, signal
      FROM facts
"""
UPDATE = """
    UPDATE contracts_fulfilment k
       SET authority_id = n.authority_id, supplier_id = n.supplier_id,
           position = coalesce((SELECT max(id) FROM contracts_ledgerentry), 0),
           obligation_eur = n.obligation, waived_eur = n.waived, planned_eur = n.planned,
           submitted_eur = n.submitted, verified_eur = n.verified, unchecked_eur = n.unchecked,
           carried_eur = n.carried, malus_eur = n.malus, owed_eur = n.owed, done_eur = n.done,
           percentage = n.percentage, expected_eur = n.expected,
           forecast_low_eur = n.forecast_low, forecast_high_eur = n.forecast_high,
           signal = n.signal, computed_at = %(at)s, stale_since = NULL
      FROM {fresh} n
     WHERE n.contract_id = k.contract_id
       AND (k.stale_since IS NOT NULL OR k.computed_at IS NULL
            OR (k.authority_id, k.supplier_id, k.obligation_eur, k.waived_eur,
                k.planned_eur, k.submitted_eur, k.verified_eur, k.unchecked_eur, k.carried_eur,
                k.malus_eur, k.owed_eur, k.done_eur, k.percentage, k.expected_eur,
                k.forecast_low_eur, k.forecast_high_eur, k.signal)
               IS DISTINCT FROM
               (n.authority_id, n.supplier_id, n.obligation, n.waived,
                n.planned, n.submitted, n.verified, n.unchecked, n.carried,
                n.malus, n.owed, n.done, n.percentage, n.expected,
                n.forecast_low, n.forecast_high, n.signal))
"""
DIFFERENT = """
    SELECT k.contract_id
      FROM contracts_fulfilment k
      LEFT JOIN ({sums}) s ON s.contract_id = k.contract_id
     WHERE k.stale_since IS NULL
       AND (k.obligation_eur, k.waived_eur, k.planned_eur, k.submitted_eur, k.verified_eur,
            k.unchecked_eur, k.carried_eur, k.malus_eur)
           IS DISTINCT FROM
           (coalesce(s.obligation, 0), coalesce(s.waived, 0), coalesce(s.planned, 0),
            coalesce(s.submitted, 0), coalesce(s.verified, 0), coalesce(s.unchecked, 0),
            coalesce(s.carried, 0), coalesce(s.malus, 0))
     ORDER BY k.contract_id
"""
CLAIM = """
    SELECT contract_id FROM contracts_fulfilment
     WHERE stale_since IS NOT NULL
     ORDER BY contract_id LIMIT %s
       FOR UPDATE SKIP LOCKED
"""
BURST = 500


def recompute(*, today: dt.date, at: dt.datetime, contract_ids: Sequence[int] | None = None) -> int:
    """Sum the ledger of these contracts (None: of all) and write the rows that differ.

    Returns the number of rows written; in the caller's transaction.
    """
    facts: dict[str, Any] = {"today": today, "at": at, "ids": list(contract_ids or ())}
    with connection.cursor() as cursor:
        if contract_ids is not None:
            cursor.execute(UPDATE.format(fresh=f"({_follows(narrow=True)})"), facts)
            return int(cursor.rowcount)
        # only CREATE TABLE AS sums in parallel; an UPDATE never does
        cursor.execute(f"CREATE TEMP TABLE fresh_fulfilment AS {_follows(narrow=False)}", facts)
        cursor.execute(UPDATE.format(fresh="fresh_fulfilment"), facts)
        written = int(cursor.rowcount)
        cursor.execute("DROP TABLE fresh_fulfilment")
        return written


def recompute_burst(*, today: dt.date, at: dt.datetime) -> int:
    """Take up to 500 stale contracts that nobody else has, and sum them once.

    A posting that comes in between waits for the row and marks it stale again.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [BURST])
        claimed = [row[0] for row in cursor.fetchall()]
    if claimed:
        recompute(today=today, at=at, contract_ids=claimed)
    return len(claimed)


def different_from_ledger() -> list[int]:
    """Contracts whose stored fulfilment is not the sum of their ledger (must be none)."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT.format(sums=SUMS.format(narrowed="")))
        return [row[0] for row in cursor.fetchall()]


def stale_count() -> int:
    return Fulfilment.objects.stale().count()


def _follows(*, narrow: bool) -> str:
    sums = SUMS.format(narrowed="AND e.contract_id = ANY(%(ids)s)" if narrow else "")
    contracts = "AND c.id = ANY(%(ids)s)" if narrow else ""
    return FOLLOWS.format(sums=sums, contracts=contracts)
