"""Publish once a year how many people count for the banenafspraak beside social return (R-348).

The exact counts stay with the worker. What is shown is decided over the three parts together:
social return only, both, the banenafspraak only. All people of social return in the year are
published by themselves, and so are all of the banenafspraak; so the parts are shown when each of
them is safe, and else none of them is.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import Min
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.agreed_jobs import posting
from candidates.models import JobEntry, JobForm
from reports import disclosure
from reports.disclosure import TOTAL
from reports.fixed_tables import CLOSED_AFTER
from reports.models import FixedTable, PublishedCell, TableKind
from sroi_portal.core import money, turns
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.turns import Turn

SOCIAL, BOTH, ONLY, TOGETHER, WAITING = "social", "both", "jobs", "all", "waiting"
NO_FORM = "-"
ROWS: dict[str, str | Promise] = {
    BOTH: _("social return and the banenafspraak"),
    ONLY: _("the banenafspraak only"),
    TOGETHER: _("the banenafspraak"),
}
PARTS = """
    CREATE TEMP TABLE fresh_jobs AS
    WITH social AS (
        SELECT u.supplier_id, u.reference_hash, min(s.contract_id) AS contract_id
          FROM candidates_usedmonth u
          JOIN candidates_share s ON s.id = u.share_id
          JOIN candidates_contribution k ON k.id = s.contribution_id
         WHERE s.status = 'verified' AND s.verified_at <= %(at)s
           AND k.placement_id IS NOT NULL
           AND u.month BETWEEN %(first)s AND %(last)s
         GROUP BY u.supplier_id, u.reference_hash
    ),
    paid AS (
        SELECT j.supplier_id, c.reference_hash, p.contract_id, e.account, e.form,
               sum(e.hours) AS hours
          FROM candidates_jobentry e
          JOIN candidates_agreedjob j ON j.uuid = e.source_uuid
          JOIN candidates_placement p ON p.id = j.placement_id
          JOIN candidates_candidate c ON c.id = p.candidate_id
         WHERE e.month BETWEEN %(first)s AND %(last)s AND e.id <= %(position)s
         GROUP BY j.supplier_id, c.reference_hash, p.contract_id, e.account, e.form
        HAVING sum(e.hours) > 0
    ),
    counted AS (
        SELECT p.*, s.reference_hash IS NOT NULL AS is_social,
               row_number() OVER (
                   PARTITION BY p.supplier_id, p.reference_hash, p.account
                       ORDER BY p.hours DESC, p.form, p.contract_id) AS place
          FROM paid p
          LEFT JOIN social s USING (supplier_id, reference_hash)
    ),
    parts AS (
        SELECT CASE WHEN account = 'stated' THEN 'waiting'
                    WHEN is_social THEN 'both' ELSE 'jobs' END AS "row",
               CASE WHEN account = 'stated' THEN '-' ELSE form END AS "column",
               contract_id, supplier_id, (place = 1)::integer AS people, hours
          FROM counted
         UNION ALL
        SELECT 'social', '-', s.contract_id, s.supplier_id, 1, 0
          FROM social s
         WHERE NOT EXISTS (
               SELECT FROM paid p
                WHERE p.account = 'checked' AND p.supplier_id = s.supplier_id
                  AND p.reference_hash = s.reference_hash)
    )
    SELECT "row", "column", contract_id, supplier_id, sum(people)::integer AS people,
           round(sum(hours), 2) AS hours
      FROM parts
     GROUP BY "row", "column", contract_id, supplier_id
"""
KEEP = """
    INSERT INTO reports_workofcontract
           (table_id, "row", "column", contract_id, supplier_id, people, hours, value_eur)
    SELECT %s, "row", "column", contract_id, supplier_id, people, hours, 0 FROM fresh_jobs
"""
BY_SUPPLIER = """
    SELECT "row", "column", supplier_id, sum(people), (100 * sum(hours))::bigint
      FROM reports_workofcontract
     WHERE table_id = %s
     GROUP BY "row", "column", supplier_id
"""
DIFFERENT = """
    SELECT coalesce(w.form, e.form)
      FROM (SELECT "column" AS form, sum(hours) AS hours, count(*) AS lines
              FROM reports_workofcontract
             WHERE table_id = %(table)s AND "row" IN ('both', 'jobs')
             GROUP BY "column") w
      FULL JOIN (
        SELECT form, sum(hours) AS hours
          FROM candidates_jobentry
         WHERE account = 'checked' AND month BETWEEN %(first)s AND %(last)s
           AND id <= %(position)s
         GROUP BY form) e ON e.form = w.form
     WHERE abs(coalesce(w.hours, 0) - coalesce(e.hours, 0)) > 0.005 * coalesce(w.lines, 0)
     ORDER BY 1
"""

type Cells = Mapping[disclosure.Key, Mapping[int, disclosure.Brought]]
type Shown = dict[disclosure.Key, disclosure.Figures | None]


def publish_due(*, today: dt.date, at: dt.datetime) -> list[FixedTable]:
    """Publish each year that ended at least 60 days ago and was not published before."""
    with acting_as(DatabaseRole.WORKER):
        first = JobEntry.objects.aggregate(first=Min("month"))["first"]
        known = FixedTable.objects.filter(kind=TableKind.JOBS)
        before = set(known.values_list("starts_on__year", flat=True))
    last = (today - CLOSED_AFTER).year
    years = range(first.year, last) if first else ()
    made = [publish(year, at=at) for year in years if year not in before]
    return [table for table in made if table]


def publish(year: int, *, at: dt.datetime) -> FixedTable | None:
    """Count a year, keep the counts for the worker, and publish what nobody is read from.

    Two workers make one table: the second waits and finds it made.
    """
    with acting_as(DatabaseRole.WORKER):
        position = posting.position()
    facts: dict[str, Any] = {"first": dt.date(year, 1, 1), "last": dt.date(year, 12, 31)}
    with acting_as(DatabaseRole.WORKER), connection.cursor() as cursor:
        turns.take(Turn.FIXED_TABLES)
        if FixedTable.objects.filter(kind=TableKind.JOBS, starts_on=facts["first"]).exists():
            return None
        cursor.execute(PARTS, facts | {"position": position, "at": at})
        cursor.execute(
            'SELECT "row", "column", supplier_id, sum(people), (100 * sum(hours))::bigint'
            ' FROM fresh_jobs GROUP BY "row", "column", supplier_id'
        )
        shown = published(_read(cursor.fetchall()))
        table = FixedTable.objects.create(
            kind=TableKind.JOBS,
            starts_on=facts["first"],
            ends_on=facts["last"],
            rows=[_named(row, ROWS[row]) for row in ROWS if (row, TOTAL) in shown],
            columns=[_named(form.value, form.label) for form in JobForm],
            position=position,
            made_at=at,
        )
        cursor.execute(KEEP, [table.pk])
        cursor.execute("DROP TABLE fresh_jobs")
        PublishedCell.objects.bulk_create(_cells(table, shown))
    return table


def published(counts: Cells) -> Shown:
    """Decide what may be read: the three parts, or the banenafspraak as a whole (R-348)."""
    parts = {
        row: disclosure.sum_of(cell for (each, _form), cell in counts.items() if each == row)
        for row in (SOCIAL, BOTH, ONLY, WAITING)
    }
    shown: Shown = {(WAITING, TOTAL): _alone(parts[WAITING])}
    if all(disclosure.is_safe(parts[row]) for row in (SOCIAL, BOTH, ONLY)):
        divided = disclosure.published(
            {
                (row, form): counts.get((row, form), {})
                for row in (BOTH, ONLY)
                for form in JobForm.values
            }
        )
        if all(divided[row, TOTAL] for row in (BOTH, ONLY, TOTAL)):
            return shown | divided | {(SOCIAL, TOTAL): _alone(parts[SOCIAL])}
    together = {
        (TOGETHER, form): disclosure.sum_of(counts.get((row, form), {}) for row in (BOTH, ONLY))
        for form in JobForm.values
    }
    return shown | disclosure.published(together)


def differences() -> Iterator[str]:
    """Say of each table which form differs from its entries and which cell from its counts."""
    for table in FixedTable.objects.filter(kind=TableKind.JOBS).order_by("pk"):
        facts: dict[str, Any] = {
            "first": table.starts_on,
            "last": table.ends_on,
            "position": table.position,
        }
        with connection.cursor() as cursor:
            cursor.execute(DIFFERENT, facts | {"table": table.pk})
            yield from (f"{table}: {form} differs" for (form,) in cursor.fetchall())
            cursor.execute(BY_SUPPLIER, [table.pk])
            shown = published(_read(cursor.fetchall()))
        wanted = {_said(cell) for cell in _cells(table, shown)}
        kept = {_said(cell) for cell in table.cells.all()}
        yield from (f"{table}: cell {cell} differs" for cell in sorted(wanted ^ kept, key=str))


def _read(rows: list[Any]) -> dict[disclosure.Key, dict[int, disclosure.Brought]]:
    found: dict[disclosure.Key, dict[int, disclosure.Brought]] = {}
    for row, column, supplier, people, hours in rows:
        found.setdefault((row, column), {})[supplier] = disclosure.Brought(int(people), int(hours))
    return found


def _alone(cell: Mapping[int, disclosure.Brought]) -> disclosure.Figures | None:
    """Show a figure that stands in no table, when it is safe by itself."""
    return disclosure.published({(NO_FORM, NO_FORM): cell})[NO_FORM, NO_FORM]


def _cells(table: FixedTable, shown: Shown) -> list[PublishedCell]:
    """Give people and paid hours; of social return people alone, whose hours are in quarters."""
    return [
        PublishedCell(
            table=table,
            row=row,
            column=column,
            is_suppressed=figures is None,
            people=figures.people if figures else None,
            hours=money.from_hundredths(figures.hours) if figures and row != SOCIAL else None,
        )
        for (row, column), figures in sorted(shown.items())
    ]


def _said(cell: PublishedCell) -> tuple[Any, ...]:
    return cell.row, cell.column, cell.people, cell.hours


def _named(code: str, label: str | Promise) -> dict[str, str]:
    names = {"code": code}
    for language in ("nl", "en"):
        with translation.override(language):
            names[language] = str(label)
    return names
