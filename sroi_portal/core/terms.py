"""Terms that end on a working day, as the General Extension of Time Limits Act asks (R-130)."""

import datetime as dt
from collections.abc import Set as AbstractSet
from functools import cache

import holidays
from django.utils import timezone

DAY = dt.timedelta(days=1)
COUNTRY, CATEGORIES = "NL", ("public", "optional")  # optional: Good Friday, 5 May of every year


@cache
def free_days(year: int) -> AbstractSet[dt.date]:
    """Name the days of a year on which the Dutch state does not work, weekends aside."""
    return frozenset(holidays.country_holidays(COUNTRY, years=year, categories=CATEGORIES))


def starts_at(day: dt.date) -> dt.datetime:
    """Give the moment at which a day begins in Amsterdam."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def ended_at(day: dt.date) -> dt.datetime:
    """Give the first moment after a day in Amsterdam, which clocks may make shorter or longer."""
    return starts_at(day + DAY)


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in free_days(day.year)


def on_working_day(day: dt.date) -> dt.date:
    """Move a last day that is no working day to the next one that is."""
    while not is_working_day(day):
        day += DAY
    return day


def due_on(start: dt.date, days: int) -> dt.date:
    """Give the last day of a term of so many days that begins after `start`."""
    return on_working_day(start + days * DAY)


def working_days_after(day: dt.date, count: int) -> dt.date:
    """Give the working day that comes so many working days after `day`."""
    for _number in range(count):
        day = on_working_day(day + DAY)
    return day
