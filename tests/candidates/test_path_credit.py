"""The credit of a shared path, day by day: pure (R-386)."""

import datetime as dt
from decimal import Decimal

import pytest

from candidates.path_credit import Stretch, allowed_pct, first_piece, first_uneven

JAN, FEB, MAR = (dt.date(2026, month, 1) for month in (1, 2, 3))
DAY = dt.timedelta(days=1)


def stretch(supplier, first, last, pct):
    return Stretch(supplier, first, last, Decimal(pct))


PATH = [
    stretch(1, JAN, FEB - DAY, 100),
    stretch(1, FEB, MAR - DAY, 60),
    stretch(2, FEB, MAR - DAY, 40),
    stretch(2, MAR, None, 100),
]


def test_a_path_that_is_whole_on_each_day_is_even():
    assert first_uneven(PATH) is None
    assert first_uneven([]) is None
    assert first_uneven([PATH[0], PATH[3]]) is None  # a gap is nobody's


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (PATH[:2], (FEB, Decimal(60))),
        ([*PATH, stretch(1, MAR + DAY, None, 10)], (MAR + DAY, Decimal(110))),
        ([stretch(1, JAN, None, 0)], (JAN, Decimal(0))),
    ],
)
def test_the_first_day_that_is_not_whole_is_named(path, found):
    assert first_uneven(path) == found


@pytest.mark.parametrize(
    ("supplier", "first", "last", "pct"),
    [
        (1, JAN, JAN + DAY, 100),
        (1, FEB, FEB, 60),
        (1, JAN, FEB, 60),
        (2, JAN, FEB, 0),
        (2, FEB, MAR, 40),
        (1, MAR, MAR, 0),
        (2, MAR, MAR + 400 * DAY, 100),
        (1, JAN - DAY, JAN - DAY, 100),
        (2, JAN - DAY, JAN, 0),
    ],
)
def test_a_supplier_claims_the_least_of_its_days(supplier, first, last, pct):
    assert allowed_pct(PATH, supplier, first, last) == pct


def test_the_first_days_of_one_part_are_proposed():
    days = [dt.date(2026, month, 1) for month in range(1, 6)]
    stretches = [
        Stretch(1, days[0], days[1] - DAY, Decimal(100)),
        Stretch(2, days[1], days[2] - DAY, Decimal(100)),
        Stretch(1, days[2], days[3] - DAY, Decimal(50)),
        Stretch(2, days[2], days[3] - DAY, Decimal(50)),
    ]
    last = days[4] - DAY
    assert first_piece(stretches, 1, days[0], last) == (days[0], days[1] - DAY, 100)
    assert first_piece(stretches, 1, days[1], last) == (days[2], days[3] - DAY, 50)
    assert first_piece(stretches, 1, days[3], last) == (days[3], last, 100)
    assert first_piece(stretches, 1, days[1], days[2] - DAY) == (days[1], days[2] - DAY, 0)
