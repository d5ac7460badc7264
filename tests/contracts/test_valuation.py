"""The arithmetic: worked cases by id, and every rule of docs/rules.md that is not a property."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from contracts import valuation
from contracts.valuation import Block, HoursPeriod, Unit, Work
from tests.contracts import worked_cases
from tests.contracts.valuing import (
    NEW_YEAR,
    ROW,
    TERMS,
    bonus,
    codes,
    days,
    line,
    row,
    value,
    work,
)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in worked_cases.read()])
def test_worked_case(case):
    assert case.got.total_eur == case.expected_eur


NORM_40 = replace(TERMS, norm_hours=Decimal(40))
CAP_12 = row(20_000, counts_max_months=12)
AGE_57 = bonus(age=55)
LEVEL_2 = row(25_000)
LEVEL_4 = row(15_000)
HIRED = bonus(25_000, after_internship_months=Decimal(6), prorata=False)


@pytest.mark.parametrize(
    ("terms", "block", "bonuses", "done", "expected"),
    [
        pytest.param(TERMS, ROW, [], work(6), "20000.00", id="D01 half a year"),
        pytest.param(TERMS, row(15_000), [], work(12, 32), "13333.33", id="D03 to the cent"),
        pytest.param(NORM_40, row(15_000), [], work(12, 32), "12000.00", id="D04 norm of 40 hours"),
        pytest.param(TERMS, CAP_12, [], work(18), "20000.00", id="D10 counts 12 months"),
        pytest.param(
            TERMS, row(30_000), [AGE_57], work(12, 18, age=57), "20000.00", id="D12 bonus pro rata"
        ),
        pytest.param(
            TERMS,
            row(30_000),
            [replace(AGE_57, prorata=False)],
            work(12, 18, age=57),
            "25000.00",
            id="D12 bonus flat",
        ),
        pytest.param(
            TERMS,
            replace(LEVEL_2, counts_max_months=24),
            [],
            work(24),
            "50000.00",
            id="D14 the row's own limit",
        ),
        pytest.param(
            TERMS,
            replace(LEVEL_2, counts_max_months=12),
            [],
            work(24),
            "25000.00",
            id="D14 the general limit",
        ),
        pytest.param(
            TERMS,
            replace(LEVEL_4, counts_max_months=36),
            [],
            work(36, 27),
            "33750.00",
            id="D15 the row's own limit",
        ),
        pytest.param(
            TERMS,
            replace(LEVEL_4, counts_max_months=12),
            [],
            work(36, 27),
            "11250.00",
            id="D15 the general limit",
        ),
        pytest.param(
            TERMS,
            row(0),
            [HIRED],
            work(internship_months=Decimal(7)),
            "25000.00",
            id="D16 7 months",
        ),
        pytest.param(
            TERMS, row(0), [HIRED], work(internship_months=Decimal(5)), "0.00", id="D16 5 months"
        ),
        pytest.param(
            TERMS,
            replace(ROW, look_back_months=12),
            [],
            work(contract_starts_on=NEW_YEAR, employment_started_on=dt.date(2024, 3, 1)),
            "40000.00",
            id="D17 employed 10 months before",
        ),
        pytest.param(
            TERMS,
            replace(ROW, look_back_months=12),
            [],
            work(contract_starts_on=NEW_YEAR, employment_started_on=dt.date(2023, 11, 1)),
            "0.00",
            id="D18 employed 14 months before",
        ),
        pytest.param(
            TERMS,
            replace(ROW, look_back_months=12, counts_always=True),
            [],
            work(contract_starts_on=NEW_YEAR, employment_started_on=dt.date(2023, 11, 1)),
            "40000.00",
            id="D18 not for an always row",
        ),
        pytest.param(
            TERMS,
            replace(ROW, minimum_hours_per_week=Decimal(12)),
            [],
            work(12, 10),
            "0.00",
            id="D19 below the minimum",
        ),
        pytest.param(TERMS, row(15_000), [], work(), "15000.00", id="D22 new"),
        pytest.param(TERMS, row(10_000), [], work(), "10000.00", id="D22 existing"),
        pytest.param(
            TERMS,
            replace(ROW, same_employer_months=6),
            [],
            work(
                employment_started_on=NEW_YEAR,
                previous_employment_ended_on=dt.date(2024, 9, 1),
            ),
            "0.00",
            id="D23 same employer 4 months before",
        ),
        pytest.param(
            TERMS,
            row(40_000, counts_always=True, counts_max_months=24),
            [],
            work(36, 24),
            "80000.00",
            id="D27 always",
        ),
        pytest.param(
            TERMS, row(10_000), [bonus(age=55)], work(age=55), "20000.00", id="D30 55 or over"
        ),
        pytest.param(TERMS, row(750, Unit.MONTH), [], work(1), "750.00", id="E12 one month"),
    ],
)
def test_published_case_of_another_table(terms, block, bonuses, done, expected):
    assert value(done, block, bonuses, terms).total_eur == Decimal(expected)


@pytest.mark.parametrize(("recognition", "expected"), [(100, "900.00"), (50, "450.00")])
def test_e11_an_invoice_counts_as_far_as_it_is_recognised(recognition, expected):
    block = Block("row", Unit.INVOICE_SHARE, recognition_pct=Decimal(recognition))
    bought = Work(NEW_YEAR, NEW_YEAR, amount_eur=Decimal(900))

    assert value(bought, block).total_eur == Decimal(expected)


@pytest.mark.parametrize(
    ("held", "expected", "line_code"),
    [
        pytest.param({"code-register"}, "450.00", "recognition", id="held"),
        pytest.param({"social-enterprise-nl"}, "0.00", "certificate", id="another one"),
        pytest.param(set(), "0.00", "certificate", id="none"),
    ],
)
def test_a_row_may_ask_for_a_certificate_on_the_day_of_the_invoice(held, expected, line_code):
    block = Block(
        "row", Unit.INVOICE_SHARE, recognition_pct=Decimal(50), certificate="code-register"
    )
    bought = Work(NEW_YEAR, NEW_YEAR, amount_eur=Decimal(900), certificates=frozenset(held))

    valued = value(bought, block)
    assert valued.total_eur == Decimal(expected)
    assert line_code in codes(valued)


def test_months_round_as_a_running_sum():
    valued = value(work(3, 32), row(15_000))

    assert [earned.amount_eur for earned in valued.by_month] == [
        Decimal("1111.11"),
        Decimal("1111.11"),
        Decimal("1111.11"),
    ]
    assert value(work(6, 32), row(15_000)).by_month[4].amount_eur == Decimal("1111.12")


def test_a_month_says_what_it_used():
    (january,) = value(days(NEW_YEAR, dt.date(2025, 1, 15), 18)).by_month

    assert january == valuation.MonthAmount(
        month=NEW_YEAR,
        amount_eur=Decimal("806.45"),
        hours=Decimal("38.57"),
        part=Fraction(15, 62),
        months=Fraction(15, 31),
    )


@pytest.mark.parametrize(
    ("norm", "assumed", "code"),
    [
        (None, False, "norm_assumed"),
        (Decimal(0), False, "norm_assumed"),
        (Decimal("NaN"), False, "norm_assumed"),
        (Decimal(36), True, "norm_assumed"),
        (Decimal(36), False, "norm"),
    ],
)
def test_a_norm_that_is_not_published_is_36_and_shown_as_assumed(norm, assumed, code):
    valued = value(work(12, 18), terms=replace(TERMS, norm_hours=norm, norm_assumed=assumed))

    assert valued.total_eur == Decimal("20000.00")
    assert line(valued, code).numbers == {"norm_hours_per_week": "36"}


def test_days_of_the_year_are_the_table_s_choice():
    terms = replace(TERMS, part_months=valuation.PartMonths.YEAR_DAYS)

    half = value(work(6), terms=terms)
    over_new_year = value(days(dt.date(2023, 12, 31), dt.date(2024, 1, 1)), terms=terms)

    assert half.total_eur == Decimal("19835.62")
    assert line(half, "stretch_year_days").numbers["parts"] == "181/365"
    assert line(over_new_year, "stretch_year_days").numbers["parts"] == "1/365 + 1/366"
    assert over_new_year.total_eur == Decimal("218.88")


def test_of_overlapping_periods_the_highest_hours_count():
    periods = (
        HoursPeriod(NEW_YEAR, dt.date(2025, 12, 31), Decimal(18)),
        HoursPeriod(dt.date(2025, 7, 1), dt.date(2026, 6, 30), Decimal(36)),
        HoursPeriod(dt.date(2025, 12, 1), dt.date(2025, 3, 1), Decimal(40)),
    )
    done = Work(NEW_YEAR, dt.date(2025, 12, 31), periods)

    assert value(done).total_eur == Decimal("30000.00")


def test_days_without_hours_do_not_count():
    periods = (HoursPeriod(dt.date(2025, 7, 1), dt.date(2025, 12, 31), Decimal(36)),)
    valued = value(Work(NEW_YEAR, dt.date(2025, 12, 31), periods))

    assert valued.total_eur == Decimal("20000.00")
    assert [earned.month.month for earned in valued.by_month] == [7, 8, 9, 10, 11, 12]
    assert line(valued, "no_hours").numbers["ends_on"] == "2025-06-30"


def test_two_stretches_in_one_month_are_one_month():
    periods = (
        HoursPeriod(NEW_YEAR, dt.date(2025, 1, 10), Decimal(36)),
        HoursPeriod(dt.date(2025, 1, 11), dt.date(2025, 1, 31), Decimal(18)),
    )
    (january,) = value(Work(NEW_YEAR, dt.date(2025, 1, 31), periods)).by_month

    assert (january.part, january.months) == (Fraction(41, 62), 1)
    assert january.hours == Decimal("105.43")


def test_below_the_minimum_nothing_counts_and_the_reason_is_given():
    valued = value(work(12, 10), replace(ROW, minimum_hours_per_week=Decimal(12)))

    assert valued.by_month == ()
    assert line(valued, "below_minimum").numbers["minimum_hours_per_week"] == "12"


def test_a_row_may_count_the_same_for_any_hours():
    valued = value(work(12, 8), replace(ROW, prorata_hours=False))

    assert valued.total_eur == Decimal("40000.00")
    assert valued.by_month[0].part == Fraction(8, 36)
    assert "any_hours" in codes(valued)


def test_hours_above_the_norm_are_named():
    assert line(value(work(12, 40)), "above_norm").numbers["hours_per_week"] == "40"


def test_days_before_the_contract_do_not_count():
    valued = value(work(contract_starts_on=dt.date(2025, 7, 1)))

    assert valued.total_eur == Decimal("20000.00")
    assert line(valued, "before_contract").numbers["contract_on"] == "2025-07-01"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"contract_starts_on": dt.date(2026, 1, 1)}, "ended_before_contract"),
        (
            {
                "contract_starts_on": NEW_YEAR,
                "employment_started_on": dt.date(2023, 12, 31),
            },
            "look_back",
        ),
        ({"previous_employment_ended_on": dt.date(2024, 7, 2)}, "same_employer"),
    ],
)
def test_a_refusal_says_why(facts, code):
    block = replace(ROW, look_back_months=12, same_employer_months=6)
    valued = value(work(**facts), block)

    assert (valued.total_eur, valued.by_month) == (0, ())
    assert codes(valued)[-2:] == [code, "total"]


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"contract_starts_on": NEW_YEAR},
        {"contract_starts_on": NEW_YEAR, "employment_started_on": NEW_YEAR.replace(year=2024)},
        {"previous_employment_ended_on": dt.date(2024, 7, 1)},
    ],
)
def test_on_the_edge_of_look_back_and_same_employer_it_counts(facts):
    block = replace(ROW, look_back_months=12, same_employer_months=6)

    assert value(work(**facts), block).total_eur == Decimal("40000.00")


def test_dates_the_wrong_way_round_count_nothing():
    valued = value(days(dt.date(2025, 2, 1), NEW_YEAR))

    assert valued.total_eur == 0
    assert codes(valued)[-2:] == ["dates_reversed", "total"]


def test_a_look_back_stays_within_the_calendar():
    first = dt.date(1, 1, 31)
    valued = value(days(first, first, contract_starts_on=first), replace(ROW, look_back_months=600))
    far = replace(ROW, look_back_months=-600_000)

    assert valued.total_eur == Decimal("107.53")
    assert (
        line(value(work(contract_starts_on=NEW_YEAR), far), "look_back").numbers["first_on"]
        == "9999-12-01"
    )
