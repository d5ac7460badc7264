"""Caps, room, bonuses, shares, limits and what is not time."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from contracts import valuation
from contracts.valuation import AgeOperator, Block, HoursPeriod, Unit, Work
from tests.contracts.valuing import (
    NEW_YEAR,
    ROW,
    TERMS,
    bonus,
    codes,
    line,
    month,
    row,
    value,
    work,
)

CAP_12 = row(20_000, counts_max_months=12)


def test_months_used_before_leave_less_of_the_cap():
    valued = value(work(12, months_used=Fraction(15, 2)), CAP_12)

    assert valued.total_eur == Decimal("7500.00")
    assert line(valued, "cap_months").numbers == {
        "most_months": "12",
        "used_months": "7 1/2",
        "left_months": "4 1/2",
    }
    assert line(valued, "over_cap").numbers["less_months"] == "7 1/2"
    assert line(valued, "over_cap").amount_eur == Decimal("-12500.00")


def test_a_cap_that_is_used_up_leaves_nothing():
    valued = value(work(3, months_used=Fraction(14)), CAP_12)

    assert (valued.total_eur, valued.by_month) == (0, ())


def test_a_month_that_counts_elsewhere_uses_no_second_month():
    done = work(
        12,
        18,
        months_used=Fraction(12),
        months_counted={month(2025, number): Fraction(1) for number in range(1, 13)},
    )

    assert value(done, CAP_12).total_eur == Decimal("10000.00")


def test_a_month_that_counts_in_part_elsewhere_uses_the_rest():
    done = work(1, months_used=Fraction(1, 2), months_counted={NEW_YEAR: Fraction(1, 2)})

    (january,) = value(done, replace(ROW, counts_max_months=1)).by_month

    assert (january.amount_eur, january.months) == (Decimal("3333.33"), Fraction(1, 2))


def test_other_hours_on_one_day_leave_what_a_month_counts_elsewhere():
    """A third of January counts elsewhere, and nothing is left of the cap."""
    done = work(1, months_used=Fraction(12), months_counted={NEW_YEAR: Fraction(1, 3)})
    (whole,) = done.periods
    changed = replace(done, periods=(whole, HoursPeriod(NEW_YEAR, NEW_YEAR, Decimal(40))))

    assert value(done, CAP_12).total_eur == value(changed, CAP_12).total_eur == Decimal("555.56")


def test_a_cap_may_count_hours_worked():
    terms = replace(TERMS, cap_counts=valuation.CapCounts.HOURS)
    capped = row(20_000, counts_max_months=6)

    valued = value(work(18, 18), capped, terms=terms)
    half = value(work(18, 18), capped, terms=terms, share_pct=Decimal(50))

    assert valued.total_eur == Decimal("10000.00")
    assert half.total_eur == Decimal("7500.00")
    assert "cap_hours" in codes(valued)


def test_a_month_holds_no_more_than_one_full_time_job():
    room = {NEW_YEAR: Fraction(1, 4), month(2025, 2): Fraction(0), month(2025, 3): Fraction(2)}
    valued = value(work(4, 18, room=room))

    assert [(earned.month.month, earned.part) for earned in valued.by_month] == [
        (1, Fraction(1, 4)),
        (3, Fraction(1, 2)),
        (4, Fraction(1, 2)),
    ]
    assert [said.amount_eur for said in valued.lines if said.code == "room"] == [
        Decimal("-833.34"),
        Decimal("-1666.66"),
    ]
    assert valued.total_eur == Decimal("4166.67")


def test_room_counts_the_claimed_share():
    half = value(work(1, room={NEW_YEAR: Fraction(1, 2)}), share_pct=Decimal(50))

    assert half.total_eur == Decimal("1666.67")
    assert half.by_month[0].part == Fraction(1, 2)


@pytest.mark.parametrize(
    ("operator", "age", "facts", "expected"),
    [
        (AgeOperator.OLDER, 50, (), "40000.00"),
        (AgeOperator.OLDER, 51, (), "50000.00"),
        (AgeOperator.FROM, 49, (), "40000.00"),
        (AgeOperator.FROM, 50, (), "50000.00"),
        (AgeOperator.FROM, None, (), "40000.00"),
        (AgeOperator.FROM, None, ("age>=50",), "50000.00"),
    ],
)
def test_the_edge_of_an_age_is_the_table_s(operator, age, facts, expected):
    older = bonus(age=50, age_operator=operator)

    assert value(work(age=age, facts=frozenset(facts)), bonuses=[older]).total_eur == Decimal(
        expected
    )


def test_all_conditions_of_a_bonus_must_hold():
    both = bonus(conditions=("permanent", "language"))

    assert value(work(facts=frozenset({"permanent"})), bonuses=[both]).total_eur == 40_000
    assert (
        value(work(facts=frozenset({"permanent", "language"})), bonuses=[both]).total_eur == 50_000
    )


def test_of_a_group_only_the_highest_bonus_counts():
    bonuses = [
        bonus(5_000, "50", highest_of="age"),
        bonus(7_500, "55", highest_of="age"),
        bonus(1_000, "other"),
    ]
    valued = value(work(), bonuses=bonuses)

    assert valued.total_eur == Decimal("48500.00")
    assert line(valued, "bonus_lower").numbers["bonus_en"] == "50"


def test_a_flat_bonus_is_given_once():
    flat = bonus(prorata=False)
    first, second = work(6, 18), work(6, 18, bonuses_given=frozenset({"bonus"}))

    assert value(first, bonuses=[flat]).total_eur == Decimal("20000.00")
    assert value(first, bonuses=[flat]).by_month[0].amount_eur == Decimal("11666.67")
    assert value(second, bonuses=[flat]).total_eur == Decimal("10000.00")
    assert "bonus_given" in codes(value(second, bonuses=[flat]))


def test_a_flat_bonus_needs_work_that_counts():
    assert value(work(12, 0), bonuses=[bonus(prorata=False)]).total_eur == 0


def test_a_share_is_a_part_of_the_whole():
    valued = value(work(1, 32), row(15_000), share_pct=Decimal(50))

    assert valued.total_eur == Decimal("555.56")
    assert valued.by_month[0].part == Fraction(4, 9)
    assert line(valued, "share").amount_eur == Decimal("-555.55")


@pytest.mark.parametrize(
    ("share_pct", "expected", "code"),
    [
        ("101", "40000.00", "share_above_whole"),
        ("0", "0.00", "no_share"),
        ("-5", "0.00", "no_share"),
    ],
)
def test_a_share_is_never_more_than_the_whole_or_less_than_nothing(share_pct, expected, code):
    valued = value(work(), share_pct=Decimal(share_pct))

    assert valued.total_eur == Decimal(expected)
    assert code in codes(valued)


@pytest.mark.parametrize(("limit_pct", "code"), [(Decimal(25), "limit"), (None, "limit_left")])
def test_a_kind_counts_up_to_its_limit(limit_pct, code):
    valued = value(work(limit_left_eur=Decimal(15_000)), replace(ROW, limit_pct=limit_pct))

    assert valued.total_eur == Decimal("15000.00")
    assert line(valued, code).amount_eur == Decimal("-25000.00")
    assert [earned.amount_eur for earned in valued.by_month[:6]] == [
        Decimal("3333.33"),
        Decimal("3333.34"),
        Decimal("3333.33"),
        Decimal("3333.33"),
        Decimal("1666.67"),
        Decimal("0.00"),
    ]


def test_a_limit_that_is_not_reached_changes_nothing():
    valued = value(work(limit_left_eur=Decimal(40_000)))

    assert valued.total_eur == Decimal("40000.00")
    assert "limit_left" not in codes(valued)


def activity(**facts):
    return Work(NEW_YEAR, dt.date(2025, 2, 3), **facts)


@pytest.mark.parametrize(
    ("block", "done", "expected"),
    [
        (row(100, Unit.HOUR), activity(quantity=Decimal("7.5")), "750.00"),
        (row(100, Unit.HOUR), activity(), "0.00"),
        (row(25_000, Unit.FLAT), activity(), "25000.00"),
        (row(25_000, Unit.FLAT), activity(quantity=Decimal(2)), "50000.00"),
        (row(1000, Unit.DAY), activity(quantity=Decimal(3), amount_eur=Decimal(2400)), "2400.00"),
        (row(1000, Unit.DAY), activity(quantity=Decimal(3), amount_eur=Decimal(3400)), "3000.00"),
        (Block("row", Unit.AGREED), activity(amount_eur=Decimal("99.99")), "99.99"),
        (Block("row", Unit.AGREED), activity(), "0.00"),
        (Block("row", Unit.ACTUAL_COST), activity(amount_eur=Decimal(-5)), "0.00"),
        (
            Block("row", Unit.INVOICE_SHARE, recognition_pct=Decimal(150)),
            activity(amount_eur=Decimal(121), vat_pct=Decimal(21)),
            "100.00",
        ),
    ],
)
def test_what_is_not_time_has_a_price_or_an_amount(block, done, expected):
    assert value(done, block).total_eur == Decimal(expected)


@pytest.mark.parametrize(
    ("block", "done", "expected"),
    [
        (
            row(100, Unit.HOUR, daily_max_eur=Decimal(500)),
            activity(quantity=Decimal(24), days=Decimal(3)),
            "1500.00",
        ),
        (row(100, Unit.HOUR, daily_max_eur=Decimal(500)), activity(quantity=Decimal(24)), "500.00"),
        (
            row(1200, Unit.DAY, daily_max_eur=Decimal(1000)),
            activity(quantity=Decimal(3)),
            "3000.00",
        ),
        (
            Block("row", Unit.AGREED, daily_max_eur=Decimal(1000)),
            activity(amount_eur=Decimal(900)),
            "900.00",
        ),
    ],
)
def test_a_day_counts_for_no_more_than_its_maximum(block, done, expected):
    assert value(done, block).total_eur == Decimal(expected)


def test_an_activity_is_earned_on_its_last_day_with_its_hours():
    (february,) = value(
        activity(quantity=Decimal(40)), row(100, Unit.HOUR), share_pct=Decimal(50)
    ).by_month

    assert february == valuation.MonthAmount(
        month(2025, 2), Decimal("2000.00"), Decimal("20.00"), Fraction(0), Fraction(0)
    )


def test_a_learning_year_counts_like_a_year():
    assert value(work(6, 24), row(20_000, Unit.LEARNING_YEAR)).total_eur == Decimal("6666.67")


def test_absurd_numbers_have_an_answer():
    absurd = [Decimal("1E+999999"), Decimal("1E-999999"), Decimal("Infinity"), Decimal("sNaN")]
    for number in absurd:
        block = Block("row", Unit.FULL_TIME_YEAR, number, minimum_hours_per_week=number)
        assert value(work(hours=number), block, terms=replace(TERMS, norm_hours=number)).lines
        assert value(activity(quantity=number), replace(block, unit=Unit.HOUR)).lines


def test_a_long_decimal_is_cut_to_nine_places():
    long = Decimal("0.12345678991")

    assert line(value(activity(quantity=long), row(1, Unit.HOUR)), "priced_hour").numbers == {
        "quantity": "0.123456789",
        "value_eur": "1",
    }


def test_a_stored_valuation_is_computed_again_to_the_cent():
    done = work(
        13,
        32,
        starts_on=month(2025, 3),
        age=51,
        facts=frozenset({"permanent", "language"}),
        months_used=Fraction(1, 3),
        months_counted={month(2025, 3): Fraction(1, 31)},
        room={month(2025, 4): Fraction(1, 2)},
        contract_starts_on=month(2025, 1),
        limit_left_eur=Decimal("9999.99"),
    )
    bonuses = [bonus(age=50), bonus(5_000, "fixed", conditions=("permanent",), prorata=False)]
    valued = value(done, CAP_12, bonuses, replace(TERMS, valid_from=NEW_YEAR), Decimal("33.33"))

    stored = valuation.Valuation.from_json(json.loads(json.dumps(valued.as_json())))

    assert stored == valued
    assert valuation.again(stored) == valued


def test_what_an_older_version_did_not_store_keeps_its_default():
    data = value(work()).as_json()
    del data["inputs"]["work"]["limit_left_eur"], data["rules_version"]

    assert valuation.Valuation.from_json(data) == value(work())


def test_the_explanation_names_table_row_norm_and_months():
    valued = value(work(6), terms=replace(TERMS, valid_from=NEW_YEAR))

    assert codes(valued) == [
        "table_since",
        "row_full_time_year",
        "norm",
        "part_calendar",
        "no_cap",
        "stretch_calendar",
        "total",
    ]
    assert line(valued, "stretch_calendar").numbers == {
        "starts_on": "2025-01-01",
        "ends_on": "2025-06-30",
        "hours_per_week": "36",
        "parts": "6",
        "counted": "36",
        "norm": "36",
        "full_time_months": "6",
        "rate_eur": "40000.00",
    }
