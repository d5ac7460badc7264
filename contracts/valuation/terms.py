"""What a valuation is computed from: the terms of a table, a row, bonuses and the work."""

import datetime as dt
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from contracts.valuation.lines import Line

ASSUMED_NORM_HOURS = Decimal(36)
NOTHING = Fraction(0)
LARGEST = Decimal(1000000000000000)
SMALLEST = Decimal("0.000000001")
FIRST_MONTH = 12
LAST_MONTH = 9999 * 12 + 11


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


class HoursAboveNorm(StrEnum):
    """What hours above a full-time week do (R-008)."""

    IGNORED = "ignored"
    COUNTED = "counted"


class NormOver(StrEnum):
    """Over which work one person fills at most one full-time week a month (R-013)."""

    SUPPLIER = "supplier"
    CONTRACT = "contract"


class RowCap(StrEnum):
    """Which limit holds where a row has one of its own beside the table's (R-034)."""

    ROW = "row"
    LOWEST = "lowest"


class CapStarts(StrEnum):
    """From which day on a counting cap is used up (R-035)."""

    COUNTING = "counting"
    EMPLOYMENT = "employment"


class BracketEdge(StrEnum):
    """Which row a benefit belongs to that lasts exactly as long as the edge between two (R-032)."""

    LONGER = "longer"
    SHORTER = "shorter"


class BracketChange(StrEnum):
    """Whether a benefit that passes an edge during the work changes the row (R-036)."""

    START = "start"
    SPLIT = "split"


class Rounding(StrEnum):
    """How amounts become whole cents (R-001)."""

    HALF_UP = "half_up"
    DOWN = "down"


class AgeOperator(StrEnum):
    """Whether the age on the edge itself is old enough (R-016)."""

    OLDER = ">"
    FROM = ">="


@dataclass(frozen=True)
class Terms:
    """The settings of one version of a value table, frozen for a contract.

    What follows from them is reckoned once: a table values much work.
    """

    publisher: str
    table: str
    version: str
    valid_from: dt.date | None = None
    norm_hours: Decimal | None = None
    norm_assumed: bool = False
    part_months: PartMonths = PartMonths.CALENDAR
    cap_counts: CapCounts = CapCounts.MONTHS
    hours_above_norm: HoursAboveNorm = HoursAboveNorm.IGNORED
    norm_over: NormOver = NormOver.SUPPLIER
    rounding: Rounding = Rounding.HALF_UP
    counts_max_months: int | None = None
    row_cap: RowCap = RowCap.ROW
    cap_starts: CapStarts = CapStarts.COUNTING
    look_back_always: bool = False
    bracket_edge: BracketEdge = BracketEdge.LONGER
    bracket_change: BracketChange = BracketChange.START

    @cached_property
    def norm(self) -> tuple[Decimal, bool]:
        """Give the hours of a full-time week, and whether they are assumed (R-004)."""
        if self.norm_hours is None or not exact(self.norm_hours):
            return ASSUMED_NORM_HOURS, True
        return self.norm_hours, self.norm_assumed

    @cached_property
    def norm_exact(self) -> Fraction:
        return exact(self.norm[0])

    @cached_property
    def opening(self) -> Line:
        """Say which table it is."""
        return Line(
            "table_since" if self.valid_from else "table",
            {
                "publisher": self.publisher,
                "table": self.table,
                "version": self.version,
                "valid_from_on": iso(self.valid_from) if self.valid_from else "",
            },
        )

    @cached_property
    def basis(self) -> tuple[Line, Line]:
        """Say what a full-time week is, and how part months count (R-004, R-006)."""
        hours, is_assumed = self.norm
        code = "norm_assumed" if is_assumed else "norm"
        norm = Line(code, {"norm_hours_per_week": plain(hours)})
        return norm, Line(f"part_{self.part_months}", {})

    @cached_property
    def stretch_code(self) -> str:
        return f"stretch_{self.part_months}"


@dataclass(frozen=True)
class Block:
    """A row of a value table (bouwblok); what follows from it is reckoned once."""

    code: str
    unit: Unit
    value_eur: Decimal | None = None
    label_nl: str = ""
    label_en: str = ""
    counts_max_months: int | None = None
    counts_always: bool = False
    cap_is_exception: bool = False
    benefit_from_months: int | None = None
    benefit_until_months: int | None = None
    minimum_hours_per_week: Decimal | None = None
    prorata_hours: bool = True
    look_back_months: int | None = None
    same_employer_months: int | None = None
    daily_max_eur: Decimal | None = None
    recognition_pct: Decimal = Decimal(100)
    certificate: str = ""  # that the partner must hold on the last day; empty: none
    limit_pct: Decimal | None = None

    @cached_property
    def value_exact(self) -> Fraction:
        return exact(self.value_eur)

    @cached_property
    def yearly_exact(self) -> Fraction:
        """Give what a full-time year is worth, also of a row that has the price of a month."""
        return self.value_exact * 12 if self.unit is Unit.MONTH else self.value_exact

    @cached_property
    def minimum_exact(self) -> Fraction:
        return exact(self.minimum_hours_per_week)

    @cached_property
    def opening(self) -> Line:
        """Say which row it is, and what it is worth."""
        return Line(
            f"row_{self.unit}",
            {
                "row_nl": self.label_nl or self.code,
                "row_en": self.label_en or self.code,
                "value_eur": plain(self.value_eur),
            },
        )


@dataclass(frozen=True)
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

    @cached_property
    def value_exact(self) -> Fraction:
        return exact(self.value_eur)

    @cached_property
    def labels(self) -> dict[str, str]:
        return {"bonus_nl": self.label_nl or self.code, "bonus_en": self.label_en or self.code}

    @cached_property
    def age_fact(self) -> str:
        """Name the fact that stands for the age, for who keeps a tick and no age."""
        return f"age{self.age_operator}{self.age}"

    @cached_property
    def ticked(self) -> frozenset[str]:
        """Name all that a tick on this bonus stands for."""
        facts = set(self.conditions)
        if self.age is not None:
            facts.add(self.age_fact)
        if self.after_internship_months is not None:
            facts.add(self.internship_fact)
        return frozenset(facts)

    @cached_property
    def internship_fact(self) -> str:
        """Name the fact that stands for the internship, for who keeps a tick and no dates."""
        return f"internship-of-{plain(self.after_internship_months)}-months"


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
    benefit_months: int | None = None
    certificates: frozenset[str] = frozenset()  # that the partner holds on the last day
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
    room_on_contract: Mapping[dt.date, Fraction] = field(default_factory=dict)
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


def months_before(day: dt.date, months: int) -> dt.date:
    """Go back whole months, or on when below zero, within the months and the calendar."""
    index = min(max(day.year * 12 + day.month - 1 - months, FIRST_MONTH), LAST_MONTH)
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
