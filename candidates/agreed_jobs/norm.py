"""What one job is, and how many were agreed: dated, because the law changes (R-341)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sroi_portal.core import money

type Hours = Decimal | Fraction | int


@dataclass(frozen=True, slots=True)
class Norm:
    """Paid hours that make one job, from a day on."""

    holds_from: dt.date
    hours_a_week: Decimal
    hours_a_month: Decimal
    hours_a_year: Decimal
    source: str | Promise


@dataclass(frozen=True, slots=True)
class Goal:
    """Extra jobs that were agreed for December of a year; None where we know no source."""

    year: int
    government: int | None
    market: int | None


NORMS = (
    Norm(
        holds_from=dt.date(2013, 1, 1),
        hours_a_week=Decimal("25.5"),
        hours_a_month=Decimal("110.92"),
        hours_a_year=Decimal(1331),
        source=gettext_lazy("Regeling Wfsv, article 3.28"),
    ),
)
GOALS = (  # Besluit en Regeling Wfsv, text of 2017; a year without a line keeps the one before
    Goal(2015, 3_000, 6_000),
    Goal(2016, 6_500, None),
    Goal(2017, 10_000, None),
    Goal(2018, 12_500, None),
    Goal(2019, 15_000, None),
    Goal(2020, 17_500, None),
    Goal(2021, 20_000, None),
    Goal(2022, 22_500, None),
    Goal(2023, 25_000, None),
    Goal(2025, 25_000, 100_000),
)
GOALS_SOURCE = "Besluit Wfsv en Regeling Wfsv"


def norm_on(day: dt.date) -> Norm:
    """Give the norm that holds on a day; the first holds before it as well."""
    holding = [norm for norm in NORMS if norm.holds_from <= day]
    return max(holding or NORMS[:1], key=lambda norm: norm.holds_from)


def goal_of(year: int) -> Goal | None:
    """Give the goal of the last year that has one; None before the agreement began."""
    known = [goal for goal in GOALS if goal.year <= year]
    return max(known, key=lambda goal: goal.year) if known else None


def jobs_a_week(hours: Hours, day: dt.date) -> Fraction:
    """Say how many jobs these paid hours a week are, exactly (R-341)."""
    return Fraction(hours) / Fraction(norm_on(day).hours_a_week)


def jobs_a_month(hours: Hours, month: dt.date) -> Fraction:
    return Fraction(hours) / Fraction(norm_on(month).hours_a_month)


def jobs_in(hours: Hours, year: int) -> Decimal:
    """Say how many jobs the paid hours of a year are, in two decimals: the average of the year."""
    return shown(Fraction(hours) / Fraction(norm_on(dt.date(year, 12, 31)).hours_a_year))


def shown(jobs: Fraction) -> Decimal:
    """Show two decimals, a half up."""
    return money.rounded(jobs)
