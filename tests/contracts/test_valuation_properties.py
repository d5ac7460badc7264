"""What holds for any work under any table; SOAK=1 tries fifty times as many."""

import datetime as dt
import json
import os
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from django.utils import translation
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from contracts import explanations, valuation
from contracts.valuation import (
    AgeOperator,
    Block,
    Bonus,
    CapCounts,
    HoursPeriod,
    PartMonths,
    Terms,
    Unit,
    Work,
)
from tests.contracts import plain_arithmetic, said_again

settings.register_profile("usual", max_examples=200, deadline=None)
settings.register_profile("soak", max_examples=10_000, deadline=None)
PROFILE = settings.get_profile("soak" if os.environ.get("SOAK") == "1" else "usual")

CENT = Decimal("0.01")
TIME = [Unit.FULL_TIME_YEAR, Unit.MONTH, Unit.LEARNING_YEAR]


def hundredths(most):
    return st.integers(0, 100 * most).map(lambda number: Decimal(number) / 100)


day = st.integers(0, 1460).map(lambda number: dt.date(2023, 1, 1) + dt.timedelta(days=number))
amount = hundredths(60_000)
hours = hundredths(48) | st.sampled_from([Decimal(36), Decimal(32), Decimal(24)])
percentage = hundredths(100)
months = st.builds(Fraction, st.integers(0, 900), st.sampled_from([1, 28, 30, 31, 36]))
part = st.builds(Fraction, st.integers(0, 12), st.just(12))
terms = st.builds(
    Terms,
    publisher=st.just("Publisher"),
    table=st.just("Table"),
    version=st.just("1"),
    norm_hours=st.sampled_from([None, Decimal(36), Decimal(40), Decimal("37.5")]),
    part_months=st.sampled_from(PartMonths),
    cap_counts=st.sampled_from(CapCounts),
)
block = st.builds(
    Block,
    code=st.just("row"),
    unit=st.sampled_from(TIME),
    value_eur=amount,
    counts_max_months=st.none() | st.integers(0, 36),
    counts_always=st.booleans(),
    minimum_hours_per_week=st.none() | st.just(Decimal(12)),
    prorata_hours=st.booleans(),
    limit_pct=st.none() | percentage,
)
bonus = st.builds(
    Bonus,
    code=st.sampled_from(["one", "two", "three"]),
    value_eur=amount,
    conditions=st.lists(st.sampled_from(["permanent", "language"]), max_size=2).map(tuple),
    age=st.none() | st.integers(45, 60),
    age_operator=st.sampled_from(AgeOperator),
    prorata=st.booleans(),
    highest_of=st.sampled_from(["", "age"]),
)
bonuses = st.lists(bonus, max_size=3, unique_by=lambda each: each.code).map(tuple)


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
        beside = {
            "months_used": draw(months),
            "months_counted": draw(st.just({}) | st.just(used)),
            "room": draw(st.just({}) | st.just({on: 1 - taken for on, taken in used.items()})),
            "limit_left_eur": draw(st.none() | amount),
        }
    return Work(
        first,
        last,
        draw(st.just((whole,)) | periods()),
        contract_starts_on=draw(st.none() | day),
        age=draw(st.none() | st.integers(16, 67)),
        facts=draw(st.frozensets(st.sampled_from(["permanent", "language"]))),
        **beside,
    )


def value(terms, block, bonuses, work, share_pct=Decimal(100)):
    return valuation.value(terms, block, bonuses, work, share_pct)


odd_number = st.decimals() | st.none()
odd_day = st.dates() | st.sampled_from([dt.date.min, dt.date.max]) | day


@settings(PROFILE)
@given(
    terms,
    st.sampled_from(Unit),
    st.lists(odd_number, min_size=14, max_size=14),
    st.lists(day | st.none(), min_size=3, max_size=3),
    st.tuples(day, day),
    st.lists(st.tuples(odd_day, odd_day, st.decimals()), max_size=3),
)
def test_there_is_an_answer_to_anything(terms, unit, numbers, days, span, spans):
    odd = iter(numbers)
    terms = replace(terms, norm_hours=next(odd))
    block = Block(
        "row",
        unit,
        next(odd),
        minimum_hours_per_week=next(odd),
        daily_max_eur=next(odd),
        recognition_pct=next(odd) or Decimal(0),
        limit_pct=next(odd),
        counts_max_months=-3 if next(odd) is None else 7,
        look_back_months=5,
        same_employer_months=6,
    )
    work = Work(
        *span,
        tuple(HoursPeriod(*each) for each in spans),
        *days,
        quantity=next(odd),
        days=next(odd),
        amount_eur=next(odd),
        vat_pct=next(odd),
        limit_left_eur=next(odd),
        months_used=Fraction(-1, 3),
    )
    valued = value(
        terms, block, (Bonus("b", next(odd) or Decimal(0)),), work, next(odd) or Decimal(100)
    )

    assert valued.total_eur >= 0
    assert sum(earned.amount_eur for earned in valued.by_month) == valued.total_eur
    assert sum(line.amount_eur or 0 for line in valued.lines) == valued.total_eur
    assert explanations.sentences(valued.lines)


@settings(PROFILE)
@given(odd_day, st.integers(-3, 700))
@example(dt.date.max, 0)
@example(dt.date.min, 0)
def test_there_is_an_answer_on_any_day(first, length):
    length = min(
        max(length, dt.date.min.toordinal() - first.toordinal()), (dt.date.max - first).days
    )
    last = first + dt.timedelta(days=length)
    periods = (HoursPeriod(first, last, Decimal(36)),)
    block = Block("row", Unit.FULL_TIME_YEAR, Decimal(12_000), look_back_months=600)

    valued = value(TERMS, block, (), Work(first, last, periods, contract_starts_on=first))

    assert (valued.total_eur > 0) == (length >= 0)


TERMS = Terms("Publisher", "Table", "1", norm_hours=Decimal(36))


@settings(PROFILE)
@given(terms, block, bonuses, works(), percentage)
def test_months_and_lines_sum_to_the_total(terms, block, bonuses, work, share_pct):
    valued = value(terms, block, bonuses, work, share_pct)

    assert sum(earned.amount_eur for earned in valued.by_month) == valued.total_eur
    assert sum(line.amount_eur or 0 for line in valued.lines) == valued.total_eur
    assert all(earned.amount_eur >= 0 and earned.hours >= 0 for earned in valued.by_month)
    on = [earned.month for earned in valued.by_month]
    assert on == sorted(set(on))


@settings(PROFILE)
@given(terms, block, bonuses, works(), percentage)
def test_a_valuation_survives_storage(terms, block, bonuses, work, share_pct):
    valued = value(terms, block, bonuses, work, share_pct)

    stored = valuation.Valuation.from_json(json.loads(json.dumps(valued.as_json())))

    assert stored == valued
    assert valuation.again(stored) == valued


@settings(PROFILE)
@given(terms, block, bonuses, works(limits=False), months, percentage)
def test_a_plain_count_of_days_agrees(terms, block, bonuses, work, used, share_pct):
    work = replace(work, months_used=used)

    valued = value(terms, block, bonuses, work, share_pct)

    assert valued.total_eur == plain_arithmetic.total_eur(terms, block, bonuses, work, share_pct)


@settings(PROFILE)
@given(terms, block, bonuses, works(), percentage)
def test_the_words_recompute_to_the_cent(terms, block, bonuses, work, share_pct):
    valued = value(terms, block, bonuses, work, share_pct)

    with translation.override("en"):
        said = explanations.sentences(valued.lines)

    assert said_again.total_eur(said) == valued.total_eur


@settings(PROFILE)
@given(terms, block, bonuses, works(), st.integers(1, 400))
def test_a_later_end_never_counts_for_less(terms, block, bonuses, work, more):
    longer = replace(work, ends_on=work.ends_on + dt.timedelta(days=more))
    longer = replace(longer, room={})
    work = replace(work, room={})

    assert (
        value(terms, block, bonuses, longer).total_eur
        >= value(terms, block, bonuses, work).total_eur
    )


@settings(PROFILE)
@given(terms, block, bonuses, works(limits=False), hours)
def test_more_hours_never_count_for_less(terms, block, bonuses, work, more):
    block = replace(block, counts_max_months=None)
    harder = tuple(
        each._replace(hours_per_week=each.hours_per_week + more) for each in work.periods
    )

    assert (
        value(terms, block, bonuses, replace(work, periods=harder)).total_eur
        >= value(terms, block, bonuses, work).total_eur
    )


@settings(PROFILE)
@given(terms, block, bonuses, works(limits=False), hours)
def test_more_hours_every_day_never_count_for_less_under_a_cap(terms, block, bonuses, work, more):
    (least, *_) = work.periods or (HoursPeriod(work.starts_on, work.ends_on, Decimal(12)),)
    terms = replace(terms, cap_counts=CapCounts.MONTHS)
    least = least._replace(hours_per_week=max(least.hours_per_week, Decimal(12)))
    work = replace(work, periods=(least,))
    harder = (least._replace(hours_per_week=least.hours_per_week + more),)

    assert (
        value(terms, block, bonuses, replace(work, periods=harder)).total_eur
        >= value(terms, block, bonuses, work).total_eur
    )


@settings(PROFILE)
@given(terms, block, bonuses, works(), hundredths(100))
def test_hours_above_the_norm_never_count(terms, block, bonuses, work, above):
    norm, _ = terms.norm
    at_norm = tuple(each._replace(hours_per_week=norm) for each in work.periods)
    beyond = tuple(each._replace(hours_per_week=norm + above) for each in work.periods)

    assert (
        value(terms, block, bonuses, replace(work, periods=beyond)).total_eur
        == value(terms, block, bonuses, replace(work, periods=at_norm)).total_eur
    )


def after(first, valued, bonuses):
    """What the first part of work leaves to the second: months, room, and flat bonuses given."""
    counted = dict(first.months_counted)
    room = dict(first.room)
    for earned in valued.by_month:
        counted[earned.month] = counted.get(earned.month, Fraction(0)) + earned.months
        room[earned.month] = room.get(earned.month, Fraction(1)) - earned.part
    by_hours = valued.inputs.terms.cap_counts is CapCounts.HOURS
    used = sum(earned.part if by_hours else earned.months for earned in valued.by_month)
    given_once = {each.code for each in bonuses if not each.prorata and valued.by_month}
    return {
        "months_used": first.months_used + used,
        "months_counted": counted,
        "room": room,
        "bonuses_given": first.bonuses_given | given_once,
    }


@settings(PROFILE)
@given(terms, block, bonuses, works(limits=False), months, day)
def test_splitting_work_changes_the_total_by_at_most_a_cent(
    terms, block, bonuses, work, used, cut_on
):
    """Each part rounds by half a cent at most, and so does the whole: one cent in all (R-002)."""
    assume(work.starts_on < cut_on <= work.ends_on)
    bonuses = tuple(replace(each, highest_of="") for each in bonuses)
    work = replace(work, months_used=used)
    whole = value(terms, block, bonuses, work)
    first = replace(work, ends_on=cut_on - dt.timedelta(days=1))
    before = value(terms, block, bonuses, first)

    second = replace(work, starts_on=cut_on, **after(first, before, bonuses))
    rest = value(terms, block, bonuses, second)

    assert abs(before.total_eur + rest.total_eur - whole.total_eur) <= CENT
    assert sum(earned.part for earned in (*before.by_month, *rest.by_month)) == sum(
        earned.part for earned in whole.by_month
    )


@settings(PROFILE)
@given(terms, block, st.integers(0, 36), st.tuples(works(), works()), percentage)
def test_cap_and_norm_hold_over_all_work_of_a_person(terms, block, most, both, share_pct):
    one, two = both
    block = replace(block, counts_always=False, counts_max_months=most)
    two = replace(two, months_used=one.months_used, months_counted=one.months_counted)
    first = value(terms, block, (), one, share_pct)
    two = replace(two, **after(replace(one, room={}), first, ()))
    second = value(terms, block, (), two)

    left = max(most - one.months_used, Fraction(0))
    by_hours = terms.cap_counts is CapCounts.HOURS
    earned = [*first.by_month, *second.by_month]
    assert sum(each.part if by_hours else each.months for each in earned) <= left
    parts = {}
    for each in earned:
        parts[each.month] = parts.get(each.month, Fraction(0)) + each.part
    assert all(0 <= taken <= 1 for taken in parts.values())


@settings(PROFILE)
@given(terms, block, bonuses, works(), percentage)
def test_no_month_takes_more_than_its_room(terms, block, bonuses, work, share_pct):
    valued = value(terms, block, bonuses, work, share_pct)

    assert all(
        earned.part <= work.room.get(earned.month, 1) and earned.months <= 1
        for earned in valued.by_month
    )


@settings(PROFILE)
@given(terms, block, bonuses, works(limits=False), st.lists(percentage, min_size=2, max_size=4))
def test_shares_never_exceed_the_whole(terms, block, bonuses, work, percentages):
    percentages = [each / len(percentages) for each in percentages]
    block = replace(block, counts_max_months=None)
    whole = value(terms, block, bonuses, work)

    shares = [value(terms, block, bonuses, work, share_pct) for share_pct in percentages]

    assert all(share.total_eur <= whole.total_eur for share in shares)
    paid = sum(share.total_eur for share in shares)
    fair = whole.total_eur * sum(percentages) / 100
    assert abs(paid - fair) <= CENT * (len(shares) + 1) / 2


@settings(PROFILE)
@given(terms, block, bonuses, works(), percentage, amount)
def test_a_limit_is_never_exceeded(terms, block, bonuses, work, share_pct, left):
    limited = replace(work, limit_left_eur=left)
    free = replace(work, limit_left_eur=None)

    assert value(terms, block, bonuses, limited, share_pct).total_eur == min(
        left, value(terms, block, bonuses, free, share_pct).total_eur
    )
