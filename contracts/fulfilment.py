"""The sum over the ledger, for one contract, a burst, or all: one statement (R-102)."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from contracts.models import Contract, Fulfilment

# Sums first, then what follows from them and from the day, then only the rows that differ.
ACCOUNTS = (
    "obligation",
    "waived",
    "planned",
    "submitted",
    "verified",
    "unchecked",
    "carried",
    "malus",
)
SUMS = """
    SELECT e.contract_id,
           {accounts}
      FROM contracts_ledgerentry e
     WHERE e.unit = 'eur' {{narrowed}}
     GROUP BY e.contract_id
""".format(  # noqa: S608 - names of our own columns
    accounts=",\n           ".join(
        f"(sum(e.quantity) FILTER (WHERE e.account = '{name}'))::numeric(15, 2) AS {name}"
        for name in ACCOUNTS
    )
)
# What is owed in hours, persons or full-time years; goals count as far as each is reached.
OWN = """
    SELECT DISTINCT ON (contract_id)
           contract_id, unit, round(owed, 2) AS owed, round(done, 2) AS done,
           round(submitted, 2) AS submitted, round(planned, 2) AS planned
      FROM (
        SELECT e.contract_id, e.unit,
               coalesce(sum(e.quantity) FILTER (WHERE e.account = 'obligation'), 0)
                   - coalesce(sum(e.quantity) FILTER (WHERE e.account = 'waived'), 0) AS owed,
               coalesce(sum(e.quantity) FILTER (WHERE e.account IN ('verified', 'carried')), 0)
                   AS done,
               coalesce(sum(e.quantity) FILTER (WHERE e.account = 'submitted'), 0) AS submitted,
               coalesce(sum(e.quantity) FILTER (WHERE e.account = 'planned'), 0) AS planned
          FROM contracts_ledgerentry e
         WHERE e.unit <> 'eur' AND e.goal IS NULL {narrowed}
         GROUP BY e.contract_id, e.unit
        UNION ALL
        SELECT contract_id, 'own', count(*),
               round(sum(least(1, greatest(0, done / wanted))), 2),
               round(sum(least(1, greatest(0, (done + submitted) / wanted))
                         - least(1, greatest(0, done / wanted))), 2),
               0
          FROM (
            SELECT e.contract_id, e.goal,
                   coalesce(sum(e.quantity) FILTER (WHERE e.account = 'obligation'), 0) AS wanted,
                   coalesce(sum(e.quantity) FILTER (WHERE e.account = 'verified'), 0) AS done,
                   coalesce(sum(e.quantity) FILTER (WHERE e.account = 'submitted'), 0)
                       AS submitted
              FROM contracts_ledgerentry e
             WHERE e.unit <> 'eur' AND e.goal IS NOT NULL {narrowed}
             GROUP BY e.contract_id, e.goal
          ) goals
         WHERE wanted > 0
         GROUP BY contract_id
      ) units
     WHERE owed > 0
     ORDER BY contract_id, unit = 'own', unit
"""
# Which part of the days of a contract or a line has passed on a day, both ends included.
PASSED = """
               CASE WHEN {of}.starts_on IS NULL OR {day} < {of}.starts_on THEN 0
                    WHEN {day} >= {last} THEN 1
                    ELSE ({day}::date - {of}.starts_on + 1)::numeric / ({last} - {of}.starts_on + 1)
               END"""
LAST = "coalesce(c.fulfil_by_on, c.ends_on)"  # a deferral gives a contract more days
# Which part of its planned value the agreed plan has behind it, line by line.
PLANNED = """
    SELECT p.contract_id,
           sum(l.value_eur * ({passed})) / nullif(sum(l.value_eur), 0) AS part
      FROM contracts_plan p
      JOIN contracts_planline l ON l.plan_id = p.id
     WHERE p.status = 'agreed' {narrowed}
     GROUP BY p.contract_id
"""
# Which part of what is owed was to be expected by a day: the only place that says so.
EXPECTED = """
               coalesce(CASE WHEN c.fulfil_by_on IS NULL THEN x.part
                             ELSE least(x.part, {passed}) END, {passed})"""


def _expected(day: str) -> dict[str, str]:
    """Give what has passed of the contract by a day, and what was to be expected then."""
    passed = PASSED.format(of="c", last=LAST, day=day)
    return {"passed": passed, "expected": EXPECTED.format(passed=passed)}


def _planned(day: str, narrowed: str) -> str:
    return PLANNED.format(
        passed=PASSED.format(of="l", last="l.ends_on", day=day), narrowed=narrowed
    )


EXPECTED_ON = f"""
    SELECT d.day, {_expected("d.day")["expected"]} AS part
      FROM contracts_contract c
     CROSS JOIN unnest(%(days)s::date[]) AS d (day)
      LEFT JOIN LATERAL ({_planned("d.day", "AND p.contract_id = c.id")}) x ON true
     WHERE c.id = %(id)s
"""  # noqa: S608 - names of our own columns
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
               coalesce(o.unit, '') AS own_unit, o.owed AS own_owed, o.done AS own_done,
               o.submitted AS own_submitted, o.planned AS own_planned,
               {passed} AS elapsed, {expected} AS expected_part
          FROM contracts_contract c
          LEFT JOIN ({sums}) s ON s.contract_id = c.id
          LEFT JOIN ({own}) o ON o.contract_id = c.id
          LEFT JOIN ({planned}) x ON x.contract_id = c.id
         WHERE c.status <> 'draft' {contracts}
    ),
    -- euros steer where they are owed, the contract's own unit where they are not (R-105)
    steered AS (
        SELECT f.*,
               CASE WHEN owed > 0 THEN owed ELSE coalesce(own_owed, 0) END AS to_do,
               CASE WHEN owed > 0 THEN done ELSE coalesce(own_done, 0) END AS is_done,
               CASE WHEN owed > 0 THEN submitted ELSE coalesce(own_submitted, 0) END AS waiting,
               CASE WHEN owed > 0 THEN planned ELSE coalesce(own_planned, 0) END AS coming
          FROM figures f
    ),
    facts AS (
        SELECT f.*,
               CASE WHEN to_do > 0 THEN round(100 * is_done / to_do, 1) END AS percentage,
               round(owed * expected_part, 2) AS expected,
               done + submitted AS forecast_low,
               done + submitted + planned AS forecast_high,
               -- the first signal proposes a conversation (R-104)
               CASE WHEN to_do <= 0 THEN 'none'
                    WHEN is_done >= to_do THEN 'reached'
                    WHEN f.status IN ('settling', 'settled', 'cancelled') THEN 'none'
                    WHEN elapsed < 0.15 OR is_done + waiting >= to_do * expected_part * 0.75
                        THEN 'on_course'
                    WHEN elapsed >= 0.75 AND is_done + waiting + coming < to_do * 0.75
                        THEN 'act'
                    ELSE 'talk'
               END AS signal
          FROM steered f
    )
    SELECT contract_id, authority_id, supplier_id, obligation, waived, planned,
           submitted, verified, unchecked, carried, malus, owed, done, percentage, expected,
           forecast_low, forecast_high, own_unit, own_owed, own_done, own_submitted, own_planned,
           signal
      FROM facts
"""
STORED = {
    "authority_id": "authority_id",
    "supplier_id": "supplier_id",
    **{f"{name}_eur": name for name in (*ACCOUNTS, "owed", "done", "expected")},
    "percentage": "percentage",
    "forecast_low_eur": "forecast_low",
    "forecast_high_eur": "forecast_high",
    **{name: name for name in ("own_unit", "own_owed", "own_done", "own_submitted", "own_planned")},
    "signal": "signal",
}
UPDATE = """
    UPDATE contracts_fulfilment k
       SET {assigned},
           position = coalesce((SELECT max(id) FROM contracts_ledgerentry), 0),
           computed_at = %(at)s, stale_since = NULL
      FROM {{fresh}} n
     WHERE n.contract_id = k.contract_id
       AND (k.stale_since IS NOT NULL OR k.computed_at IS NULL
            OR ({kept}) IS DISTINCT FROM ({found}))
""".format(  # noqa: S608 - names of our own columns
    assigned=", ".join(f"{column} = n.{name}" for column, name in STORED.items()),
    kept=", ".join(f"k.{column}" for column in STORED),
    found=", ".join(f"n.{name}" for name in STORED.values()),
)
DIFFERENT = """
    SELECT k.contract_id
      FROM contracts_fulfilment k
      LEFT JOIN ({{sums}}) s ON s.contract_id = k.contract_id
      LEFT JOIN ({{own}}) o ON o.contract_id = k.contract_id
     WHERE k.stale_since IS NULL
       AND ({kept}, k.own_unit, k.own_owed, k.own_done, k.own_submitted, k.own_planned)
           IS DISTINCT FROM
           ({found}, coalesce(o.unit, ''), o.owed, o.done, o.submitted, o.planned)
     ORDER BY k.contract_id
""".format(  # noqa: S608 - names of our own columns
    kept=", ".join(f"k.{name}_eur" for name in ACCOUNTS),
    found=", ".join(f"coalesce(s.{name}, 0)" for name in ACCOUNTS),
)
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
            cursor.execute(UPDATE.format(fresh=f"({OF_SOME})"), facts)
            return int(cursor.rowcount)
        # only CREATE TABLE AS sums in parallel; an UPDATE never does
        cursor.execute(f"CREATE TEMP TABLE fresh_fulfilment AS {follows()}", facts)
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
        cursor.execute(DIFFERENT.format(sums=SUMS.format(narrowed=""), own=OWN.format(narrowed="")))
        return [row[0] for row in cursor.fetchall()]


def as_known(contract: Contract, *, today: dt.date, before: dt.datetime) -> Fulfilment:
    """Sum what was posted before a moment: the row as it would have been kept then (R-107)."""
    facts: dict[str, Any] = {"today": today, "before": before, "ids": [contract.pk]}
    with connection.cursor() as cursor:
        cursor.execute(AS_KNOWN, facts)
        names = [column.name for column in cursor.description or ()]
        row = dict(zip(names, cursor.fetchone() or (), strict=False))
    kept = {column: row[name] for column, name in STORED.items() if row}
    return Fulfilment(contract=contract, computed_at=before, **kept)


def expected_parts(contract: Contract, days: Sequence[dt.date]) -> dict[dt.date, Decimal]:
    """Tell for each day which part of what is owed was to be expected by then."""
    with connection.cursor() as cursor:
        cursor.execute(EXPECTED_ON, {"id": contract.pk, "days": list(days)})
        return dict(cursor.fetchall())


def stale_count() -> int:
    return Fulfilment.objects.stale().count()


def follows(*, entries: str = "", contracts: str = "", plans: str = "") -> str:
    """Give the statement over these entries `e`, contracts `c` and plans `p`, each with AND."""
    return FOLLOWS.format(
        sums=SUMS.format(narrowed=entries),
        own=OWN.format(narrowed=entries),
        planned=_planned("%(today)s", plans),
        **_expected("%(today)s"),
        contracts=contracts,
    )


SOME = {
    "entries": "AND e.contract_id = ANY(%(ids)s)",
    "contracts": "AND c.id = ANY(%(ids)s)",
    "plans": "AND p.contract_id = ANY(%(ids)s)",
}
OF_SOME = follows(**SOME)
AS_KNOWN = follows(**SOME | {"entries": f"{SOME['entries']} AND e.posted_at < %(before)s"})
