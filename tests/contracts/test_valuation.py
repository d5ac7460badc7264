"""The arithmetic: worked cases by id, and every rule of docs/rules.md that is not a property."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from contracts import valuation
from contracts.valuation import AgeOperator, Block, Bonus, HoursPeriod, Terms, Unit, Work
from tests.contracts import worked_cases

TERMS = Terms(publisher="Publisher", table="Table", version="1", norm_hours=Decimal(36))
ROW = Block(code="row", unit=Unit.FULL_TIME_YEAR, value_eur=Decimal(40_000))
NEW_YEAR = dt.date(2025, 1, 1)


def month(year, number):
    return dt.date(year, number, 1)


def work(months=12, hours=36, starts_on=NEW_YEAR, **facts):
    """Work of whole months from the first of a month on."""
    index = starts_on.year * 12 + starts_on.month - 1 + months
    ends_on = month(index // 12, index % 12 + 1) - dt.timedelta(days=1)
    return days(starts_on, ends_on, hours, **facts)


def days(starts_on, ends_on, hours=36, **facts):
    periods = (HoursPeriod(starts_on, ends_on, Decimal(str(hours))),)
    return Work(starts_on, ends_on, periods, **facts)


def value(done, row=ROW, bonuses=(), terms=TERMS, share_pct=Decimal(100)):
    return valuation.value(terms, row, tuple(bonuses), done, share_pct)


def row(value_eur, unit=Unit.FULL_TIME_YEAR, **rules):
    return Block(code="row", unit=unit, value_eur=Decimal(value_eur), **rules)


def bonus(value_eur=10_000, code="bonus", **rules):
    return Bonus(code=code, value_eur=Decimal(value_eur), **rules)


def codes(valued):
    return [line.code for line in valued.lines]


def line(valued, code):
    return next(line for line in valued.lines if line.code == code)


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
