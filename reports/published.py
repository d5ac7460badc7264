"""Read the published tables: the same figures, hidden in the same way, on page, CSV and JSON (R-308).

Only what everybody may read is asked for: it works for the role of the public too.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NotRequired, TypedDict
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from reports.disclosure import LIMITS, TOTAL
from reports.models import FixedTable, PublishedCell, TableKind
from sroi_portal.core import quarters

HIDDEN = "x"  # also where ten people or more would give away a smaller cell


class Measure(StrEnum):
    PEOPLE = "people"
    HOURS = "hours"
    EUROS = "value_eur"
    ANSWERED = "answered"
    IN_WORK = "in_work"
    LEARNING = "learning"
    PERMANENT = "permanent"
    MEDIAN_MONTHS = "median_months"
    GROWN_MINUTES = "grown_minutes"
    STATED = "stated"
    ANYWAY = "anyway"
    DISPLACED = "displaced"


OF_WORK = (Measure.PEOPLE, Measure.HOURS, Measure.EUROS)
AFTER = (
    Measure.PEOPLE,
    Measure.ANSWERED,
    Measure.IN_WORK,
    Measure.LEARNING,
    Measure.PERMANENT,
)
MEASURES = {
    TableKind.QUARTER: OF_WORK,
    TableKind.GROUPS: (Measure.PEOPLE,),
    TableKind.PILOTS: (Measure.PEOPLE,),
    TableKind.ENDED: (
        Measure.PEOPLE,
        Measure.MEDIAN_MONTHS,
        Measure.GROWN_MINUTES,
        Measure.PERMANENT,
        Measure.STATED,
        Measure.ANYWAY,
        Measure.DISPLACED,
    ),
    TableKind.AFTER_3: AFTER,
    TableKind.AFTER_6: AFTER,
    TableKind.AFTER_12: AFTER,
    TableKind.JOBS: (Measure.PEOPLE, Measure.HOURS),
}
HEADINGS = {
    Measure.PEOPLE: gettext_lazy("People"),
    Measure.HOURS: gettext_lazy("Hours"),
    Measure.EUROS: gettext_lazy("Euros"),
    Measure.ANSWERED: gettext_lazy("Of whom it is known what became of them"),
    Measure.IN_WORK: gettext_lazy("In work"),
    Measure.LEARNING: gettext_lazy("Learn for a trade"),
    Measure.PERMANENT: gettext_lazy("With a permanent contract"),
    Measure.MEDIAN_MONTHS: gettext_lazy("Months of work (the middle one)"),
    Measure.GROWN_MINUTES: gettext_lazy("Minutes a week more than at the start (mean)"),
    Measure.STATED: gettext_lazy("Of whom the supplier says whether it would have happened anyway"),
    Measure.ANYWAY: gettext_lazy("Would have been hired anyway, says the supplier"),
    Measure.DISPLACED: gettext_lazy("Take the place of somebody else, says the supplier"),
}
LASTING_TITLES = {
    TableKind.ENDED: gettext_lazy("Work that ended in %(year)s"),
    TableKind.AFTER_3: gettext_lazy("Lasting work, 3 months after, asked in %(year)s"),
    TableKind.AFTER_6: gettext_lazy("Lasting work, 6 months after, asked in %(year)s"),
    TableKind.AFTER_12: gettext_lazy("Lasting work, 12 months after, asked in %(year)s"),
}

type Figure = int | Decimal | None  # None is hidden


@dataclass(frozen=True)
class Line:
    """One row of a table for a page, its total last."""

    code: str
    name: str
    figures: tuple[Figure, ...]

    @property
    def is_total(self) -> bool:
        return self.code == TOTAL


@dataclass(frozen=True)
class Grid:
    """A table of one measure, as a page, a report or a chart shows it."""

    title: str
    measure: Measure
    heading: str
    columns: tuple[str, ...]  # with that of the total
    lines: tuple[Line, ...]

    @property
    def hides(self) -> bool:
        return any(figure is None for line in self.lines for figure in line.figures)


class Named(TypedDict):
    code: str
    name: str


class CellFacts(TypedDict):
    """A cell for JSON: exact decimals; no figure when it is hidden or not in this table."""

    row: Named
    column: Named
    is_suppressed: bool
    people: int | None
    hours: Decimal | None
    value_eur: Decimal | None
    more: NotRequired[dict[str, Figure]]  # of lasting work


class TableFacts(TypedDict):
    kind: str
    title: str
    starts_on: dt.date
    ends_on: dt.date
    made_at: dt.datetime
    ledger_position: int
    notes: list[str]
    cells: list[CellFacts]


CSV_HEADER = (
    "table",
    "starts_on",
    "ends_on",
    "row",
    "row_name",
    "column",
    "column_name",
    "people",
    "hours",
    "value_eur",
)


def tables(kind: TableKind | None = None) -> QuerySet[FixedTable]:
    """Give every published table, newest first."""
    found = FixedTable.objects.order_by("-starts_on", "kind")
    return found.filter(kind=kind) if kind else found


def measures_of(table: FixedTable) -> tuple[Measure, ...]:
    """Say what a table tells: one by target group tells of people alone."""
    return MEASURES[TableKind(table.kind)]


def of_pilot(uuid: UUID) -> list[tuple[int, int | None]]:
    """Give by year how many people began in a pilot, as published; None where it is left out."""
    cells = PublishedCell.objects.filter(
        table__kind=TableKind.PILOTS, row=str(uuid), column=TOTAL
    ).select_related("table")
    return [
        (cell.table.starts_on.year, None if cell.is_suppressed else cell.people or 0)
        for cell in cells.order_by("table__starts_on")
    ]


def title_of(table: FixedTable) -> str:
    """Name a table with its period, in the language of the reader."""
    if table.kind == TableKind.GROUPS:
        return _("Work by target group, all authorities, %(year)s") % {"year": table.starts_on.year}
    if table.kind in LASTING_TITLES:
        title = str(LASTING_TITLES[TableKind(table.kind)])
        return title % {"year": table.starts_on.year}
    if table.kind == TableKind.JOBS:
        return _("Banenafspraak beside social return, all authorities, %(year)s") % {
            "year": table.starts_on.year
        }
    if table.kind == TableKind.PILOTS:
        return _("People who began in a pilot, all authorities, %(year)s") % {
            "year": table.starts_on.year
        }
    return _("Work by authority and category, quarter %(quarter)s of %(year)s") % {
        "quarter": quarters.number(table.starts_on),
        "year": table.starts_on.year,
    }


def notes() -> list[str]:
    """Say beside every table what was done to it."""
    return [
        _(
            "x: left out. The figure rests on fewer than %(people)s people or %(suppliers)s "
            "suppliers, or it would give away another one."
        )
        % {"people": LIMITS.people, "suppliers": LIMITS.suppliers},
        _("People are rounded to %(base)s, so a total may differ from the sum.")
        % {"base": LIMITS.base},
        _("A person counts once in a table. What was verified later is not in it."),
    ]


def grid(table: FixedTable, measure: Measure) -> Grid:
    """Lay out one measure of a table in rows and columns.

    :raises ValueError: for a measure that this kind of table does not have.
    """
    if measure not in measures_of(table):
        raise ValueError(f"{table} has no {measure}")
    cells = {(cell.row, cell.column): cell for cell in table.cells.all()}
    rows, columns = _lines(table.rows), _lines(table.columns)
    return Grid(
        title=title_of(table),
        measure=measure,
        heading=str(HEADINGS[measure]),
        columns=tuple(columns.values()),
        lines=tuple(
            Line(row, name, tuple(figure(cells[row, column], measure) for column in columns))
            for row, name in rows.items()
        ),
    )


def shown(figure: Figure) -> str:
    """Write a figure for a file: a hidden one is never empty nor zero."""
    return HIDDEN if figure is None else str(figure)


def csv_header(table: FixedTable) -> tuple[str, ...]:
    """Name the columns; a table of lasting work has others than one of work."""
    if table.kind in LASTING_TITLES:
        return (*CSV_HEADER[: -len(OF_WORK)], *measures_of(table))
    return CSV_HEADER


def figure(cell: PublishedCell, measure: Measure) -> Figure:
    """Read one figure of a cell: those of work have a column, the others stand together."""
    found: Figure = getattr(cell, measure) if measure in OF_WORK else cell.more.get(measure)
    if found is None and not cell.is_suppressed:
        return 0
    return found


def csv_rows(table: FixedTable) -> Iterator[tuple[str, ...]]:
    """Give a row for each cell and total, as `csv_header` names them."""
    measures = measures_of(table)
    for facts in _cells(table):
        yield (
            table.kind,
            table.starts_on.isoformat(),
            table.ends_on.isoformat(),
            facts["row"]["code"],
            facts["row"]["name"],
            facts["column"]["code"],
            facts["column"]["name"],
            *(
                shown(each) if measure in measures else ""
                for measure, each in _figures(table, facts).items()
            ),
        )


def as_json(table: FixedTable) -> TableFacts:
    """Give the whole table; write it with an encoder that knows decimals and days."""
    return {
        "kind": table.kind,
        "title": title_of(table),
        "starts_on": table.starts_on,
        "ends_on": table.ends_on,
        "made_at": table.made_at,
        "ledger_position": table.position,
        "notes": notes(),
        "cells": list(_cells(table)),
    }


def _figures(table: FixedTable, facts: CellFacts) -> dict[Measure, Figure]:
    if table.kind in LASTING_TITLES:
        return {measure: facts["more"][measure.value] for measure in measures_of(table)}
    return {
        Measure.PEOPLE: facts["people"],
        Measure.HOURS: facts["hours"],
        Measure.EUROS: facts["value_eur"],
    }


def _cells(table: FixedTable) -> Iterator[CellFacts]:
    """Give the cells in the order of the page."""
    rows, columns = _lines(table.rows), _lines(table.columns)
    found: dict[tuple[str, str], PublishedCell] = {
        (cell.row, cell.column): cell for cell in table.cells.all()
    }
    for row, row_name in rows.items():
        for column, column_name in columns.items():
            cell = found[row, column]
            facts: CellFacts = {
                "row": {"code": row, "name": row_name},
                "column": {"code": column, "name": column_name},
                "is_suppressed": cell.is_suppressed,
                "people": cell.people,
                "hours": cell.hours,
                "value_eur": cell.value_eur,
            }
            if table.kind in LASTING_TITLES:
                measures = measures_of(table)
                facts["more"] = {each.value: figure(cell, each) for each in measures}
            yield facts


def _lines(kept: list[dict[str, Any]]) -> dict[str, str]:
    """Name the lines by code in the language of the reader, the total last."""
    language = "en" if get_language() == "en" else "nl"
    return {line["code"]: line[language] for line in kept} | {TOTAL: _("total")}
