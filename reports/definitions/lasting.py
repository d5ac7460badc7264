"""Lasting work and its estimated worth, as the published tables say it (N20, E15, E16)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from reports import published, social_value
from reports.definitions import people
from reports.disclosure import TOTAL
from reports.facts import Facts, Issue
from reports.models import (
    FixedTable,
    OutcomeKind,
    ProxyTable,
    ProxyValue,
    PublishedCell,
    TableKind,
)
from reports.published import Measure

AFTER = (TableKind.AFTER_3, TableKind.AFTER_6, TableKind.AFTER_12)
MONTHS = {TableKind.AFTER_3: 3, TableKind.AFTER_6: 6, TableKind.AFTER_12: 12}
MINUTES = Decimal(60)


@dataclass(frozen=True, slots=True)
class AfterLine:
    """What became of people some months after; all None where the table hides it."""

    label: str
    months: int
    people: int | None
    answered: int | None
    in_work: int | None
    learning: int | None
    permanent: int | None

    @property
    def missing(self) -> int | None:
        """Count those of whom nobody knows; both numbers are rounded, so never below none."""
        if self.people is None or self.answered is None:
            return None
        return max(self.people - self.answered, 0)

    @property
    def in_work_pct(self) -> Decimal | None:
        """Give the share of those of whom it is known."""
        if not self.answered or self.in_work is None:
            return None
        return (100 * Decimal(self.in_work) / self.answered).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class EndedLine:
    """How long work lasted and how it grew, of the work that ended in the year."""

    label: str
    people: int | None
    median_months: int | None
    hours_grown: Decimal | None  # a week, on average
    permanent: int | None
    stated: int | None
    anyway: int | None
    displaced: int | None


@dataclass(frozen=True, slots=True)
class SocialLine:
    """One outcome with every step of the estimate; without a quantity it is not counted."""

    label: str
    outcome_code: str
    quantity: Decimal | None
    value_eur: Decimal
    deadweight_pct: Decimal
    attribution_pct: Decimal
    displacement_pct: Decimal
    gross_eur: Decimal | None
    net_eur: Decimal | None
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Lasting:
    """All of one year; the year is None as long as nothing was published of it."""

    year: int | None = None
    after: tuple[AfterLine, ...] = ()
    ended: tuple[EndedLine, ...] = ()
    social: tuple[SocialLine, ...] = ()
    social_table: str = ""
    is_example: bool = False
    social_total_eur: Decimal | None = None


NONE = Lasting()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines beside that of all authorities: of authorities, of categories, or each."""

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    is_every: bool = False
    has_social: bool = False


def newest_year(before: dt.datetime) -> int | None:
    """Find the last year of which tables of lasting work were published."""
    found = FixedTable.objects.filter(kind__in=(TableKind.ENDED, *AFTER), made_at__lte=before)
    table = found.order_by("-starts_on").first()
    return table.starts_on.year if table else None


def of_year(year: int | None, issue: Issue, wanted: Wanted) -> Lasting:
    """Read what was published of a year before the cut-off; nothing else about people is known."""
    if year is None:
        return NONE
    known = FixedTable.objects.filter(starts_on=dt.date(year, 1, 1), made_at__lte=issue.cut_off_at)
    tables = {
        TableKind(each.kind): each for each in known if each.kind in (TableKind.ENDED, *AFTER)
    }
    if not tables:
        return NONE
    cells = _cells(tables)
    after = tuple(
        _after(cells, kind, key, label)
        for kind in AFTER
        if kind in tables
        for key, label in _lines(tables[kind], issue.language, wanted)
    )
    ended = tuple(
        _ended(cells, key, label)
        for kind in (TableKind.ENDED,)
        if kind in tables
        for key, label in _lines(tables[kind], issue.language, wanted)
    )
    if not wanted.has_social:
        return Lasting(year, after, ended)
    return _with_social(year, issue, after, ended)


def of_report(found: Facts, lasting: Lasting, wanted: Wanted) -> Iterator[str]:
    """Say where frozen figures are not what the tables say, or are not what their lines give."""
    with translation.override(found.issue.language):
        known = of_year(lasting.year, found.issue, wanted)
    if (known.after, known.ended) != (lasting.after, lasting.ended):
        yield _("The tables about lasting work differ.")
    for line in lasting.social:
        if line.quantity is not None and _estimate(line, line.quantity).net_eur != line.net_eur:
            yield _("The social value of a line is not what its numbers give.")


type Cells = Mapping[tuple[TableKind, str, str], PublishedCell]
type Key = tuple[str, str]


def _cells(tables: Mapping[TableKind, FixedTable]) -> Cells:
    kinds = {table.pk: kind for kind, table in tables.items()}
    found = PublishedCell.objects.filter(table__in=kinds)
    return {
        (kinds[cell.table_id], cell.row, cell.column): cell
        for cell in found
        if TOTAL in {cell.row, cell.column}
    }


def _lines(table: FixedTable, language: str, wanted: Wanted) -> Iterator[tuple[Key, str]]:
    """Name the lines of a table: that of all first, then authorities, then categories."""
    yield (TOTAL, TOTAL), _("All authorities")
    for line in table.rows:
        if wanted.is_every or line["code"] in wanted.rows:
            yield (line["code"], TOTAL), line[language]
    for line in table.columns:
        if wanted.is_every or line["code"] in wanted.columns:
            yield (TOTAL, line["code"]), line[language]


def _after(cells: Cells, kind: TableKind, key: Key, label: str) -> AfterLine:
    cell = cells.get((kind, *key))
    return AfterLine(
        label,
        MONTHS[kind],
        _people(cell),
        _of(cell, Measure.ANSWERED),
        _of(cell, Measure.IN_WORK),
        _of(cell, Measure.LEARNING),
        _of(cell, Measure.PERMANENT),
    )


def _ended(cells: Cells, key: Key, label: str) -> EndedLine:
    cell = cells.get((TableKind.ENDED, *key))
    minutes = _of(cell, Measure.GROWN_MINUTES)
    return EndedLine(
        label,
        _people(cell),
        _of(cell, Measure.MEDIAN_MONTHS),
        None if minutes is None else (minutes / MINUTES).quantize(Decimal("0.1")),
        _of(cell, Measure.PERMANENT),
        _of(cell, Measure.STATED),
        _of(cell, Measure.ANYWAY),
        _of(cell, Measure.DISPLACED),
    )


def _people(cell: PublishedCell | None) -> int | None:
    """Count nobody where the table has no such cell."""
    return cell.people if cell else 0


def _of(cell: PublishedCell | None, measure: Measure) -> int | None:
    if cell is None:
        return 0
    figure = published.figure(cell, measure)
    return None if figure is None else int(figure)


def _with_social(
    year: int, issue: Issue, after: tuple[AfterLine, ...], ended: tuple[EndedLine, ...]
) -> Lasting:
    """Estimate by the newest table of values that held in the year; without one there is none."""
    held = ProxyTable.objects.valid_in(year).filter(published_at__lte=issue.cut_off_at)
    table = held.prefetch_related("values").first()
    if table is None:
        return Lasting(year, after, ended)
    quantities = _quantities(year, issue, after)
    lines = tuple(
        _social(value, quantities[OutcomeKind(value.outcome)])
        for value in sorted(table.values.all(), key=lambda each: each.outcome)
    )
    known = [line.net_eur for line in lines if line.net_eur is not None]
    return Lasting(
        year,
        after,
        ended,
        lines,
        str(table),
        table.is_example,
        sum(known, Decimal("0.00")) if known else None,
    )


def _quantities(
    year: int, issue: Issue, after: tuple[AfterLine, ...]
) -> Mapping[OutcomeKind, Decimal | int | None]:
    whole = people.of_year(year, issue).whole_year
    national = {line.months: line for line in reversed(after) if line.label == after[0].label}
    three, six, twelve = (national.get(months) for months in MONTHS.values())
    return {
        OutcomeKind.WORK_YEAR: whole.full_time_years if whole else None,
        OutcomeKind.PERSON: whole.people if whole else None,
        OutcomeKind.AFTER_3: three.in_work if three else None,
        OutcomeKind.AFTER_6: six.in_work if six else None,
        OutcomeKind.AFTER_12: twelve.in_work if twelve else None,
        OutcomeKind.LEARNING: twelve.learning if twelve else None,
        OutcomeKind.PERMANENT: twelve.permanent if twelve else None,
    }


def _social(value: ProxyValue, quantity: Decimal | int | None) -> SocialLine:
    line = SocialLine(
        label=str(value.get_outcome_display()),
        outcome_code=value.outcome,
        quantity=None if quantity is None else Decimal(quantity),
        value_eur=value.value_eur,
        deadweight_pct=value.deadweight_pct,
        attribution_pct=value.attribution_pct,
        displacement_pct=value.displacement_pct,
        gross_eur=None,
        net_eur=None,
        source=value.source,
        reason=value.reason,
    )
    if line.quantity is None:
        return line
    made = _estimate(line, line.quantity)
    return replace(line, gross_eur=made.gross_eur, net_eur=made.net_eur)


def _estimate(line: SocialLine, quantity: Decimal) -> social_value.Estimate:
    worth = social_value.Worth(
        line.outcome_code,
        line.value_eur,
        line.deadweight_pct,
        line.attribution_pct,
        line.displacement_pct,
    )
    return social_value.estimate(quantity, worth)
