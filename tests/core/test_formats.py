import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from sroi_portal.core.templatetags import formats

NBSP = "\N{NO-BREAK SPACE}"
DASH = '<span aria-hidden="true">—</span><span class="visually-hidden">none</span>'


@pytest.fixture(autouse=True)
def dutch():
    with translation.override("nl"):
        yield


@pytest.mark.parametrize(
    ("amount", "nl", "en"),
    [
        (Decimal("1234567.00"), "€ 1.234.567,00", "€1,234,567.00"),
        (Decimal("-1234.50"), "€ -1.234,50", "-€1,234.50"),
        (Decimal("0.00"), "€ 0,00", "€0.00"),
        (Decimal("999.99"), "€ 999,99", "€999.99"),
        (1000, "€ 1.000,00", "€1,000.00"),
    ],
)
def test_euros_read_the_dutch_and_the_english_way(amount, nl, en):
    assert formats.euro(amount) == nl.replace(" ", NBSP)
    with translation.override("en"):
        assert formats.euro(amount) == en


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("1234.50", "€ 1.235"), ("-0.40", "€ 0"), ("-1.50", "€ -2"), ("99999999.49", "€ 99.999.999")],
)
def test_whole_euros_round_halves_up_and_know_no_minus_nought(amount, shown):
    assert formats.euro_round(Decimal(amount)) == shown.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("36.00", "36"), ("36.50", "36,5"), ("1234.25", "1.234,25"), ("0.00", "0"), ("100", "100")],
)
def test_numbers_lose_their_last_noughts_only(amount, shown):
    assert formats.number(Decimal(amount)) == shown


def test_figures_below_each_other_keep_two_decimals():
    assert formats.hundredths(Decimal("13245.30")) == "13.245,30"
    assert formats.hours_exact(Decimal(1)) == f"1,00{NBSP}uur"
    with translation.override("en"):
        assert formats.hours_exact(Decimal("12173.7")) == f"12,173.70{NBSP}hours"


def test_hours_carry_their_unit():
    with translation.override("en"):
        assert formats.hours(Decimal("1.00")) == f"1{NBSP}hour"
        assert formats.hours(Decimal("1520.50")) == f"1,520.5{NBSP}hours"
        assert formats.hours(0) == f"0{NBSP}hours"


@pytest.mark.parametrize(
    ("share", "shown"),
    [("87.45", "87,5%"), ("0", "0,0%"), ("100", "100,0%"), ("1234.5", "1.234,5%")],
)
def test_percentages_have_one_decimal(share, shown):
    assert formats.pct(Decimal(share)) == shown


def test_counts_are_grouped():
    assert formats.count(1234567) == "1.234.567"


def test_days_and_months_are_written_out():
    day = dt.date(2026, 3, 3)
    assert formats.day(day) == f"3{NBSP}maart 2026"
    assert formats.month(day) == "maart 2026"
    with translation.override("en"):
        assert formats.day(day) == f"3{NBSP}March 2026"


def test_a_moment_is_shown_as_the_clock_in_amsterdam_shows_it():
    winter = dt.datetime(2026, 3, 3, 13, 5, tzinfo=dt.UTC)
    last_of_june = dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)
    assert formats.moment(winter) == f"3{NBSP}maart 2026, 14:05"
    assert formats.moment(last_of_june) == f"1{NBSP}juli 2026, 00:30"
    assert formats.day(last_of_june) == f"1{NBSP}juli 2026"


@pytest.mark.parametrize(
    "show",
    [
        formats.euro,
        formats.euro_round,
        formats.hours,
        formats.hours_exact,
        formats.hundredths,
        formats.number,
        formats.count,
        formats.pct,
        formats.day,
        formats.moment,
        formats.month,
    ],
)
def test_nothing_is_a_dash_that_is_also_heard(show):
    with translation.override("en"):
        assert show(None) == DASH
