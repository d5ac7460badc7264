"""Publish tables about people once a period is closed: the only figures about people (R-304)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Min
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from candidates.models import Contribution
from contracts import ledger
from contracts.models import Category, TargetGroup
from network.models import Pilot
from reports import disclosure
from reports.models import FixedTable, PublishedCell, TableKind
from sroi_portal.core import money, quarters, turns
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Authority
from sroi_portal.core.turns import Turn

CLOSED_AFTER = dt.timedelta(days=60)  # to report, to check, and two weeks more
NONE = "-"  # a contract without category, a row of a table without target group
ALL = "all"
LABELS = {NONE: _("not given"), ALL: _("all work")}

# By which code work counts in a row and in a column.
LINES = {
    TableKind.QUARTER: {
        "row": "a.code",
        "column": "coalesce(g.code, '-')",
        "joins": """
          JOIN core_authority a ON a.id = c.authority_id
          LEFT JOIN contracts_category g ON g.id = c.category_id""",
    },
    TableKind.GROUPS: {
        "row": "coalesce(t.code, '-')",
        "column": "'all'",
        "joins": """
          JOIN contracts_block b ON b.id = s.block_id
          LEFT JOIN contracts_targetgroup t ON t.id = b.group_id""",
    },
}
VERIFIED = """
          e.account = 'verified' AND e.unit = 'eur' AND e.source_kind = 'candidates.share'
          AND e.month BETWEEN %(starts_on)s AND %(ends_on)s AND e.id <= %(position)s"""
# A person counts where most months were worked, then on the first contract.
WORK = """
    WITH shares AS (
        SELECT s.id, s.uuid, s.contract_id, s.supplier_id,
               s.status = 'verified' AND s.verified_at <= %(at)s AS is_verified,
               {row} AS "row", {column} AS "column"
          FROM candidates_share s
          JOIN candidates_contribution k ON k.id = s.contribution_id
          JOIN contracts_contract c ON c.id = s.contract_id
          {joins}
         WHERE k.placement_id IS NOT NULL
           AND k.starts_on <= %(ends_on)s AND k.ends_on >= %(starts_on)s
    ),
    people AS (
        SELECT DISTINCT ON (u.supplier_id, u.reference_hash)
               h."row", h."column", h.contract_id, h.supplier_id
          FROM candidates_usedmonth u
          JOIN shares h ON h.id = u.share_id
         WHERE h.is_verified AND u.month BETWEEN %(starts_on)s AND %(ends_on)s
         GROUP BY u.supplier_id, u.reference_hash, h."row", h."column", h.contract_id,
                  h.supplier_id
         ORDER BY u.supplier_id, u.reference_hash, count(*) DESC, h.contract_id, h."row"
    ),
    parts AS (
        SELECT "row", "column", contract_id, supplier_id,
               1 AS people, 0::numeric AS hours, 0::numeric AS value_eur
          FROM people
         UNION ALL
        SELECT h."row", h."column", h.contract_id, h.supplier_id,
               0, (earned ->> 'hours')::numeric, 0
          FROM shares h
          JOIN candidates_share s ON s.id = h.id
         CROSS JOIN jsonb_array_elements(s.valuation -> 'by_month') earned
         WHERE h.is_verified
           AND (earned ->> 'month')::date BETWEEN %(starts_on)s AND %(ends_on)s
         UNION ALL
        SELECT h."row", h."column", h.contract_id, h.supplier_id, 0, 0, e.quantity
          FROM contracts_ledgerentry e
          JOIN shares h ON h.uuid = e.source_uuid
         WHERE {verified}
    )
    SELECT "row", "column", contract_id, supplier_id, sum(people)::integer AS people,
           round(sum(hours), 2) AS hours, sum(value_eur)::numeric(15, 2) AS value_eur
      FROM parts
     GROUP BY "row", "column", contract_id, supplier_id
    HAVING sum(people) <> 0 OR sum(hours) <> 0 OR sum(value_eur) <> 0
"""
# A person counts once over all years, in the pilot and the year where work on a pilot began.
PEOPLE_OF_PILOTS = """
    WITH begun AS (
        SELECT DISTINCT ON (u.supplier_id, u.reference_hash)
               p.uuid::text AS "row", s.contract_id, u.supplier_id, u.month
          FROM network_pilot p
          JOIN network_pilotplace l ON l.pilot_id = p.id
          JOIN candidates_share s ON s.contract_id = l.contract_id
          JOIN candidates_usedmonth u ON u.share_id = s.id
         WHERE p.shared_at IS NOT NULL AND u.month <= %(ends_on)s
           AND u.month BETWEEN date_trunc('month', p.starts_on) AND p.ends_on
           AND s.status = 'verified' AND s.verified_at <= %(at)s
         ORDER BY u.supplier_id, u.reference_hash, u.month, p.id, s.contract_id
    )
    SELECT "row", 'all' AS "column", contract_id, supplier_id, count(*)::integer AS people,
           0::numeric AS hours, 0::numeric AS value_eur
      FROM begun
     WHERE month >= %(starts_on)s
     GROUP BY "row", contract_id, supplier_id
"""
KEEP = """
    INSERT INTO reports_workofcontract
           (table_id, "row", "column", contract_id, supplier_id, people, hours, value_eur)
    SELECT %s, "row", "column", contract_id, supplier_id, people, hours, value_eur
      FROM fresh_work
"""
BY_SUPPLIER = """
    SELECT "row", "column", supplier_id, sum(people), (100 * sum(hours))::bigint,
           (100 * sum(value_eur))::bigint
      FROM reports_workofcontract
     WHERE table_id = %s
     GROUP BY "row", "column", supplier_id
"""
DIFFERENT = f"""
    SELECT contract_id
      FROM (SELECT contract_id, sum(value_eur) AS kept
              FROM reports_workofcontract
             WHERE table_id = %(table)s
             GROUP BY contract_id) w
      FULL JOIN (
        SELECT e.contract_id, sum(e.quantity) AS posted
          FROM contracts_ledgerentry e
          JOIN candidates_share s ON s.uuid = e.source_uuid
          JOIN candidates_contribution k ON k.id = s.contribution_id
         WHERE k.kind = 'placement' AND {VERIFIED}
         GROUP BY e.contract_id
      ) l USING (contract_id)
     WHERE coalesce(kept, 0) <> coalesce(posted, 0)
     ORDER BY contract_id
"""  # noqa: S608 - names of our own columns

ONLY_CELLS = "SELECT NULL WHERE false"  # a table of people alone has no euros to compare


@dataclass(frozen=True, order=True)
class Period:
    """What one table is about; both days included."""

    starts_on: dt.date
    ends_on: dt.date
    kind: TableKind


def closed_periods(first: dt.date, today: dt.date) -> Iterator[Period]:
    """Give each quarter and year since `first` that ended at least 60 days ago (R-305)."""
    last = today - CLOSED_AFTER
    since = quarters.first_day(first)
    while (ends_on := quarters.last_day(since)) <= last:
        yield Period(since, ends_on, TableKind.QUARTER)
        if quarters.number(since) == quarters.LAST:
            yield Period(dt.date(since.year, 1, 1), ends_on, TableKind.GROUPS)
            yield Period(dt.date(since.year, 1, 1), ends_on, TableKind.PILOTS)
        since = quarters.following(since)


def publish_due(*, today: dt.date, at: dt.datetime) -> list[FixedTable]:
    """Publish every table whose period is closed and that was not published before."""
    with acting_as(DatabaseRole.WORKER):
        work = Contribution.objects.filter(placement__isnull=False)
        first = work.aggregate(first=Min("starts_on"))["first"]
        before = set(FixedTable.objects.values_list("kind", "starts_on"))
        tried = Pilot.objects.shared().aggregate(first=Min("starts_on"))["first"]
    due = [
        period
        for period in closed_periods(first or today, today)
        if (period.kind, period.starts_on) not in before
        and (period.kind != TableKind.PILOTS or (tried and tried <= period.ends_on))
    ]
    made = [publish(period, at=at) for period in due]
    return [table for table in made if table]


def publish(period: Period, *, at: dt.datetime) -> FixedTable | None:
    """Sum the work of a period, keep it for the worker, and publish what nobody is read from.

    Two workers make one table: the second waits and finds it made.
    """
    with acting_as(DatabaseRole.WORKER):
        position = ledger.position()
    with acting_as(DatabaseRole.WORKER), connection.cursor() as cursor:
        turns.take(Turn.FIXED_TABLES)
        if FixedTable.objects.filter(kind=period.kind, starts_on=period.starts_on).exists():
            return None
        facts = {"starts_on": period.starts_on, "ends_on": period.ends_on}
        cursor.execute(
            f"CREATE TEMP TABLE fresh_work AS {_work_of(period.kind)}",
            facts | {"position": position, "at": at},
        )
        rows, columns = names_of_lines(period.kind)
        table = FixedTable.objects.create(
            kind=period.kind, **facts, rows=rows, columns=columns, position=position, made_at=at
        )
        cursor.execute(KEEP, [table.pk])
        cursor.execute("DROP TABLE fresh_work")
        PublishedCell.objects.bulk_create(_published(table))
    return table


def _work_of(kind: TableKind) -> str:
    """Give the statement that sums the work of such a table."""
    if kind == TableKind.PILOTS:
        return PEOPLE_OF_PILOTS
    return WORK.format(**LINES[kind], verified=VERIFIED)


def names_of_lines(kind: TableKind) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Name rows and columns as they are called now, in both languages."""
    with connection.cursor() as cursor:
        found: list[list[str]] = []
        for side in ("row", "column"):
            cursor.execute(f'SELECT DISTINCT "{side}" FROM fresh_work ORDER BY 1')  # noqa: S608 - our own column
            found.append([code for (code,) in cursor.fetchall()])
    codes, others = found
    if kind == TableKind.GROUPS:
        groups = TargetGroup.objects.filter(code__in=codes)
        named = {group.code: (group.label_nl, group.label_en) for group in groups}
        return _named(codes, named), _named(others, {})
    if kind == TableKind.PILOTS:
        pilots = Pilot.objects.filter(uuid__in=codes)
        titles = {str(pilot.uuid): (pilot.title, pilot.title) for pilot in pilots}
        return _named(codes, titles), _named(others, {})
    authorities = Authority.objects.filter(code__in=codes)
    categories = Category.objects.filter(code__in=others)
    return (
        _named(codes, {each.code: (each.name, each.name) for each in authorities}),
        _named(others, {each.code: (each.name_nl, each.name_en) for each in categories}),
    )


def _named(codes: Sequence[str], names: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    lines = []
    for code in codes:
        dutch, english = names.get(code) or _in_both_languages(code)
        lines.append({"code": code, "nl": dutch, "en": english})
    return sorted(lines, key=lambda line: (line["code"] == NONE, line["nl"], line["code"]))


def _in_both_languages(code: str) -> tuple[str, ...]:
    texts = []
    for language in ("nl", "en"):
        with translation.override(language):
            texts.append(str(LABELS[code]))
    return tuple(texts)


def _published(table: FixedTable) -> list[PublishedCell]:
    """Decide again from the exact counts what of each cell may be read.

    Euros of a year would differ from those of its quarters by what was verified in between,
    which may be one person's: a table of a year has people alone (R-304).
    """
    is_people_alone = table.kind != TableKind.QUARTER
    inner: dict[disclosure.Key, dict[int, disclosure.Brought]] = {}
    with connection.cursor() as cursor:
        cursor.execute(BY_SUPPLIER, [table.pk])
        for row, column, supplier, *amounts in cursor.fetchall():
            people, hours, cents = map(int, amounts)
            brought = disclosure.Brought(people, hours, cents)
            inner.setdefault((row, column), {})[supplier] = (
                disclosure.Brought(people) if is_people_alone else brought
            )
    return [
        _cell(table, key, figures) for key, figures in sorted(disclosure.published(inner).items())
    ]


def _cell(
    table: FixedTable, key: disclosure.Key, figures: disclosure.Figures | None
) -> PublishedCell:
    shown: dict[str, Any] = {"people": figures.people} if figures else {}
    if figures and table.kind == TableKind.QUARTER:
        shown["hours"] = money.from_hundredths(figures.hours)
        shown["value_eur"] = money.from_hundredths(figures.cents)
    row, column = key
    return PublishedCell(
        table=table, row=row, column=column, is_suppressed=figures is None, **shown
    )


def differences() -> Iterator[str]:
    """Say of each table which contract differs from the ledger and which cell from its work.

    Euros are compared at the position of the ledger at which the table was made.
    """
    for table in FixedTable.objects.filter(kind__in=(*LINES, TableKind.PILOTS)).order_by("pk"):
        with connection.cursor() as cursor:
            cursor.execute(
                ONLY_CELLS if table.kind == TableKind.PILOTS else DIFFERENT,
                {
                    "table": table.pk,
                    "starts_on": table.starts_on,
                    "ends_on": table.ends_on,
                    "position": table.position,
                },
            )
            yield from (f"{table}: contract {pk} differs" for (pk,) in cursor.fetchall())
        wanted = {(cell.row, cell.column): _figures(cell) for cell in _published(table)}
        kept = {(cell.row, cell.column): _figures(cell) for cell in table.cells.all()}
        for key in sorted(wanted.keys() | kept.keys()):
            if wanted.get(key) != kept.get(key):
                yield f"{table}: cell {key} differs"


def _figures(cell: PublishedCell) -> tuple[int | None, Decimal | None, Decimal | None]:
    return cell.people, cell.hours, cell.value_eur
