"""Versions of an obligation beside each other: what each changed, and what is done of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from contracts.models import (
    BaseKind,
    Fulfilment,
    LedgerUnit,
    Obligation,
    ObligationCause,
    TurnoverReport,
)
from sroi_portal.core.money import half_up


@dataclass(frozen=True, slots=True)
class Version:
    """One version, and by how much it differs from the one before in the same unit."""

    obligation: Obligation
    difference: Decimal | None
    is_original: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """What a report of turnover said at first or later, until it was corrected."""

    version: Obligation
    amount_eur: Decimal


def versions(obligations: Sequence[Obligation]) -> list[Version]:
    """Set them beside each other, the newest first."""
    rows = []
    before: Obligation | None = None
    for each in obligations:
        is_same = before is not None and before.unit == each.unit
        rows.append(
            Version(
                obligation=each,
                difference=each.quantity - before.quantity if before and is_same else None,
                is_original=before is None,
                is_current=each is obligations[-1],
            )
        )
        before = each
    return rows[::-1]


def against_original(
    obligations: Sequence[Obligation], fulfilment: Fulfilment | None
) -> Decimal | None:
    """Tell which part of the first version is done; none of nothing, or in another unit."""
    if fulfilment is None or not obligations:
        return None
    first, last = obligations[0], obligations[-1]
    if first.unit != last.unit or first.quantity <= 0:
        return None
    done = fulfilment.done_eur if first.unit == LedgerUnit.EURO else fulfilment.own_done
    return None if done is None else part(done, first.quantity)


def part(done: Decimal, owed: Decimal) -> Decimal | None:
    """Give a percentage to one decimal, half up; none of nothing."""
    if owed <= 0:
        return None
    return Decimal(f"{half_up(1000 * int(done * 100), int(owed * 100))}E-1")


def amounts_of(report: TurnoverReport, obligations: Sequence[Obligation]) -> list[Amount]:
    """Tell what a report said, version after version: the old figure stays visible (A05)."""
    amount = Decimal("0.00")
    found = []
    for version, grown in _growth(obligations):
        if version.holds_from == report.ends_on:
            amount += grown
            found.append(Amount(version, amount))
    return found


def _growth(obligations: Sequence[Obligation]) -> Iterator[tuple[Obligation, Decimal]]:
    """Say by how much each report or correction made the turnover grow."""
    turnover = Decimal("0.00")
    for each in obligations:
        if each.base_kind == BaseKind.TURNOVER and each.base is not None:
            if each.cause == ObligationCause.TURNOVER:
                yield each, each.base - turnover
            turnover = each.base
