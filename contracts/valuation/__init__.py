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
    CapCounts,
    HoursPeriod,
    PartMonths,
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
    "CapCounts",
    "HoursPeriod",
    "Inputs",
    "Line",
    "MonthAmount",
    "PartMonths",
    "Terms",
    "Unit",
    "Valuation",
    "Work",
    "again",
    "value",
]
