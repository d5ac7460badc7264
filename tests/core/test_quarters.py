"""Quarters of the calendar, on every day of a common and a leap year."""

import datetime as dt

import pytest

from sroi_portal.core import quarters

DAYS = [dt.date(2027, 1, 1) + dt.timedelta(days=number) for number in range(731)]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (dt.date(2026, 1, 1), (1, dt.date(2026, 1, 1), dt.date(2026, 3, 31))),
        (dt.date(2028, 3, 31), (1, dt.date(2028, 1, 1), dt.date(2028, 3, 31))),
        (dt.date(2026, 5, 31), (2, dt.date(2026, 4, 1), dt.date(2026, 6, 30))),
        (dt.date(2026, 8, 9), (3, dt.date(2026, 7, 1), dt.date(2026, 9, 30))),
        (dt.date(2026, 12, 31), (4, dt.date(2026, 10, 1), dt.date(2026, 12, 31))),
    ],
)
def test_a_day_lies_in_a_quarter(day, wanted):
    assert (quarters.number(day), quarters.first_day(day), quarters.last_day(day)) == wanted


def test_quarters_follow_each_other_without_a_gap():
    for day in DAYS:
        assert quarters.first_day(day) <= day <= quarters.last_day(day)
        following = quarters.following(day)
        assert following == quarters.last_day(day) + dt.timedelta(days=1)
        assert quarters.first_day(following) == following
