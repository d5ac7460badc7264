"""The arithmetic of social return: pure, exact, explained (docs/rules.md).

It knows no framework, no database and no clock, and no publisher: tables are data.
"""

from contracts.valuation.engine import again, value
from contracts.valuation.results import RULES_VERSION, Inputs, Line, MonthAmount, Valuation
from contracts.valuation.terms import (
    ASSUMED_NORM_HOURS,
    AgeOperator,
    Block,
    Bonus,
    BracketChange,
    BracketEdge,
    CapCounts,
    CapStarts,
    HoursAboveNorm,
    HoursPeriod,
    NormOver,
    PartMonths,
    Rounding,
    RowCap,
    Terms,
    Unit,
    Work,
)

__all__ = [
    "ASSUMED_NORM_HOURS",
    "RULES_VERSION",
    "AgeOperator",
    "Block",
    "Bonus",
    "BracketChange",
    "BracketEdge",
    "CapCounts",
    "CapStarts",
    "HoursAboveNorm",
    "HoursPeriod",
    "Inputs",
    "Line",
    "MonthAmount",
    "NormOver",
    "PartMonths",
    "Rounding",
    "RowCap",
    "Terms",
    "Unit",
    "Valuation",
    "Work",
    "again",
    "value",
]
