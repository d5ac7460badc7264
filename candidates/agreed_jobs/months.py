"""From what a supplier stated to paid hours by month."""

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from candidates.agreed_jobs import norm
from sroi_portal.core import money

STEPS = 10_000  # an entry has four decimals


class Stated(NamedTuple):
    """Paid hours a week from a day on, or those of one whole month."""

    is_month: bool
    starts_on: dt.date
    hours: Decimal


def hours_by_month(
    stated: Sequence[Stated], first: dt.date, last: dt.date | None, through: dt.date
) -> dict[dt.date, Decimal]:
    """Give the paid hours of each month of the work, up to the month `through` (R-344).

    A stated month stands as it is. Else each day brings its part of the month of the norm: hours a
    week that make one job give the monthly hours of one job.
    """
    exact = {each.starts_on: each.hours for each in stated if each.is_month}
    weekly = sorted(each for each in stated if not each.is_month)
    found: dict[dt.date, Decimal] = {}
    for month in months_between(first, min(last or through, _last_day(through))):
        hours = exact.get(month)
        if hours is None:
            hours = _in_steps(_from_weeks(weekly, month, first, last))
        if hours:
            found[month] = hours
    return found


def months_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = _last_day(month) + dt.timedelta(days=1)


def last_closed_month(today: dt.date) -> dt.date:
    """Give the first day of the month before this one: hours are paid once a month is over."""
    return (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def _from_weeks(
    weekly: Sequence[Stated], month: dt.date, first: dt.date, last: dt.date | None
) -> Fraction:
    begins, ends = max(month, first), min(_last_day(month), last or dt.date.max)
    total = Fraction(0)
    for place, each in enumerate(weekly):
        following = weekly[place + 1].starts_on if place + 1 < len(weekly) else dt.date.max
        days = (min(ends, following - dt.timedelta(days=1)) - max(begins, each.starts_on)).days + 1
        total += Fraction(each.hours) * max(days, 0)
    return total * _month_of_norm(month) / _last_day(month).day


def _month_of_norm(month: dt.date) -> Fraction:
    """Give how many weeks a month has in the eyes of the norm."""
    held = norm.norm_on(month)
    return Fraction(held.hours_a_month) / Fraction(held.hours_a_week)


def _in_steps(hours: Fraction) -> Decimal:
    exact = hours * STEPS
    return Decimal(money.half_up(exact.numerator, exact.denominator)).scaleb(-4)


def _last_day(month: dt.date) -> dt.date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
