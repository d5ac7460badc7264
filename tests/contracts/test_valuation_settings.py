"""What a table may say where publishers differ: each setting, and what it makes of the amount."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from contracts.valuation import (
    AgeOperator,
    BracketChange,
    BracketEdge,
    CapStarts,
    HoursAboveNorm,
    NormOver,
    Rounding,
    RowCap,
)
from tests.contracts.valuing import (
    NEW_YEAR,
    ROW,
    TERMS,
    bonus,
    codes,
    days,
    line,
    month,
    row,
    value,
    work,
)

GENERAL = replace(TERMS, counts_max_months=12)
SHORT = replace(ROW, benefit_until_months=24)
LONG = replace(ROW, benefit_from_months=24)
MIDDLE = replace(ROW, benefit_from_months=12, benefit_until_months=24)
SHORTER = replace(TERMS, bracket_edge=BracketEdge.SHORTER)
SPLIT = replace(TERMS, bracket_change=BracketChange.SPLIT)
SPLIT_SHORTER = replace(SPLIT, bracket_edge=BracketEdge.SHORTER)


def test_hours_above_a_full_week_may_count_but_fill_no_more_than_a_week():
    terms = replace(TERMS, hours_above_norm=HoursAboveNorm.COUNTED)
    valued = value(work(12, 45), terms=terms)

    assert valued.total_eur == Decimal("50000.00")
    assert {earned.part for earned in valued.by_month} == {1}
    assert line(valued, "above_norm_counts").numbers["hours_per_week"] == "45"
    assert value(work(12, 45), replace(ROW, prorata_hours=False), terms=terms).total_eur == 40_000


def test_the_norm_may_hold_over_each_contract_by_itself():
    done = work(2, room={NEW_YEAR: Fraction(0)}, room_on_contract={month(2025, 2): Fraction(1, 2)})

    assert value(done).total_eur == Decimal("3333.33")
    by_contract = value(done, terms=replace(TERMS, norm_over=NormOver.CONTRACT))
    assert [earned.part for earned in by_contract.by_month] == [1, Fraction(1, 2)]


@pytest.mark.parametrize(
    ("block", "row_cap", "expected", "code"),
    [
        (ROW, RowCap.ROW, "40000.00", None),
        (replace(ROW, counts_max_months=24), RowCap.ROW, "80000.00", "general_row"),
        (replace(ROW, counts_max_months=24), RowCap.LOWEST, "40000.00", "general_lowest"),
        (replace(ROW, counts_max_months=6), RowCap.LOWEST, "20000.00", "general_lowest"),
        (
            replace(ROW, counts_max_months=24, cap_is_exception=True),
            RowCap.LOWEST,
            "80000.00",
            None,
        ),
        (replace(ROW, counts_always=True), RowCap.LOWEST, "120000.00", None),
    ],
)
def test_a_limit_of_the_table_and_one_of_the_row(block, row_cap, expected, code):
    valued = value(work(36), block, terms=replace(GENERAL, row_cap=row_cap))

    assert valued.total_eur == Decimal(expected)
    assert [said for said in codes(valued) if said.startswith("general_")] == [code][: bool(code)]


def test_a_cap_may_run_from_the_start_of_the_employment():
    terms = replace(GENERAL, cap_starts=CapStarts.EMPLOYMENT)
    done = work(
        12, contract_starts_on=NEW_YEAR, employment_started_on=NEW_YEAR.replace(year=2024, month=4)
    )

    assert value(done, terms=GENERAL).total_eur == Decimal("40000.00")
    valued = value(done, terms=terms)
    assert valued.total_eur == Decimal("10000.00")
    assert line(valued, "cap_from_employment").numbers == {
        "started_on": "2024-04-01",
        "ended_on": "2025-04-01",
    }
    long_ago = replace(done, employment_started_on=dt.date(2020, 1, 1))
    assert (value(long_ago, terms=terms).total_eur, value(long_ago, terms=terms).by_month) == (
        0,
        (),
    )
    assert value(done, replace(ROW, counts_always=True), terms=terms).total_eur == 40_000


@pytest.mark.parametrize(
    ("block", "months", "terms", "code"),
    [
        (SHORT, 23, TERMS, None),
        (SHORT, 24, TERMS, "bracket_longer"),
        (LONG, 23, TERMS, "bracket_shorter"),
        (LONG, 24, TERMS, None),
        (SHORT, 24, SHORTER, None),
        (SHORT, 25, SHORTER, "bracket_longer"),
        (LONG, 24, SHORTER, "bracket_shorter"),
        (LONG, 25, SHORTER, None),
        (MIDDLE, 12, TERMS, None),
        (MIDDLE, 11, TERMS, "bracket_shorter"),
        (ROW, 11, TERMS, None),
        (SHORT, None, TERMS, None),
    ],
)
def test_a_benefit_on_the_edge_belongs_where_the_table_says(block, months, terms, code):
    valued = value(work(benefit_months=months), block, terms=terms)

    assert valued.total_eur == (0 if code else 40_000)
    assert [said for said in codes(valued) if said.startswith("bracket_")] == [code][: bool(code)]


@pytest.mark.parametrize(
    ("block", "terms", "expected"),
    [
        (SHORT, SPLIT, "20000.00"),
        (LONG, SPLIT, "20000.00"),
        (MIDDLE, SPLIT, "20000.00"),
        (ROW, SPLIT, "40000.00"),
        (SHORT, TERMS, "40000.00"),
        (LONG, TERMS, "0.00"),
        (SHORT, SPLIT_SHORTER, "20107.53"),
        (LONG, SPLIT_SHORTER, "19892.47"),
    ],
)
def test_a_benefit_that_passes_an_edge_may_split_the_work(block, terms, expected):
    """18 months on benefit at the start: the edge of 24 is passed after 6."""
    assert value(work(benefit_months=18), block, terms=terms).total_eur == Decimal(expected)


def test_work_that_lies_in_another_bracket_counts_nothing():
    valued = value(work(6, benefit_months=36), SHORT, terms=SPLIT)

    assert (valued.total_eur, valued.by_month) == (0, ())
    assert "bracket_days" in codes(valued)


@pytest.mark.parametrize("edge", [BracketEdge.LONGER, BracketEdge.SHORTER])
def test_a_bracket_stays_within_the_calendar(edge):
    terms = replace(SPLIT, bracket_edge=edge)
    for day in (dt.date.min, dt.date.max):
        for months in (-600_000, 600_000):
            done = days(day, day, benefit_months=months)
            assert value(done, MIDDLE, terms=terms).total_eur >= 0
            assert value(done, replace(ROW, counts_max_months=600), terms=terms).total_eur > 0


def test_amounts_may_round_down():
    down = replace(TERMS, rounding=Rounding.DOWN)
    done = days(dt.date(2025, 3, 31), dt.date(2025, 4, 1))

    valued = value(done, terms=down)
    assert valued.total_eur == Decimal("218.63")
    assert value(done).total_eur == Decimal("218.64")
    assert [earned.amount_eur for earned in valued.by_month] == [
        Decimal("107.52"),
        Decimal("111.11"),
    ]
    assert "round_down" in codes(valued)


def test_a_recent_start_may_be_asked_of_rows_that_always_count():
    block = replace(ROW, look_back_months=12, counts_always=True)
    done = work(contract_starts_on=NEW_YEAR, employment_started_on=dt.date(2023, 1, 1))

    assert value(done, block).total_eur == 40_000
    assert "look_back" in codes(value(done, block, terms=replace(TERMS, look_back_always=True)))


def test_a_tick_stands_for_all_that_a_bonus_asks():
    asked = bonus(
        conditions=("language",),
        age=50,
        age_operator=AgeOperator.OLDER,
        after_internship_months=Decimal(6),
    )

    assert asked.ticked == {"language", "age>50", "internship-of-6-months"}
    assert bonus().ticked == frozenset()
    assert value(work(facts=asked.ticked), bonuses=[asked]).total_eur == 50_000
    assert value(work(facts=frozenset({"language", "age>50"})), bonuses=[asked]).total_eur == 40_000


def test_a_valuation_names_the_bonuses_that_it_gave_whole():
    flat = bonus(5_000, "flat", prorata=False)

    assert value(work(), row(10_000), [flat, bonus()]).bonuses_given == {"flat"}
