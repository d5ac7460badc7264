"""What was earned in which month: running sums, rounded (R-002)."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from contracts.valuation.counting import Count
from contracts.valuation.limits import Exact
from contracts.valuation.results import MonthAmount
from contracts.valuation.stretches import TICKS
from contracts.valuation.terms import NOTHING, Rounding
from sroi_portal.core import money

ONE = Fraction(1)
AS_MONTH: Callable[[tuple[object, ...]], MonthAmount] = partial(tuple.__new__, MonthAmount)
"""Makes a month of its columns, in the order of its fields; many times faster than by name."""


class Earned(NamedTuple):
    """Months that count, the value of a full-time year, and what is added once."""

    counted: Count
    yearly_eur: Fraction
    once_eur: Fraction
    rounding: Rounding

    def by_month(self, share: Fraction, total_cents: int) -> tuple[MonthAmount, ...]:
        """Let amounts and hours round as running sums, never above the total (R-002, R-029)."""
        scale = self.counted.scale
        year = 12 * scale.norm * scale.month
        cents = _Rounding(self.yearly_eur, year, share, self.once_eur, self.rounding)
        hundredths = _Rounding(ONE, 7 * scale.parts, share)
        months = self.counted.months
        cents_told = cents.running(months.value)
        if cents_told and cents_told[-1] > total_cents:
            cents_told = [min(told, total_cents) for told in cents_told]
        norm = scale.norm * TICKS * share.denominator
        parts = {load: Fraction(load * share.numerator, norm) for load in set(months.load)}
        columns = zip(
            months.month_on,
            _steps(cents_told),
            _steps(hundredths.running(months.hours)),
            map(parts.__getitem__, months.load),
            [ONE if ticks == TICKS else Fraction(ticks, TICKS) for ticks in months.ticks],
            strict=True,
        )
        return tuple(map(AS_MONTH, columns))


def _steps(told: list[int]) -> Iterator[Decimal]:
    """Give what each running sum is more than the one before."""
    return map(money.from_hundredths, map(sub, told, [0, *told]))


class _Rounding:
    """Whole numbers such that (sum x rate + start) // divisor is in hundredths, rounded."""

    def __init__(
        self,
        value: Fraction,
        per: int,
        share: Fraction,
        once: Fraction = NOTHING,
        rounding: Rounding = Rounding.HALF_UP,
    ) -> None:
        shared = 200 * share.numerator
        divisor = per * value.denominator * share.denominator
        self.rate = shared * value.numerator * once.denominator
        self.start = shared * once.numerator * per * value.denominator
        self.divisor = 2 * divisor * once.denominator
        if rounding is Rounding.HALF_UP:
            self.start += self.divisor // 2

    def running(self, changes: list[Exact]) -> list[int]:
        return [(total * self.rate + self.start) // self.divisor for total in accumulate(changes)]
