"""Any table, any row, any bonuses and any work, for properties that hold of all of them."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from contracts.valuation import (
    AgeOperator,
    Block,
    Bonus,
    BracketChange,
    BracketEdge,
    CapCounts,
    CapStarts,
    HoursAboveNorm,
    HoursPeriod,
    NormOver,
    PartMonths,
    Rounding,
    RowCap,
    Terms,
    Unit,
    Work,
)

TIME = [Unit.FULL_TIME_YEAR, Unit.MONTH, Unit.LEARNING_YEAR]


def hundredths(most):
    return st.integers(0, 100 * most).map(lambda number: Decimal(number) / 100)


def rarely(strategy):
    """Mostly none: what refuses all work would leave little to compare."""
    return st.one_of(st.none(), st.none(), st.none(), strategy)


day = st.integers(0, 1460).map(lambda number: dt.date(2023, 1, 1) + dt.timedelta(days=number))
amount = hundredths(60_000)
hours = hundredths(48) | st.sampled_from([Decimal(number) for number in (24, 32, 36, 40, 45)])
percentage = hundredths(100)
months = st.builds(Fraction, st.integers(0, 900), st.sampled_from([1, 28, 30, 31, 36]))
part = st.builds(Fraction, st.integers(0, 12), st.just(12))
some_months = st.none() | st.integers(0, 36)
terms = st.builds(
    Terms,
    publisher=st.just("Publisher"),
    table=st.just("Table"),
    version=st.just("1"),
    norm_hours=st.sampled_from([None, Decimal(36), Decimal(40), Decimal("37.5")]),
    part_months=st.sampled_from(PartMonths),
    cap_counts=st.sampled_from(CapCounts),
    hours_above_norm=st.sampled_from(HoursAboveNorm),
    norm_over=st.sampled_from(NormOver),
    rounding=st.sampled_from(Rounding),
    counts_max_months=some_months,
    row_cap=st.sampled_from(RowCap),
    cap_starts=st.sampled_from(CapStarts),
    look_back_always=st.booleans(),
    bracket_edge=st.sampled_from(BracketEdge),
    bracket_change=st.sampled_from(BracketChange),
)
block = st.builds(
    Block,
    code=st.just("row"),
    unit=st.sampled_from(TIME),
    value_eur=amount,
    counts_max_months=some_months,
    counts_always=st.booleans(),
    cap_is_exception=st.booleans(),
    benefit_from_months=st.none() | st.integers(0, 24),
    benefit_until_months=st.none() | st.integers(12, 48),
    minimum_hours_per_week=st.none() | st.just(Decimal(12)),
    prorata_hours=st.booleans(),
    look_back_months=rarely(st.integers(0, 24)),
    same_employer_months=rarely(st.integers(0, 12)),
    limit_pct=st.none() | percentage,
)
purchase = st.builds(
    Block,
    code=st.just("row"),
    unit=st.sampled_from([unit for unit in Unit if unit not in TIME]),
    value_eur=st.none() | amount,
    daily_max_eur=st.none() | amount,
    recognition_pct=hundredths(120),
    certificate=st.sampled_from(["", "", "pso-30", "code-register"]),
    limit_pct=st.none() | percentage,
)
bonus = st.builds(
    Bonus,
    code=st.sampled_from(["one", "two", "three"]),
    value_eur=amount,
    conditions=st.lists(st.sampled_from(["permanent", "language"]), max_size=2).map(tuple),
    age=st.none() | st.integers(45, 60),
    age_operator=st.sampled_from(AgeOperator),
    after_internship_months=st.none() | st.sampled_from([Decimal(6), Decimal("2.5")]),
    prorata=st.booleans(),
    highest_of=st.sampled_from(["", "age"]),
)
bonuses = st.lists(bonus, max_size=3, unique_by=lambda each: each.code).map(tuple)
facts = st.frozensets(
    st.sampled_from(["permanent", "language", "age>50", "age>=55", "internship-of-6-months"])
)


@st.composite
def periods(draw, least=0):
    """Hours that change on dates; they may leave gaps and overlap."""
    spans = draw(st.lists(st.tuples(day, day, hours), min_size=least, max_size=3))
    return tuple(HoursPeriod(min(one, two), max(one, two), worked) for one, two, worked in spans)


@st.composite
def works(draw, *, limits=True):
    """Work of one person; with limits, beside other work of that person."""
    first, last = sorted(draw(st.tuples(day, day)))
    whole = HoursPeriod(first, last, draw(hours))
    beside = {}
    if limits:
        used = {first.replace(day=1): draw(part), last.replace(day=1): draw(part)}
        left = {on: 1 - taken for on, taken in used.items()}
        beside = {
            "months_used": draw(months),
            "months_counted": draw(st.just({}) | st.just(used)),
            "room": draw(st.just({}) | st.just(left)),
            "room_on_contract": draw(st.just({}) | st.just(left)),
            "limit_left_eur": draw(st.none() | amount),
            "bonuses_given": draw(st.frozensets(st.sampled_from(["one", "two"]))),
        }
    return Work(
        first,
        last,
        draw(st.just((whole,)) | periods()),
        employment_started_on=draw(st.none() | day),
        previous_employment_ended_on=draw(st.none() | day),
        contract_starts_on=draw(rarely(day)),
        age=draw(st.none() | st.integers(16, 67)),
        benefit_months=draw(rarely(st.integers(0, 36))),
        internship_months=draw(st.none() | st.just(Decimal(3))),
        facts=draw(facts),
        **beside,
    )


purchases = st.builds(
    Work,
    day,
    day,
    contract_starts_on=st.none() | day,
    certificates=st.frozensets(st.sampled_from(["pso-30", "code-register"])),
    quantity=st.none() | hundredths(400),
    days=st.none() | hundredths(30),
    amount_eur=st.none() | amount,
    vat_pct=st.none() | st.sampled_from([Decimal(9), Decimal(21)]),
    limit_left_eur=st.none() | amount,
)
