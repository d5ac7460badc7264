"""What counts in each calendar month: hours against norm and minimum (R-007 to R-009)."""

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from contracts.valuation.limits import Exact, Limits, limits_of
from contracts.valuation.results import Inputs
from contracts.valuation.stretches import TICKS, TICKS_OF_YEAR, Piece, Stretch, pieces
from contracts.valuation.terms import HoursAboveNorm, PartMonths, exact

if TYPE_CHECKING:
    import datetime as dt


class Weighed(NamedTuple):
    """A stretch: its hours, what they weigh in the value and what they take of the norm."""

    stretch: Stretch
    pieces: list[Piece]
    hours: int
    weight: int
    load: int


class Scale(NamedTuple):
    """What whole numbers stand for: an hour in parts, the norm in those, a month of value."""

    parts: int
    norm: int
    month: int

    def full_time_months(self, value: Exact) -> Fraction:
        return Fraction(value, self.norm * self.month)

    def values(self, each: Weighed) -> list[int]:
        """Give what each month of a stretch is worth."""
        weight = each.weight
        if self.month == TICKS:
            return [weight * ticks for _, _, ticks in each.pieces]
        yearly = weight * TICKS_OF_YEAR
        return [yearly * days // month.year_days for month, days, _ in each.pieces]


class Months:
    """What counts, a column each, month by month; value and load in ticks times parts."""

    def __init__(self) -> None:
        self.month_on: list[dt.date] = []
        self.value: list[Exact] = []
        self.load: list[Exact] = []
        self.hours: list[Exact] = []
        self.ticks: list[Exact] = []

    def add(self, each: Weighed, values: list[int], limits: Limits) -> None:
        """Count the part of each month that the limits allow."""
        for piece, value in zip(each.pieces, values, strict=True):
            part, new = limits.allow(piece, each.load, value)
            if part:
                month, days, ticks = piece
                self.month_on.append(month.first_on)
                self.value.append(value * part)
                self.load.append(each.load * ticks * part)
                self.hours.append(each.hours * days * part)
                self.ticks.append(new)

    def add_all(self, each: Weighed, values: list[int]) -> None:
        """Count whole months in bulk, where nothing limits them."""
        load, hours = each.load, each.hours
        self.month_on += [month.first_on for month, _, _ in each.pieces]
        self.value += values
        self.load += [load * ticks for _, _, ticks in each.pieces]
        self.hours += [hours * days for _, days, _ in each.pieces]
        self.ticks += [ticks for _, _, ticks in each.pieces]

    def join(self, index: int) -> None:
        """Make one month of two parts that stretches of different hours left."""
        if 0 < index < len(self.month_on) and self.month_on[index] == self.month_on[index - 1]:
            del self.month_on[index]
            for column in (self.value, self.load, self.hours, self.ticks):
                column[index - 1] += column.pop(index)


class Count(NamedTuple):
    """Stretches with the full-time months they claim, what limits them, and what counts."""

    scale: Scale
    claimed: list[tuple[Weighed, Fraction]]
    limits: Limits | None
    months: Months

    @property
    def full_time_months(self) -> Fraction:
        return self.scale.full_time_months(sum(self.months.value))


def count(stretches: list[Stretch], given: Inputs, share: Fraction) -> Count:
    """Go through the days in order, and count what is worked within the limits."""
    scale, weighed = _weigh(stretches, given)
    loads = [(each.load, each.pieces) for each in weighed]
    limits = limits_of(given, loads, scale.norm, share)
    result = Count(scale, [], limits, Months())
    for each in weighed:
        values = scale.values(each)
        before = len(result.months.month_on)
        if each.load and limits:
            result.months.add(each, values, limits)
        elif each.load:
            result.months.add_all(each, values)
        result.months.join(before)
        result.claimed.append((each, scale.full_time_months(sum(values))))
    return result


def _weigh(stretches: list[Stretch], given: Inputs) -> tuple[Scale, list[Weighed]]:
    """Weigh hours against the norm (R-007, R-008), none below a minimum (R-009)."""
    norm, minimum = given.terms.norm_exact, given.block.minimum_exact
    hours = [exact(stretch.hours_per_week) for stretch in stretches]
    parts = lcm(norm.denominator, *(each.denominator for each in hours))
    full = norm.numerator * (parts // norm.denominator)
    counts_all = given.terms.hours_above_norm is HoursAboveNorm.COUNTED
    weighed = []
    for stretch, each in zip(stretches, hours, strict=True):
        worked = each.numerator * (parts // each.denominator)
        load = min(worked, full) if each >= minimum else 0
        weight = worked if load and counts_all else load
        if load and not given.block.prorata_hours:
            weight = full
        weighed.append(Weighed(stretch, pieces(stretch), worked, weight, load))
    by_year = given.terms.part_months is PartMonths.YEAR_DAYS
    return Scale(parts, full, TICKS_OF_YEAR // 12 if by_year else TICKS), weighed
