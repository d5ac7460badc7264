"""What work stands for where a contract owes hours, persons or full-time years (R-126)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from candidates.models import Placement, PlacementStatus, Share, ShareStatus
from contracts import ledger
from contracts.models import Account, LedgerUnit
from contracts.valuation import MonthAmount
from sroi_portal.core import money

MONTHS_A_YEAR = 12
ONE = Decimal(1)
TEN_THOUSANDTHS = 10_000
WAITING = (ShareStatus.SUBMITTED, ShareStatus.RETURNED, ShareStatus.OBJECTED)


def lines(place: tuple[int, str, str], months: Iterable[MonthAmount]) -> Iterator[ledger.Wanted]:
    """Say what months stand for: euros, and what the contract owes beside or instead of them.

    `place` is the contract, the account and the unit in which the contract owes something.
    """
    contract_id, account, unit = place
    months = list(months)
    for earned in months:
        if earned.amount_eur:
            yield ledger.Wanted(contract_id, account, earned.month, earned.amount_eur)
    for month, quantity in _own(unit, months):
        if quantity:
            yield ledger.Wanted(contract_id, account, month, quantity, unit)


def person(placement: Placement) -> Iterator[ledger.Wanted]:
    """Count the person once for the contract: planned, submitted or verified.

    The first placement of the person on the contract carries the line.
    """
    if not is_first(placement):
        return
    contract = placement.contract
    start = max(filter(None, (placement.starts_on, contract.starts_on)))
    account = _standing(placement)
    if account:
        month = ledger.month_of(start)
        yield ledger.Wanted(contract.pk, account, month, ONE, LedgerUnit.PERSON)


def is_first(placement: Placement) -> bool:
    return first_of_person(placement) == placement


def first_of_person(placement: Placement) -> Placement | None:
    """Find the placement that carries the person on this contract."""
    return _of_person(placement).order_by("pk").first()


def _of_person(placement: Placement) -> QuerySet[Placement]:
    return Placement.objects.filter(
        candidate=placement.candidate_id, contract=placement.contract_id
    ).exclude(status=PlacementStatus.WITHDRAWN)


def _standing(placement: Placement) -> str | None:
    statuses = set(
        Share.objects.filter(
            contribution__placement__in=_of_person(placement), contract=placement.contract_id
        ).values_list("status", flat=True)
    )
    if ShareStatus.VERIFIED in statuses:
        return Account.VERIFIED
    if statuses & set(WAITING):
        return Account.SUBMITTED
    if ShareStatus.UNCHECKED in statuses:
        return Account.UNCHECKED
    running = _of_person(placement).exclude(status=PlacementStatus.ENDED)
    is_open = placement.contract.accepts_contributions
    return Account.PLANNED if is_open and running.exists() else None


def _own(unit: str, months: list[MonthAmount]) -> Iterator[tuple[dt.date, Decimal]]:
    if unit == LedgerUnit.HOUR:
        yield from ((earned.month, earned.hours) for earned in months)
    elif unit == LedgerUnit.FTE_YEAR:
        total, told = Fraction(0), 0
        for earned in months:
            total += earned.part / MONTHS_A_YEAR
            whole = money.half_up(total.numerator * TEN_THOUSANDTHS, total.denominator)
            yield earned.month, Decimal(whole - told).scaleb(-4)
            told = whole
