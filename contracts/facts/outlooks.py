"""Where a contract ends at the supplier's own pace (R-106)."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from contracts import pace
from contracts.facts.series import Series
from contracts.facts.standings import Standing
from contracts.models import Contract, Signal
from sroi_portal.core.money import ZERO

STEERED = (Signal.ON_COURSE, Signal.TALK, Signal.ACT)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The band at the end, beside what is owed; as warned of before the end comes (F05)."""

    band: pace.Band
    owed: Decimal
    with_planned: Decimal
    ends_on: dt.date

    @property
    def falls_short(self) -> bool:
        """Whether the fastest pace leaves something undone, and so does all that is planned."""
        return max(self.band.high, self.with_planned) < self.owed

    @property
    def plan_makes_it(self) -> bool:
        return self.band.high < self.owed <= self.with_planned

    @property
    def may_fall_short(self) -> bool:
        return self.band.low < self.owed <= self.band.high

    @property
    def least_missing(self) -> Decimal:
        return max(self.owed - self.band.high, ZERO)

    @property
    def most_missing(self) -> Decimal:
        return max(self.owed - self.band.low, ZERO)


def outlook(
    contract: Contract, standing: Standing, course: Series, *, signal: str, today: dt.date
) -> Outlook | None:
    """Carry the own pace on to the last day; None when it is too early, or too late to steer."""
    first, last = contract.starts_on, contract.closes_on
    if first is None or last is None or signal not in STEERED or today >= last:
        return None
    band = pace.band(
        monthly=[course.credited(month) for month in pace.full_months(first, last, today)],
        reached=standing.reached,
        days_left=(last - today).days,
        most=standing.owed if standing.in_goals else None,
    )
    if band is None:
        return None
    return Outlook(band, standing.owed, standing.with_planned, last)
