"""Quarters of the calendar."""

import datetime as dt

LAST = 4
SOMEWHERE_IN_NEXT = dt.timedelta(days=100)  # from the first day: no quarter is that long, nor two


def number(day: dt.date) -> int:
    """Give the quarter of its year that a day lies in, 1 to 4."""
    return (day.month + 2) // 3


def first_day(day: dt.date) -> dt.date:
    """Give the first day of the quarter that a day lies in."""
    return day.replace(month=3 * number(day) - 2, day=1)


def following(day: dt.date) -> dt.date:
    """Give the first day of the quarter after the one that a day lies in."""
    return (first_day(day) + SOMEWHERE_IN_NEXT).replace(day=1)


def last_day(day: dt.date) -> dt.date:
    """Give the last day of the quarter that a day lies in."""
    return following(day) - dt.timedelta(days=1)
