"""The figures of one contract on one day: what everything on its page is told from."""

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from contracts import fulfilment as sums
from contracts.facts.outlooks import Outlook, outlook
from contracts.facts.series import Series, series
from contracts.facts.standings import Standing, standing
from contracts.models import Contract, Fulfilment
from contracts.models.ledger import LedgerEntryQuerySet

JUST_BEGUN = Decimal("0.15")  # of the time


@dataclass(frozen=True, slots=True)
class Figures:
    """How a contract stands, how that came, and where it leads to at this pace."""

    contract: Contract
    standing: Standing
    series: Series
    outlook: Outlook | None
    parts: Mapping[dt.date, Decimal]  # of what is owed, to be expected by a day
    today: dt.date

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed, so that only settling is left."""
        last = self.contract.closes_on
        return last is not None and last < self.today

    @property
    def days_left(self) -> int | None:
        """How many days there are still to work, today among them; None without a last day."""
        last = self.contract.closes_on
        return None if last is None else max((last - self.today).days + 1, 0)

    @property
    def has_just_begun(self) -> bool:
        """Whether so little time has passed that nothing says anything yet (R-104)."""
        first, last = self.contract.starts_on, self.contract.closes_on
        if first is None or last is None:
            return True
        return (self.today - first).days + 1 < JUST_BEGUN * ((last - first).days + 1)


def figures(
    contract: Contract,
    fulfilment: Fulfilment,
    *,
    today: dt.date,
    entries: LedgerEntryQuerySet | None = None,
) -> Figures | None:
    """Gather them in two queries; None when nothing is owed.

    `entries` narrows to what was known at a moment or a position, as `fulfilment` then is.
    """
    days = days_of(contract, today)
    parts = sums.expected_parts(contract, [*days, today])
    stands = standing(fulfilment, parts[today])
    if stands is None:
        return None
    course = series(contract, stands.unit, entries)
    return Figures(
        contract=contract,
        standing=stands,
        series=course,
        outlook=outlook(contract, stands, course, signal=fulfilment.signal, today=today),
        parts={day: parts[day] for day in days},
        today=today,
    )


def days_of(contract: Contract, today: dt.date) -> list[dt.date]:
    """Name the days of a course: first, month ends, last, and today where it lies between."""
    first, last = contract.starts_on, contract.closes_on
    if first is None or last is None:
        return []
    return sorted({*month_ends(first, last), *([today] if first < today < last else [])})


def month_ends(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Give the first day, the last day of each month after it, and the last day itself."""
    yield first
    day = first
    while True:
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if day >= last:
            break
        if day > first:
            yield day
        day += dt.timedelta(days=1)
    if last > first:
        yield last
