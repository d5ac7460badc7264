"""The banenafspraak beside social return: what one job is, which months count, who is in both."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates import agreed_jobs
from candidates.agreed_jobs import PersonMonth, Stated, months, norm

JANUARY, FEBRUARY, MARCH = (dt.date(2026, month, 1) for month in (1, 2, 3))


@pytest.mark.parametrize(
    ("hours", "jobs"),
    [
        pytest.param("36", "1.41", id="D45 more than one"),
        pytest.param("12.75", "0.50", id="D45 half a job"),
        pytest.param("25.5", "1.00", id="D45 one job"),
    ],
)
def test_a_job_is_twenty_five_and_a_half_paid_hours_a_week(hours, jobs):
    exact = agreed_jobs.jobs_a_week(Decimal(hours), JANUARY)
    assert exact == Fraction(hours) / Fraction("25.5")
    assert norm.shown(exact) == Decimal(jobs)


def test_a_job_is_110_92_hours_a_month_and_1331_a_year():
    held = norm.norm_on(JANUARY)
    assert held.hours_a_month * 3_000 == Decimal(332760)  # D47, E17
    assert norm.jobs_a_month(Decimal("2773000.00"), JANUARY) == 25_000  # E18, government
    assert norm.jobs_a_month(Decimal("11092000.00"), JANUARY) == 100_000  # E18, market
    assert agreed_jobs.jobs_in(Decimal(1331), 2026) == Decimal("1.00")
    assert norm.norm_on(dt.date(1990, 1, 1)) == norm.NORMS[0]


def test_the_goal_of_a_year_is_that_of_the_last_year_with_one():
    assert agreed_jobs.goal_of(2014) is None
    assert agreed_jobs.goal_of(2015).government == 3_000
    assert agreed_jobs.goal_of(2024) == agreed_jobs.Goal(2023, 25_000, None)
    assert agreed_jobs.goal_of(2026).market == 100_000


def _weekly(day, hours):
    return Stated(is_month=False, starts_on=day, hours=Decimal(hours))


def test_hours_a_week_become_hours_of_each_month_that_is_over():
    stated = [_weekly(JANUARY, "25.5")]
    found = agreed_jobs.hours_by_month(stated, dt.date(2026, 1, 16), None, FEBRUARY)
    assert found == {JANUARY: Decimal("57.2490"), FEBRUARY: Decimal("110.9200")}


def test_a_change_counts_from_its_day_and_a_stated_month_goes_before():
    month = Stated(is_month=True, starts_on=MARCH, hours=Decimal("80.00"))
    stated = [month, _weekly(dt.date(2026, 2, 15), 0), _weekly(JANUARY, "25.5")]
    found = agreed_jobs.hours_by_month(stated, JANUARY, dt.date(2026, 4, 30), dt.date(2026, 4, 1))
    assert found == {
        JANUARY: Decimal("110.9200"),
        FEBRUARY: Decimal("55.4600"),
        MARCH: Decimal("80.00"),
    }
    ended = agreed_jobs.hours_by_month(stated, JANUARY, dt.date(2026, 1, 31), MARCH)
    assert list(ended) == [JANUARY]


def test_the_last_month_that_is_over():
    assert months.last_closed_month(dt.date(2026, 1, 31)) == dt.date(2025, 12, 1)


HOURS = st.decimals(0, 200, places=2)
MONTHS = st.builds(
    PersonMonth,
    st.integers(1, 6),
    st.sampled_from([JANUARY, FEBRUARY, MARCH]),
    HOURS,
    HOURS,
)


@given(st.lists(MONTHS, max_size=30, unique_by=lambda each: each[:2]))
def test_the_numbers_of_the_two_circles_add_up(work):
    """N23: each person and each hour stands in one part."""
    found = agreed_jobs.venn(work)
    for name in ("social_return", "agreed_jobs"):
        counted = {each.person for each in work if getattr(each, name)}
        hours = sum((getattr(each, name) for each in work), Decimal(0))
        assert getattr(found, name) == agreed_jobs.Part(len(counted), hours)
    assert found.everybody == len(
        {each.person for each in work if each.social_return or each.agreed_jobs}
    )
    parts = (found.social_return_only, found.both, found.agreed_jobs_only)
    assert all(part.hours >= 0 for part in parts)
