"""What outcomes are worth by a table of values: exact, explained, an estimate (E15, E16, R-356).

Pure: no database, no clock. It is never added to what social return counts for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sroi_portal.core import money

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Worth:
    """One row of the table: what one outcome is worth, and what is taken off, in per cent."""

    outcome: str
    value_eur: Decimal
    deadweight_pct: Decimal = Decimal(0)
    attribution_pct: Decimal = Decimal(0)
    displacement_pct: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """One line, step by step; the steps add up to what is left, to the cent."""

    outcome: str
    quantity: Decimal
    gross_eur: Decimal
    deadweight_eur: Decimal  # taken off
    attribution_eur: Decimal  # taken off what is left then
    displacement_eur: Decimal  # taken off what is left then
    net_eur: Decimal


def estimate(quantity: Decimal, worth: Worth) -> Estimate:
    """Multiply, then take off what came by itself, what is due to others and what was displaced.

    Each step is rounded from the exact amount, so that the steps sum to the cent.

    :raises ValueError: for a quantity or a value below zero, or a share that is no percentage.
    """
    shares = (worth.deadweight_pct, worth.attribution_pct, worth.displacement_pct)
    if quantity < 0 or worth.value_eur < 0 or not all(0 <= each <= WHOLE for each in shares):
        raise ValueError("A quantity and a value are not below zero, a share is 0 to 100")
    left = Fraction(quantity) * Fraction(worth.value_eur)
    amounts = [money.rounded(left)]
    for share in shares:
        left *= 1 - Fraction(share) / WHOLE
        amounts.append(money.rounded(left))
    gross, without_deadweight, without_others, net = amounts
    return Estimate(
        outcome=worth.outcome,
        quantity=quantity,
        gross_eur=gross,
        deadweight_eur=gross - without_deadweight,
        attribution_eur=without_deadweight - without_others,
        displacement_eur=without_others - net,
        net_eur=net,
    )


def total(estimates: Iterable[Estimate]) -> Decimal:
    """Add what is left of each line; the total is the sum of what is printed."""
    return sum((each.net_eur for each in estimates), money.ZERO)
