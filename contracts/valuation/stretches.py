"""Days into stretches of equal hours, and stretches into calendar months (R-005, R-006)."""

import datetime as dt
from calendar import isleap
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from contracts.valuation.terms import HoursPeriod, exact

NO_HOURS = Decimal(0)
TICKS = 377_580
"""Parts of a month: its days divide them, whatever the month, so that parts are whole."""
TICKS_OF_YEAR = 267_180
"""Parts of a year: its days and its twelve months divide them, whatever the year."""

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Stretch(NamedTuple):
    """Days, as ordinals and both included, on which the hours a week were the same."""

    first: int
    last: int
    hours_per_week: Decimal


class Month(NamedTuple):
    """A month of the calendar, with its first and last day as ordinals."""

    first_on: dt.date
    first: int
    last: int
    days: int
    year_days: int


type Piece = tuple[Month, int, int]
"""The part of a stretch that falls in one month: the month, the days, and those in ticks."""


def cut(periods: tuple[HoursPeriod, ...], first: int, last: int) -> list[Stretch]:
    """Divide the days where hours change; where periods overlap the highest hours count (R-005)."""
    spans = [
        (max(starts_on.toordinal(), first), min(ends_on.toordinal(), last), hours)
        for starts_on, ends_on, hours in periods
        if starts_on.toordinal() <= last and ends_on.toordinal() >= first
    ]
    if len(spans) == 1 and spans[0][:2] == (first, last):
        return [Stretch(first, last, _highest([spans[0][2]]))]
    edges = {first, last + 1}
    for begin, end, _ in spans:
        edges.update((begin, end + 1))
    stretches: list[Stretch] = []
    for begin, after in pairwise(sorted(edges)):
        hours = _highest([hours for start, end, hours in spans if start <= begin <= end])
        if stretches and stretches[-1].hours_per_week == hours:
            stretches[-1] = stretches[-1]._replace(last=after - 1)
        else:
            stretches.append(Stretch(begin, after - 1, hours))
    return stretches


def _highest(hours: list[Decimal]) -> Decimal:
    if len(hours) == 1:
        return hours[0] if exact(hours[0]) else NO_HOURS
    return max((each for each in hours if exact(each)), default=NO_HOURS)


def pieces(stretch: Stretch) -> list[Piece]:
    """Divide a stretch into calendar months."""
    first, last, _ = stretch
    begin, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    indexes = range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month)
    found = [_whole(index) for index in indexes]
    for place in (0, -1):
        month = found[place][0]
        days = min(last, month.last) - max(first, month.first) + 1
        found[place] = (month, days, TICKS * days // month.days)
    return found


@lru_cache(maxsize=4096)
def _whole(index: int) -> Piece:
    """Give a whole month by its number since the beginning of the calendar."""
    year, month = divmod(index, 12)
    first_on = dt.date(year, month + 1, 1)
    first = first_on.toordinal()
    days = _MONTH_DAYS[month] + (month == 1 and isleap(year))
    return Month(first_on, first, first + days - 1, days, 365 + isleap(year)), days, TICKS


def in_months(parts: list[Piece]) -> str:
    """Write whole months and the rest as a share of their own month: "3 + 17/31"."""
    rest = [f"{days}/{month.days}" for month, days, ticks in parts if ticks != TICKS]
    whole = len(parts) - len(rest)
    return " + ".join([str(whole), *rest] if whole else rest)


def in_years(parts: list[Piece]) -> str:
    """Write days as a share of the days of their year: "92/365 + 31/366"."""
    days_of: dict[int, int] = {}
    for month, days, _ in parts:
        year = month.first_on.year
        days_of[year] = days_of.get(year, 0) + days
    return " + ".join(f"{days}/{365 + isleap(year)}" for year, days in days_of.items())


def mixed(number: Fraction) -> str:
    """Write a fraction of zero or more exactly, as people do: "10 2/3"."""
    whole, rest = divmod(number.numerator, number.denominator)
    if not rest:
        return str(whole)
    fraction = f"{rest}/{number.denominator}"
    return f"{whole} {fraction}" if whole else fraction
