"""The band of the forecast: the slowest and the fastest three months, carried on (R-106)."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import pace
from sroi_portal.core import money

amounts = st.decimals(min_value=0, max_value=100_000, places=2)


def decimals(*texts):
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    ("monthly", "days_left", "low", "high"),
    [
        pytest.param("1000 1000 1000", 365, "22000.00", "22000.00", id="one pace"),
        pytest.param("0 0 0 3000 3000 3000", 365, "10000.00", "46000.00", id="from nothing to all"),
        pytest.param("900 0 0 900", 73, "10720.00", "10720.00", id="windows of the same sum"),
        pytest.param("0 0 1", 1, "10000.01", "10000.01", id="to the cent, half up"),
        pytest.param("500 700 900 1100", 0, "10000.00", "10000.00", id="on the last day"),
        pytest.param("500 700 900", -9, "10000.00", "10000.00", id="after the last day"),
    ],
)
def test_the_band_lies_between_the_slowest_and_the_fastest_three_months(
    monthly, days_left, low, high
):
    found = pace.band(
        monthly=decimals(*monthly.split()), reached=Decimal(10_000), days_left=days_left
    )
    assert (found.low, found.high) == (Decimal(low), Decimal(high))
    assert found.is_one is (low == high)


def test_before_three_months_are_over_there_is_no_band():
    assert pace.band(monthly=decimals("1", "2"), reached=Decimal(3), days_left=100) is None


def test_goals_are_not_reached_more_than_once():
    found = pace.band(
        monthly=decimals("0", "0", "2"), reached=Decimal(2), days_left=365, most=Decimal(3)
    )
    assert (found.low, found.high) == (Decimal(3), Decimal(3))


@pytest.mark.parametrize(
    ("today", "months"),
    [
        pytest.param(dt.date(2026, 3, 4), [1, 2], id="two are over"),
        pytest.param(dt.date(2026, 8, 1), [2, 3, 4, 5, 6, 7], id="the last six"),
        pytest.param(dt.date(2026, 1, 31), [], id="the first is not over yet"),
        pytest.param(
            dt.date(2027, 2, 1), [6, 7, 8, 9, 10, 11], id="its last month is no whole one"
        ),
    ],
)
def test_only_whole_months_of_the_contract_count(today, months):
    found = pace.full_months(dt.date(2026, 1, 1), dt.date(2026, 12, 15), today)
    assert found == [dt.date(2026, month, 1) for month in months]


def test_a_month_that_begins_before_the_contract_is_no_whole_one():
    found = pace.full_months(dt.date(2026, 1, 2), dt.date(2026, 12, 31), dt.date(2026, 4, 1))
    assert found == [dt.date(2026, 2, 1), dt.date(2026, 3, 1)]


@given(
    monthly=st.lists(amounts, min_size=3, max_size=6),
    reached=amounts,
    days=st.integers(0, 5_000),
    more=st.integers(0, 500),
)
def test_a_band_is_never_below_what_is_reached_and_grows_with_time(monthly, reached, days, more):
    now = pace.band(monthly=monthly, reached=reached, days_left=days)
    later = pace.band(monthly=monthly, reached=reached, days_left=days + more)
    assert reached <= now.low <= now.high
    assert now.low <= later.low
    assert now.high <= later.high
    average = reached + money.rounded(sum(monthly) * 12 * days / (365 * len(monthly)))
    if len(monthly) in {3, 6} and len(set(monthly)) == 1:
        assert now.low == now.high == average


@given(monthly=st.lists(amounts, min_size=3, max_size=6), reached=amounts, most=amounts)
def test_a_bounded_band_stays_within_its_bound(monthly, reached, most):
    found = pace.band(monthly=monthly, reached=reached, days_left=365, most=most)
    assert reached <= found.low <= found.high <= max(most, reached)
