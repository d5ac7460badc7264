"""One cell: who contributes to it, and whether it may be read by itself (R-300, R-301)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

TOTAL = ""  # as row: of all rows; as column: of all columns


class Brought(NamedTuple):
    """What one supplier brings to a cell."""

    people: int = 0
    hours: int = 0  # hundredths
    cents: int = 0


type Key = tuple[str, str]  # row, column
type Cell = Mapping[int, Brought]  # by supplier
type Inner = Mapping[Key, Cell]

NOTHING = Brought()


@dataclass(frozen=True)
class Limits:
    """When a cell is too small, too much of one supplier, or too easy to estimate."""

    people: int = 10
    suppliers: int = 3  # each with people in the cell
    largest: int = 2  # so many suppliers ...
    largest_pct: int = 85  # ... bring less than this share of the hours and of the euros
    estimate_pct: int = 10  # nobody estimates an amount of another within this share
    width: int = 3  # people: how far at least above the truth a hidden number can lie
    base: int = 5  # people are rounded to a multiple


LIMITS = Limits()


def is_empty(cell: Cell) -> bool:
    """Whether nobody brings anything: that may be said."""
    return all(brought == NOTHING for brought in cell.values())


def is_safe(cell: Cell, limits: Limits = LIMITS) -> bool:
    """Whether a cell may be read: enough people, suppliers, and nobody dominates (SDC-01)."""
    if is_empty(cell):
        return True
    total = figures_of(cell)
    working = sum(1 for brought in cell.values() if brought.people)
    return (
        total.people >= limits.people
        and working >= limits.suppliers
        and not is_dominated([brought.hours for brought in cell.values()], limits)
        and not is_dominated([brought.cents for brought in cell.values()], limits)
    )


def is_dominated(amounts: Iterable[int], limits: Limits) -> bool:
    """Whether the largest bring too much, or the second can estimate the first (R-301).

    The first is the (n, k) rule, the second the p % rule.
    """
    return room_needed(amounts, limits) > 0


def room_needed(amounts: Iterable[int], limits: Limits) -> int:
    """Say how much must be added to an amount before nobody dominates it; 0 when nobody does."""
    ordered = sorted(amounts, reverse=True)
    total = sum(ordered)
    if not total:
        return 0
    top = sum(ordered[: limits.largest])
    # exactly at the limit is too much: one more is needed
    by_share = top * 100 // limits.largest_pct + 1 - total
    by_estimate = -(-ordered[0] * limits.estimate_pct // 100) - (total - sum(ordered[:2]))
    return max(by_share, by_estimate, 0)


def figures_of(cell: Cell) -> Brought:
    """Add up what all suppliers bring."""
    people = hours = cents = 0
    for brought in cell.values():
        people += brought.people
        hours += brought.hours
        cents += brought.cents
    return Brought(people, hours, cents)


def sum_of(cells: Iterable[Cell]) -> dict[int, Brought]:
    """Add cells, supplier by supplier: one supplier in two cells is one supplier."""
    found: dict[int, Brought] = {}
    for cell in cells:
        for supplier, brought in cell.items():
            before = found.get(supplier, NOTHING)
            pairs = zip(before, brought, strict=True)
            found[supplier] = Brought(*(one + other for one, other in pairs))
    return found


def with_totals(inner: Inner) -> dict[Key, Cell]:
    """Give every cell of the table and its totals; a row and column without a cell is empty.

    :raises ValueError: for an amount below zero, of which nothing can be promised.
    """
    if any(min(brought) < 0 for cell in inner.values() for brought in cell.values()):
        raise ValueError("A table about people holds no amount below zero")
    rows = sorted({row for row, _column in inner})
    columns = sorted({column for _row, column in inner})
    table: dict[Key, Cell] = {
        (row, column): inner.get((row, column), {}) for row in rows for column in columns
    }
    for row in rows:
        table[row, TOTAL] = sum_of(table[row, column] for column in columns)
    for column in columns:
        table[TOTAL, column] = sum_of(table[row, column] for row in rows)
    table[TOTAL, TOTAL] = sum_of(table[row, TOTAL] for row in rows)
    return table


def rounded(people: int, limits: Limits = LIMITS) -> int:
    """Round a number of people to the nearest multiple, a half up; totals by themselves (R-303)."""
    return (2 * people + limits.base) // (2 * limits.base) * limits.base
