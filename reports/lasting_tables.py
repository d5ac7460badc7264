"""Publish lasting work once a year is closed: what became of people, hidden as ADR 17 says (R-354)."""

import datetime as dt
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Min

from candidates.models import AfterMonths, FollowUp, Placement
from contracts import ledger
from reports import disclosure
from reports.disclosure import LIMITS
from reports.fixed_tables import CLOSED_AFTER, Period, names_of_lines
from reports.models import FixedTable, LastingOfContract, PublishedCell, TableKind
from sroi_portal.core import turns
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.turns import Turn

MOMENTS = {
    TableKind.AFTER_3: AfterMonths.THREE,
    TableKind.AFTER_6: AfterMonths.SIX,
    TableKind.AFTER_12: AfterMonths.TWELVE,
}
KINDS = (TableKind.ENDED, *MOMENTS)
ASKED = ("answered", "in_work", "learning", "permanent")
OF_ENDED = ("permanent", "stated", "anyway", "displaced")
DAYS_A_MONTH = 365 / 12

# Work of which something was verified; by authority and category of the contract.
PLACE = """
      JOIN contracts_contract c ON c.id = p.contract_id
      JOIN core_authority a ON a.id = c.authority_id
      LEFT JOIN contracts_category g ON g.id = c.category_id
"""
VERIFIED = """
       p.status <> 'withdrawn'
       AND EXISTS (SELECT 1 FROM candidates_contribution k
                     JOIN candidates_share s ON s.contribution_id = k.id
                    WHERE k.placement_id = p.id AND s.status = 'verified'
                      AND s.verified_at <= %(at)s)
"""
# What the person says goes before what the firm says, unless it is that nobody knows.
AFTER = f"""
    WITH said AS (
        SELECT DISTINCT ON (w.follow_up_id) w.follow_up_id, w.outcome
          FROM candidates_followupanswer w
         WHERE w.is_current AND w.answered_at <= %(at)s
         ORDER BY w.follow_up_id, w.outcome = 'unknown', w.said_by = 'supplier'
    ),
    asked AS (
        SELECT DISTINCT ON (p.candidate_id)
               a.code AS "row", coalesce(g.code, '-') AS "column", p.contract_id, p.supplier_id,
               s.outcome,
               coalesce(p.permanent_on <= q.falls_on, false) OR EXISTS (
                   SELECT 1 FROM candidates_followupanswer w
                    WHERE w.placement_id = p.id AND w.is_current AND w.answered_at <= %(at)s
                      AND w.permanent_on <= q.falls_on) AS is_permanent
          FROM candidates_followup q
          JOIN candidates_placement p ON p.id = q.placement_id
          {PLACE}
          LEFT JOIN said s ON s.follow_up_id = q.id
         WHERE q.months = %(months)s AND q.status <> 'withdrawn'
           AND q.falls_on BETWEEN %(starts_on)s AND %(ends_on)s AND {VERIFIED}
         ORDER BY p.candidate_id, q.falls_on DESC, q.id
    )
    SELECT "row", "column", contract_id, supplier_id, count(*) AS people,
           jsonb_build_object(
               'answered', count(*) FILTER (WHERE outcome <> 'unknown'),
               'in_work', count(*) FILTER (WHERE outcome IN ('with_us', 'elsewhere')),
               'learning', count(*) FILTER (WHERE outcome = 'learning'),
               'permanent', count(*) FILTER (WHERE is_permanent)) AS counts,
           '{{}}'::integer[] AS days
      FROM asked
     GROUP BY "row", "column", contract_id, supplier_id
"""  # noqa: S608 - our own texts
ENDED = f"""
    WITH ended AS (
        SELECT DISTINCT ON (p.candidate_id)
               a.code AS "row", coalesce(g.code, '-') AS "column", p.contract_id, p.supplier_id,
               least(p.ends_on, c.ends_on) - p.starts_on + 1 AS days,
               coalesce(p.permanent_on <= least(p.ends_on, c.ends_on), false) AS is_permanent,
               (SELECT h.hours_per_week FROM candidates_weeklyhours h
                 WHERE h.placement_id = p.id ORDER BY h.holds_from LIMIT 1) AS first_hours,
               (SELECT h.hours_per_week FROM candidates_weeklyhours h
                 WHERE h.placement_id = p.id AND h.holds_from <= least(p.ends_on, c.ends_on)
                 ORDER BY h.holds_from DESC LIMIT 1) AS last_hours,
               d.hired_anyway, d.takes_a_place
          FROM candidates_placement p
          {PLACE}
          LEFT JOIN candidates_additionality d
                 ON d.placement_id = p.id AND d.stated_at <= %(at)s
         WHERE least(p.ends_on, c.ends_on) BETWEEN greatest(%(starts_on)s, p.starts_on)
               AND %(ends_on)s AND {VERIFIED}
         ORDER BY p.candidate_id, least(p.ends_on, c.ends_on) DESC, p.id
    )
    SELECT "row", "column", contract_id, supplier_id, count(*) AS people,
           jsonb_build_object(
               'permanent', count(*) FILTER (WHERE is_permanent),
               'stated', count(*) FILTER (WHERE hired_anyway IN ('yes', 'no')),
               'anyway', count(*) FILTER (WHERE hired_anyway = 'yes'),
               'displaced', count(*) FILTER (WHERE takes_a_place = 'yes'),
               'grown', coalesce(100 * sum(coalesce(last_hours, first_hours) - first_hours), 0)::bigint
           ) AS counts,
           array_agg(days ORDER BY days) AS days
      FROM ended
     GROUP BY "row", "column", contract_id, supplier_id
"""  # noqa: S608 - our own texts
KEEP = """
    INSERT INTO reports_lastingofcontract
           (table_id, "row", "column", contract_id, supplier_id, people, counts, days)
    SELECT %s, "row", "column", contract_id, supplier_id, people, counts, days FROM fresh_work
"""


@dataclass
class Sum:
    """What stands behind one cell or total, exactly."""

    people: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    days: list[int] = field(default_factory=list)

    def add(self, line: LastingOfContract) -> None:
        self.people += line.people
        self.days += line.days
        for name, count in line.counts.items():
            self.counts[name] = self.counts.get(name, 0) + count


def closed_years(first: dt.date, today: dt.date) -> Iterator[Period]:
    """Give each year since `first` that ended at least 60 days ago, of each kind (R-354)."""
    for year in range(first.year, (today - CLOSED_AFTER).year + 1):
        last = dt.date(year, 12, 31)
        if last <= today - CLOSED_AFTER:
            yield from (Period(dt.date(year, 1, 1), last, kind) for kind in KINDS)


def publish_due(*, today: dt.date, at: dt.datetime) -> list[FixedTable]:
    """Publish every table whose year is closed and that was not published before."""
    with acting_as(DatabaseRole.WORKER):
        firsts = (
            FollowUp.objects.aggregate(first=Min("falls_on"))["first"],
            Placement.objects.aggregate(first=Min("ends_on"))["first"],
        )
        before = set(FixedTable.objects.values_list("kind", "starts_on"))
    first = min((each for each in firsts if each), default=today)
    due = [
        period
        for period in closed_years(first, today)
        if (period.kind, period.starts_on) not in before
    ]
    made = [publish(period, at=at) for period in due]
    return [table for table in made if table]


def publish(period: Period, *, at: dt.datetime) -> FixedTable | None:
    """Count, keep for the worker, and publish what nobody is read from; two workers make one."""
    with acting_as(DatabaseRole.WORKER):
        position = ledger.position()
    with acting_as(DatabaseRole.WORKER), connection.cursor() as cursor:
        turns.take(Turn.FIXED_TABLES)
        if FixedTable.objects.filter(kind=period.kind, starts_on=period.starts_on).exists():
            return None
        facts: dict[str, Any] = {"starts_on": period.starts_on, "ends_on": period.ends_on}
        asked: dict[str, Any] = {"at": at, "months": MOMENTS.get(period.kind, 0)}
        work = AFTER if period.kind in MOMENTS else ENDED
        cursor.execute(f"CREATE TEMP TABLE fresh_work AS {work}", facts | asked)
        rows, columns = names_of_lines(period.kind)
        table = FixedTable.objects.create(
            kind=period.kind, **facts, rows=rows, columns=columns, position=position, made_at=at
        )
        cursor.execute(KEEP, [table.pk])
        cursor.execute("DROP TABLE fresh_work")
        PublishedCell.objects.bulk_create(_published(table))
    return table


def differences() -> Iterator[str]:
    """Say which published cell is not what the exact counts of its table give."""
    for table in FixedTable.objects.filter(kind__in=KINDS).order_by("pk"):
        wanted = {(cell.row, cell.column): (cell.people, cell.more) for cell in _published(table)}
        kept = {(cell.row, cell.column): (cell.people, cell.more) for cell in table.cells.all()}
        for key in sorted(wanted.keys() | kept.keys()):
            if wanted.get(key) != kept.get(key):
                yield f"{table}: cell {key} differs"


def _published(table: FixedTable) -> list[PublishedCell]:
    """Decide by the people alone what is shown; all that is told of a cell goes with it."""
    inner: dict[disclosure.Key, dict[int, disclosure.Brought]] = {}
    sums: dict[disclosure.Key, Sum] = {}
    for line in LastingOfContract.objects.filter(table=table):
        cell = inner.setdefault((line.row, line.column), {})
        before = cell.get(line.supplier_id, disclosure.NOTHING)
        cell[line.supplier_id] = disclosure.Brought(before.people + line.people)
        for row in (line.row, disclosure.TOTAL):
            for column in (line.column, disclosure.TOTAL):
                sums.setdefault((row, column), Sum()).add(line)
    return [
        PublishedCell(
            table=table,
            row=row,
            column=column,
            is_suppressed=figures is None,
            people=figures.people if figures else None,
            more=_more(table.kind, sums.get((row, column), Sum())) if figures else {},
        )
        for (row, column), figures in sorted(disclosure.published(inner).items())
    ]


def _more(kind: str, exact: Sum) -> dict[str, int]:
    """Round each count as people are; the middle and the mean only of cells that are shown."""
    names = ASKED if kind in MOMENTS else OF_ENDED
    found = {name: disclosure.rounded(exact.counts.get(name, 0)) for name in names}
    if kind == TableKind.ENDED and exact.people >= LIMITS.people:
        found["median_months"] = round(statistics.median(exact.days) / DAYS_A_MONTH)
        found["grown_minutes"] = _minutes(exact.counts, exact.people)
    return found


def _minutes(counts: Mapping[str, int], people: int) -> int:
    """Give the mean growth of a week in minutes, to half an hour."""
    return round(counts.get("grown", 0) * 60 / 100 / people / 30) * 30
