"""What the own pace of a supplier leads to at the end: pure, without a clock (R-106)."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sroi_portal.core import money

LOOKS_BACK = 6  # full months of the contract
WINDOW = 3  # months; the slowest and the fastest of these make the band
DAYS_A_YEAR, MONTHS_A_YEAR = 365, 12


@dataclass(frozen=True, slots=True)
class Band:
    """Between what and what it ends, when it goes on as in these months."""

    low: Decimal
    high: Decimal
    months: int

    @property
    def is_one(self) -> bool:
        return self.low == self.high


def full_months(first: dt.date, last: dt.date, today: dt.date) -> list[dt.date]:
    """Give the first days of the last six whole months of the contract that are over."""
    months: list[dt.date] = []
    year, month = today.year, today.month
    while len(months) < LOOKS_BACK:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        begins = dt.date(year, month, 1)
        if begins < first:
            break
        if begins.replace(day=calendar.monthrange(year, month)[1]) <= last:
            months.append(begins)
    return months[::-1]


def band(
    *,
    monthly: Sequence[Decimal],
    reached: Decimal,
    days_left: int,
    most: Decimal | None = None,
) -> Band | None:
    """Carry on from what is reached with the slowest and the fastest three months in a row.

    None before three months are over. A month counts for a twelfth of 365 days. Never below what
    is reached; above `most` only where that is reached already.
    """
    if len(monthly) < WINDOW:
        return None
    sums = [
        max(sum(monthly[start : start + WINDOW], Decimal(0)), Decimal(0))
        for start in range(len(monthly) - WINDOW + 1)
    ]
    low, high = (_carried_on(reached, each, days_left) for each in (min(sums), max(sums)))
    if most is not None:
        low, high = (max(min(each, most), reached) for each in (low, high))
    return Band(low=low, high=high, months=len(monthly))


def _carried_on(reached: Decimal, window: Decimal, days_left: int) -> Decimal:
    per_day = (window * MONTHS_A_YEAR, WINDOW * DAYS_A_YEAR)
    coming = money.rounded(per_day[0] * max(days_left, 0) / per_day[1])
    return reached + coming
