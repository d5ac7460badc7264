"""What a valuation is computed from: the terms of a table, a row, bonuses and the work."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

ASSUMED_NORM_HOURS = Decimal(36)
NOTHING = Fraction(0)
LARGEST = Decimal(1000000000000000)
SMALLEST = Decimal("0.000000001")


class Unit(StrEnum):
    """What the value of a row is the price of (R-003)."""

    FULL_TIME_YEAR = "full_time_year"
    MONTH = "month"
    LEARNING_YEAR = "learning_year"
    HOUR = "hour"
    DAY = "day"
    INVOICE_SHARE = "invoice_share"
    ACTUAL_COST = "actual_cost"
    FLAT = "flat"
    AGREED = "agreed"

    @property
    def is_time(self) -> bool:
        return self in TIME_UNITS


TIME_UNITS = (Unit.FULL_TIME_YEAR, Unit.MONTH, Unit.LEARNING_YEAR)


class PartMonths(StrEnum):
    """How the days of a month that is not whole are counted (R-006)."""

    CALENDAR = "calendar"
    YEAR_DAYS = "year_days"


class CapCounts(StrEnum):
    """What uses up a counting cap: months on the calendar, or months of full-time work (R-012)."""

    MONTHS = "months"
    HOURS = "hours"


class AgeOperator(StrEnum):
    """Whether the age on the edge itself is old enough (R-016)."""

    OLDER = ">"
    FROM = ">="


@dataclass(frozen=True, slots=True)
class Terms:
    """The settings of one version of a value table, frozen for a contract."""

    publisher: str
    table: str
    version: str
    valid_from: dt.date | None = None
    norm_hours: Decimal | None = None
    norm_assumed: bool = False
    part_months: PartMonths = PartMonths.CALENDAR
    cap_counts: CapCounts = CapCounts.MONTHS

    @property
    def norm(self) -> tuple[Decimal, bool]:
        """Give the hours of a full-time week, and whether they are assumed (R-004)."""
        if self.norm_hours is None or not exact(self.norm_hours):
            return ASSUMED_NORM_HOURS, True
        return self.norm_hours, self.norm_assumed


@dataclass(frozen=True, slots=True)
class Block:
    """A row of a value table (bouwblok)."""

    code: str
    unit: Unit
    value_eur: Decimal | None = None
    label_nl: str = ""
    label_en: str = ""
    counts_max_months: int | None = None
    counts_always: bool = False
    minimum_hours_per_week: Decimal | None = None
    prorata_hours: bool = True
    look_back_months: int | None = None
    same_employer_months: int | None = None
    daily_max_eur: Decimal | None = None
    recognition_pct: Decimal = Decimal(100)
    limit_pct: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Bonus:
    """An extra on a row, for whom the conditions hold (R-015 to R-018)."""

    code: str
    value_eur: Decimal
    label_nl: str = ""
    label_en: str = ""
    conditions: tuple[str, ...] = ()
    age: int | None = None
    age_operator: AgeOperator = AgeOperator.FROM
    after_internship_months: Decimal | None = None
    prorata: bool = True
    highest_of: str = ""

    @property
    def age_fact(self) -> str:
        """Name the fact that stands for the age, for who keeps a tick and no age."""
        return f"age{self.age_operator}{self.age}"


class HoursPeriod(NamedTuple):
    """Hours a week that held from one day to another, both included."""

    starts_on: dt.date
    ends_on: dt.date
    hours_per_week: Decimal


@dataclass(frozen=True, slots=True)
class Work:
    """What was done over a period that is over: both days count."""

    starts_on: dt.date
    ends_on: dt.date
    periods: tuple[HoursPeriod, ...] = ()
    employment_started_on: dt.date | None = None
    previous_employment_ended_on: dt.date | None = None
    contract_starts_on: dt.date | None = None
    age: int | None = None
    internship_months: Decimal | None = None
    facts: frozenset[str] = frozenset()
    bonuses_given: frozenset[str] = frozenset()
    quantity: Decimal | None = None
    days: Decimal | None = None
    amount_eur: Decimal | None = None
    vat_pct: Decimal | None = None
    months_used: Fraction = NOTHING
    months_counted: Mapping[dt.date, Fraction] = field(default_factory=dict)
    room: Mapping[dt.date, Fraction] = field(default_factory=dict)
    limit_left_eur: Decimal | None = None


def exact(number: Decimal | Fraction | None) -> Fraction:
    """Take a number as a fraction; none, below zero and not a number are zero (R-023)."""
    if isinstance(number, Decimal):
        return _fraction(number) if number.is_finite() else NOTHING
    return NOTHING if number is None or number.numerator < 0 else number


@lru_cache(maxsize=4096)
def _fraction(number: Decimal) -> Fraction:
    return Fraction(_within_reason(number))


def plain(number: Decimal | None) -> str:
    """Write the number that counts, without exponent and without zeros at its end."""
    return "0" if number is None or not number.is_finite() else _written(number)


@lru_cache(maxsize=4096)
def _written(number: Decimal) -> str:
    written = f"{_within_reason(number):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _within_reason(number: Decimal) -> Decimal:
    """Keep what is absurd from growing numbers of a million digits (R-023)."""
    if number <= 0:
        return Decimal(0)
    if number > LARGEST:
        return LARGEST
    exponent = number.as_tuple().exponent
    is_long = isinstance(exponent, int) and exponent < -9
    return number.quantize(SMALLEST, ROUND_DOWN) if is_long else number


@lru_cache(maxsize=4096)
def iso(day: dt.date) -> str:
    return day.isoformat()
