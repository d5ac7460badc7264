"""What a report may say about people: only what the published tables say, hidden as they hide it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from reports.disclosure import TOTAL
from reports.facts import kinds
from reports.models import FixedTable, PublishedCell, TableKind
from sroi_portal.core import quarters as calendar
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.money import ZERO

QUARTERS = 4
FULL_YEAR_HOURS = 52 * 36
PURCHASES = """
    SELECT e.contract_id, sum(e.quantity)::numeric(15, 2)
      FROM contracts_ledgerentry e
      JOIN candidates_share s ON s.uuid = e.source_uuid
      JOIN candidates_contribution k ON k.id = s.contribution_id
     WHERE k.kind = 'purchase' AND e.account = 'verified' AND e.unit = 'eur'
       AND e.month BETWEEN %(first)s AND %(last)s
       AND e.id <= %(position)s AND e.contract_id = ANY(%(ids)s)
     GROUP BY e.contract_id
"""


@dataclass(frozen=True, slots=True)
class Work:
    """People and hours of one period; both None where the table hides them."""

    people: int | None
    hours: Decimal | None

    @property
    def full_time_years(self) -> Decimal | None:
        """One decimal; of a full-time week of 36 hours."""
        if self.hours is None:
            return None
        return (self.hours / FULL_YEAR_HOURS).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One authority or category: its work in each quarter that was published."""

    label: str
    quarters: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class People:
    """All authorities of the portal together, whichever the report is about."""

    whole_year: Work | None  # None as long as the year is not published
    quarters: tuple[str, ...]
    total: WorkLine | None
    by_authority: tuple[WorkLine, ...]
    by_category: tuple[WorkLine, ...]


def of_year(year: int, issue: kinds.Issue) -> People:
    """Read what was published of a year before the cut-off: it is never made again."""
    known = FixedTable.objects.filter(
        starts_on__gte=dt.date(year, 1, 1),
        ends_on__lte=dt.date(year, 12, 31),
        made_at__lte=issue.cut_off_at,
    ).order_by("starts_on")
    quarters = [table for table in known if table.kind == TableKind.QUARTER]
    whole = [table for table in known if table.kind == TableKind.GROUPS]
    cells = _cells([*quarters, *whole])
    rows = _names(((each.rows for each in quarters)), issue.language)
    columns = _names((each.columns for each in quarters), issue.language)
    total = {TOTAL: _("All authorities")}
    return People(
        whole_year=_whole_year(cells, whole[0], quarters) if whole else None,
        quarters=tuple(
            _("Quarter %(number)s") % {"number": calendar.number(each.starts_on)}
            for each in quarters
        ),
        total=_lines(cells, quarters, total, is_row=True)[0] if quarters else None,
        by_authority=_lines(cells, quarters, rows, is_row=True),
        by_category=_lines(cells, quarters, columns, is_row=False),
    )


def purchases_in(contract_ids: Sequence[int], *, year: int, position: int) -> dict[int, Decimal]:
    """Sum social purchase by contract; the worker reads it, no single purchase comes out."""
    facts: dict[str, Any] = {
        "first": dt.date(year, 1, 1),
        "last": dt.date(year, 12, 31),
        "position": position,
        "ids": list(contract_ids),
    }
    with acting_as(DatabaseRole.WORKER), connection.cursor() as cursor:
        cursor.execute(PURCHASES, facts)
        return {pk: amount.quantize(ZERO) for pk, amount in cursor.fetchall()}


type Cells = Mapping[tuple[int, str, str], Work]


def _cells(tables: Sequence[FixedTable]) -> Cells:
    """Read the totals of rows and columns."""
    found = PublishedCell.objects.filter(table__in=tables)
    return {
        (cell.table_id, cell.row, cell.column): Work(cell.people, cell.hours)
        for cell in found
        if TOTAL in {cell.row, cell.column}
    }


def _work(cells: Cells, table: FixedTable, row: str, column: str) -> Work:
    """Read a cell; one that is not there stands for no work."""
    return cells.get((table.pk, row, column), Work(0, ZERO))


def _whole_year(cells: Cells, table: FixedTable, quarters: Sequence[FixedTable]) -> Work:
    """Count people by the year, which has no hours of its own; the hours are of the quarters."""
    hours = [_work(cells, each, TOTAL, TOTAL).hours for each in quarters]
    known = [each for each in hours if each is not None]
    is_complete = len(known) == QUARTERS
    return Work(_work(cells, table, TOTAL, TOTAL).people, sum(known, ZERO) if is_complete else None)


def _lines(
    cells: Cells, tables: Sequence[FixedTable], names: Mapping[str, str], *, is_row: bool
) -> tuple[WorkLine, ...]:
    return tuple(
        WorkLine(
            name,
            tuple(
                _work(cells, table, code, TOTAL) if is_row else _work(cells, table, TOTAL, code)
                for table in tables
            ),
        )
        for code, name in sorted(names.items(), key=lambda item: item[1].casefold())
    )


def _names(lines: Iterable[Sequence[Mapping[str, str]]], language: str) -> dict[str, str]:
    """Name each code as the newest of the tables does."""
    return {line["code"]: line[language] for table in lines for line in table}
