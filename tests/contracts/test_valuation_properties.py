"""What holds for any work under any table; `make soak` tries fifty times as many."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import assume, example, given
from hypothesis import strategies as st

from contracts import explanations, valuation
from contracts.valuation import (
    Block,
    Bonus,
    CapCounts,
    HoursAboveNorm,
    HoursPeriod,
    NormOver,
    Rounding,
    Terms,
    Unit,
    Work,
)
from tests.contracts import reference, said_again, said_in_dutch, worked_cases
from tests.contracts.strategies import (
    amount,
    block,
    bonuses,
    day,
    hours,
    hundredths,
    months,
    percentage,
    purchase,
    purchases,
    terms,
    works,
)

CENT = Decimal("0.01")


def value(terms, block, bonuses, work, share_pct=Decimal(100)):
    return valuation.value(terms, block, bonuses, work, share_pct)


odd_number = st.decimals() | st.none()
odd_day = st.dates() | st.sampled_from([dt.date.min, dt.date.max]) | day


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


@given(terms, block, bonuses, works(), percentage)
def test_months_and_lines_sum_to_the_total(terms, block, bonuses, work, share_pct):
    valued = value(terms, block, bonuses, work, share_pct)

    assert sum(earned.amount_eur for earned in valued.by_month) == valued.total_eur
    assert sum(line.amount_eur or 0 for line in valued.lines) == valued.total_eur
    assert all(earned.amount_eur >= 0 and earned.hours >= 0 for earned in valued.by_month)
    on = [earned.month for earned in valued.by_month]
    assert on == sorted(set(on))


@given(terms, block, bonuses, works(), percentage)
def test_a_valuation_survives_storage(terms, block, bonuses, work, share_pct):
    valued = value(terms, block, bonuses, work, share_pct)

    stored = valuation.Valuation.from_json(json.loads(json.dumps(valued.as_json())))

    assert stored == valued
    assert valuation.again(stored) == valued


def plainly(thing):
    """Write down a thing as a dictionary, which is all that the reference knows."""
    return {name: getattr(thing, name) for name in type(thing).__dataclass_fields__}


def once_more(valued):
    """Value the same inputs by the reference."""
    given = valued.inputs
    return reference.total_eur(
        {
            "terms": plainly(given.terms),
            "row": plainly(given.block),
            "bonuses": [plainly(each) for each in given.bonuses],
            "work": plainly(given.work),
            "share_pct": given.share_pct,
        }
    )


@given(terms, block, bonuses, works(), hundredths(120))
def test_a_plain_count_of_days_agrees(terms, block, bonuses, work, share_pct):
    valued = value(terms, block, bonuses, work, share_pct)

    assert valued.total_eur == once_more(valued)


@given(terms, purchase, purchases, hundredths(120))
def test_a_plain_sum_of_a_purchase_agrees(terms, purchase, work, share_pct):
    valued = value(terms, purchase, (), work, share_pct)

    assert valued.total_eur == once_more(valued)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in worked_cases.read()])
def test_the_reference_agrees_on_every_worked_case(case):
    assert once_more(case.got) == case.expected_eur


def recomputed(valued, language):
    """Reckon with nothing but the words of a language."""
    with translation.override(language):
        said = explanations.sentences(valued.lines)
    return said_again.total_eur(said_in_dutch.in_english(said) if language == "nl" else said)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in worked_cases.read()])
def test_the_dutch_words_of_every_worked_case_recompute(case):
    assert recomputed(case.got, "nl") == case.expected_eur


@given(terms, block, bonuses, works(), percentage)
def test_the_dutch_words_recompute_to_the_cent(terms, block, bonuses, work, share_pct):
    valued = value(terms, block, bonuses, work, share_pct)

    assert recomputed(valued, "nl") == valued.total_eur


@given(terms, purchase, purchases, percentage)
def test_the_dutch_words_of_a_purchase_recompute(terms, purchase, work, share_pct):
    valued = value(terms, purchase, (), work, share_pct)

    assert recomputed(valued, "nl") == valued.total_eur


@given(terms, purchase, purchases, percentage)
def test_the_words_of_a_purchase_recompute_to_the_cent(terms, purchase, work, share_pct):
    valued = value(terms, purchase, (), work, share_pct)

    assert recomputed(valued, "en") == valued.total_eur


@given(terms, block, bonuses, works(), percentage)
def test_the_words_recompute_to_the_cent(terms, block, bonuses, work, share_pct):
    valued = value(terms, block, bonuses, work, share_pct)

    assert recomputed(valued, "en") == valued.total_eur


@given(terms, block, bonuses, works(), st.integers(1, 400))
def test_a_later_end_never_counts_for_less(terms, block, bonuses, work, more):
    longer = replace(work, ends_on=work.ends_on + dt.timedelta(days=more))
    longer = replace(longer, room={}, room_on_contract={})
    work = replace(work, room={}, room_on_contract={})

    assert (
        value(terms, block, bonuses, longer).total_eur
        >= value(terms, block, bonuses, work).total_eur
    )


def without_cap(terms, block):
    return replace(block, counts_max_months=None), replace(terms, counts_max_months=None)


@given(terms, block, bonuses, works(limits=False), hours)
def test_more_hours_never_count_for_less(terms, block, bonuses, work, more):
    block, terms = without_cap(terms, block)
    harder = tuple(
        each._replace(hours_per_week=each.hours_per_week + more) for each in work.periods
    )

    assert (
        value(terms, block, bonuses, replace(work, periods=harder)).total_eur
        >= value(terms, block, bonuses, work).total_eur
    )


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


@given(terms, block, bonuses, works(), hundredths(100))
def test_hours_above_the_norm_never_count(terms, block, bonuses, work, above):
    terms = replace(terms, hours_above_norm=HoursAboveNorm.IGNORED)
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
        "room_on_contract": room,
        "bonuses_given": first.bonuses_given | given_once,
    }


@given(terms, block, bonuses, works(limits=False), months, day)
def test_splitting_work_changes_the_total_by_at_most_a_cent(
    terms, block, bonuses, work, used, cut_on
):
    """Each part rounds by half a cent at most, and so does the whole: one cent in all (R-002)."""
    assume(work.starts_on < cut_on <= work.ends_on)
    bonuses = tuple(replace(each, highest_of="") for each in bonuses)
    employed_on = work.employment_started_on or work.starts_on
    work = replace(work, months_used=used, employment_started_on=employed_on)
    whole = value(terms, block, bonuses, work)
    first = replace(work, ends_on=cut_on - dt.timedelta(days=1))
    before = value(terms, block, bonuses, first)

    second = replace(work, starts_on=cut_on, **after(first, before, bonuses))
    rest = value(terms, block, bonuses, second)

    assert abs(before.total_eur + rest.total_eur - whole.total_eur) <= CENT
    assert sum(earned.part for earned in (*before.by_month, *rest.by_month)) == sum(
        earned.part for earned in whole.by_month
    )


@given(terms, block, st.integers(0, 36), st.tuples(works(), works()), percentage)
def test_cap_and_norm_hold_over_all_work_of_a_person(terms, block, most, both, share_pct):
    one, two = both
    block = replace(block, counts_always=False, counts_max_months=most)
    two = replace(two, months_used=one.months_used, months_counted=one.months_counted)
    one = replace(one, room={}, room_on_contract={})
    first = value(terms, block, (), one, share_pct)
    two = replace(two, **after(one, first, ()))
    second = value(terms, block, (), two)

    left = max(most - one.months_used, Fraction(0))
    by_hours = terms.cap_counts is CapCounts.HOURS
    earned = [*first.by_month, *second.by_month]
    assert sum(each.part if by_hours else each.months for each in earned) <= left
    parts = {}
    for each in earned:
        parts[each.month] = parts.get(each.month, Fraction(0)) + each.part
    assert all(0 <= taken <= 1 for taken in parts.values())


@given(terms, block, bonuses, works(), percentage)
def test_no_month_takes_more_than_its_room(terms, block, bonuses, work, share_pct):
    room = work.room_on_contract if terms.norm_over is NormOver.CONTRACT else work.room
    valued = value(terms, block, bonuses, work, share_pct)

    assert all(
        earned.part <= room.get(earned.month, 1) and earned.months <= 1
        for earned in valued.by_month
    )


@given(terms, block, bonuses, works(limits=False), st.lists(percentage, min_size=2, max_size=4))
def test_shares_never_exceed_the_whole(terms, block, bonuses, work, percentages):
    percentages = [each / len(percentages) for each in percentages]
    block, terms = without_cap(terms, block)
    whole = value(terms, block, bonuses, work)

    shares = [value(terms, block, bonuses, work, share_pct) for share_pct in percentages]

    assert all(share.total_eur <= whole.total_eur for share in shares)
    paid = sum(share.total_eur for share in shares)
    fair = whole.total_eur * sum(percentages) / 100
    most = CENT if terms.rounding is Rounding.DOWN else CENT / 2
    assert abs(paid - fair) <= most * (len(shares) + 1)


@given(terms, block, bonuses, works(), percentage, amount)
def test_a_limit_is_never_exceeded(terms, block, bonuses, work, share_pct, left):
    limited = replace(work, limit_left_eur=left)
    free = replace(work, limit_left_eur=None)

    assert value(terms, block, bonuses, limited, share_pct).total_eur == min(
        left, value(terms, block, bonuses, free, share_pct).total_eur
    )
