"""What was earned in which month: running sums, rounded (R-002)."""

from fractions import Fraction
from math import lcm
from typing import NamedTuple

from contracts.valuation.counting import Count, Exact
from contracts.valuation.results import MonthAmount
from contracts.valuation.stretches import TICKS
from sroi_portal.core import money


class Ratio(NamedTuple):
    """A fraction in two whole numbers, for speed."""

    numerator: int
    denominator: int

    def of(self, number: Exact, added: int = 0) -> int:
        """Take the ratio of a number, and round half up."""
        if isinstance(number, Fraction):
            ...
