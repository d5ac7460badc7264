"""What was owed and done month after month, straight from the ledger."""

import datetime as dt
import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from contracts.ledger import month_of
from contracts.models import Account, Contract, LedgerEntry, LedgerUnit
from contracts.models.ledger import LedgerEntryQuerySet
from sroi_portal.core import money
from sroi_portal.core.money import ZERO

type Row = tuple[dt.date, uuid.UUID | None, str, Decimal]  # month, goal, account, quantity

DONE_EUR = (Account.VERIFIED, Account.CARRIED)
DONE_OF_GOALS = (Account.VERIFIED,)


@dataclass(frozen=True, slots=True)
class Point:
    """The sums up to and including a month."""

    owed: Decimal = ZERO
    done: Decimal = ZERO
    reached: Decimal = ZERO  # done, and what waits for a check


NOTHING = Point()


@dataclass(frozen=True, slots=True)
class Series:
    """The sums after each month in which something was earned or arose."""

    months: list[dt.date] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)

    def upto(self, day: dt.date) -> Point:
        return self._at(bisect_right(self.months, day))

    def before(self, month: dt.date) -> Point:
        return self._at(bisect_left(self.months, month))

    @property
    def latest(self) -> Point:
        return self._at(len(self.months))

    def credited(self, month: dt.date) -> Decimal:
        """Tell what was verified or submitted of work in this month."""
        return self.upto(month).reached - self.before(month).reached

    def _at(self, count: int) -> Point:
        return self.points[count - 1] if count else NOTHING


def series(contract: Contract, unit: str, entries: LedgerEntryQuerySet | None = None) -> Series:
    """Sum the contract's entries by month, in one unit; `entries` narrows to what was known."""
    found = LedgerEntry.objects.all() if entries is None else entries
    found = found.filter(contract=contract)
    if unit == LedgerUnit.OWN:
        found = found.exclude(unit=LedgerUnit.EURO).filter(goal__isnull=False)
    else:
        found = found.filter(unit=unit)
        found = found if unit == LedgerUnit.EURO else found.filter(goal__isnull=True)
    rows = (
        found.values_list("month", "goal", "account")
        .annotate(total=Sum("quantity"))
        .order_by("month")
    )
    done = DONE_OF_GOALS if unit == LedgerUnit.OWN else DONE_EUR
    if unit == LedgerUnit.EURO and contract.counts_unchecked:
        done = (*done, Account.UNCHECKED)
    return summed(rows, done=done, in_goals=unit == LedgerUnit.OWN)


def summed(rows: Iterable[Row], *, done: tuple[str, ...], in_goals: bool) -> Series:
    """Add up rows in the order of their months; each goal counts for one (R-105)."""
    result = Series()
    sums: dict[uuid.UUID | None, dict[str, Decimal]] = {}
    for month, goal, account, quantity in rows:
        kept = sums.setdefault(goal, {})
        kept[account] = kept.get(account, ZERO) + quantity
        point = _of_goals(sums.values(), done) if in_goals else _of_unit(sums, done)
        if result.months and result.months[-1] == month_of(month):
            result.points[-1] = point
        else:
            result.months.append(month)
            result.points.append(point)
    return result


def _of_unit(sums: dict[uuid.UUID | None, dict[str, Decimal]], done: tuple[str, ...]) -> Point:
    owed = reached = verified = ZERO
    for kept in sums.values():
        owed += kept.get(Account.OBLIGATION, ZERO) - kept.get(Account.WAIVED, ZERO)
        verified += sum((kept.get(account, ZERO) for account in done), ZERO)
        reached += kept.get(Account.SUBMITTED, ZERO)
    return Point(owed=owed, done=verified, reached=verified + reached)


def _of_goals(sums: Iterable[dict[str, Decimal]], done: tuple[str, ...]) -> Point:
    """Count goals that stand, each as far as it is reached and no further."""
    count = verified = reached = Decimal(0)
    for kept in sums:
        wanted = kept.get(Account.OBLIGATION, ZERO)
        if wanted <= 0:
            continue
        is_done = sum((kept.get(account, ZERO) for account in done), ZERO)
        count += 1
        verified += _at_most_one(is_done / wanted)
        reached += _at_most_one((is_done + kept.get(Account.SUBMITTED, ZERO)) / wanted)
    return Point(owed=count, done=money.rounded(verified), reached=money.rounded(reached))


def _at_most_one(part: Decimal) -> Decimal:
    return min(Decimal(1), max(Decimal(0), part))
