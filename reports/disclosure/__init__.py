"""Which figures about people may be published, so that nobody is read off (SDC-01, SDC-03).

Pure and exact: whole numbers (people, hundredths of hours, cents), no database, no clock. A table
has cells by row and column, and totals, whose row or column is `TOTAL`. Each person counts in one
cell, so that every total is the sum of its cells.
"""

from reports.disclosure.cells import (
    LIMITS,
    NOTHING,
    TOTAL,
    Brought,
    Cell,
    Inner,
    Key,
    Limits,
    is_empty,
    is_safe,
    rounded,
    sum_of,
    with_totals,
)
from reports.disclosure.groups import put_together
from reports.disclosure.hiding import Figures, hidden_of, published
from reports.disclosure.reading import bounds

__all__ = [
    "LIMITS",
    "NOTHING",
    "TOTAL",
    "Brought",
    "Cell",
    "Figures",
    "Inner",
    "Key",
    "Limits",
    "bounds",
    "hidden_of",
    "is_empty",
    "is_safe",
    "published",
    "put_together",
    "rounded",
    "sum_of",
    "with_totals",
]
