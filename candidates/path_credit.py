"""How the credit of a shared path is divided over the days: pure arithmetic (R-386).

It knows neither Django nor the clock.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

WHOLE = Decimal(100)
NOTHING = Decimal(0)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one supplier may claim of the days of one step, both days included."""

    supplier: int
    starts_on: dt.date
    ends_on: dt.date | None
    pct: Decimal

    def holds_on(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def first_uneven(stretches: Sequence[Stretch]) -> tuple[dt.date, Decimal] | None:
    """Find the first day on which the path is walked and its parts are not 100 together."""
    for day in _turns(stretches):
        holding = [each.pct for each in stretches if each.holds_on(day)]
        if holding and sum(holding) != WHOLE:
            return day, sum(holding, NOTHING)
    return None


def allowed_pct(
    stretches: Sequence[Stretch], supplier: int, first: dt.date, last: dt.date
) -> Decimal:
    """Give what a supplier may claim of a period: the least that holds on one of its days.

    A day on which nobody walks the path is the supplier's own.
    """
    days = [first, *(day for day in _turns(stretches) if first < day <= last)]
    return min(_allowed_on(stretches, supplier, day) for day in days)


def first_piece(
    stretches: Sequence[Stretch], supplier: int, first: dt.date, last: dt.date
) -> tuple[dt.date, dt.date, Decimal]:
    """Find the first days of a period of which a supplier gets one and the same part.

    When it gets none of them, the whole period and nothing.
    """
    begins = [first, *(day for day in _turns(stretches) if first < day <= last)]
    ends = [*(day - DAY for day in begins[1:]), last]
    parts = [_allowed_on(stretches, supplier, day) for day in begins]
    for at, part in enumerate(parts):
        if part:
            same = next((i for i, each in enumerate(parts) if i > at and each != part), len(parts))
            return begins[at], ends[same - 1], part
    return first, last, NOTHING


def _allowed_on(stretches: Iterable[Stretch], supplier: int, day: dt.date) -> Decimal:
    holding = [each for each in stretches if each.holds_on(day)]
    if not holding:
        return WHOLE
    return sum((each.pct for each in holding if each.supplier == supplier), NOTHING)


def _turns(stretches: Iterable[Stretch]) -> Iterator[dt.date]:
    """Name the days on which something begins or has just ended, in order."""
    days = set[dt.date]()
    for each in stretches:
        days.add(each.starts_on)
        if each.ends_on is not None:
            days.add(each.ends_on + DAY)
    return iter(sorted(days))
