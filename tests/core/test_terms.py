"""Terms that end on a working day."""

import datetime as dt

import pytest

from sroi_portal.core import terms


@pytest.mark.parametrize(
    ("start", "days", "due_on"),
    [
        pytest.param("2026-03-02", 7, "2026-03-09", id="a Monday"),
        pytest.param("2026-03-07", 7, "2026-03-16", id="a Saturday becomes Monday"),
        pytest.param("2026-04-26", 1, "2026-04-28", id="King's Day is free"),
        pytest.param("2026-03-27", 7, "2026-04-07", id="Good Friday to Easter Monday"),
        pytest.param("2026-05-04", 1, "2026-05-06", id="the fifth of May is free every year"),
        pytest.param("2026-12-24", 1, "2026-12-28", id="Christmas and a weekend"),
        pytest.param("2025-12-31", 1, "2026-01-02", id="New Year"),
    ],
)
def test_a_term_ends_on_a_working_day(start, days, due_on):
    assert terms.due_on(dt.date.fromisoformat(start), days) == dt.date.fromisoformat(due_on)


def test_working_days_pass_over_a_weekend():
    thursday = dt.date(2026, 3, 5)
    assert terms.working_days_after(thursday, 2) == dt.date(2026, 3, 9)
    assert terms.working_days_after(thursday, 0) == thursday
