"""Value tables between their rows in the database and their plain form, that of a file."""

from contracts.kept_tables.changing import StillNamedError
from contracts.kept_tables.checking import problems, reader
from contracts.kept_tables.comparing import Comparison, Part, Side, compare
from contracts.kept_tables.reading import catalogue, counts_same, is_same, of

__all__ = [
    "Comparison",
    "Part",
    "Side",
    "StillNamedError",
    "catalogue",
    "compare",
    "counts_same",
    "is_same",
    "of",
    "problems",
    "reader",
]
