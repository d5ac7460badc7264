"""Exact amounts: whole cents, half up, and months that sum to the total (R-001, R-002)."""

from decimal import Decimal
from fractions import Fraction

ZERO = Decimal("0.00")


def half_up(numerator: int | Fraction, denominator: int = 1) -> int:
    """Round a quotient to the nearest whole number, a half away from zero (R-001)."""
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def from_hundredths(hundredths: int) -> Decimal:
    """Write a number of cents as euros, however large, with two decimals."""
    return Decimal(f"{hundredths}E-2")


def to_cents(amount_eur: Decimal | Fraction | int) -> int:
    return half_up(Fraction(amount_eur) * 100)


def rounded(amount_eur: Decimal | Fraction | int) -> Decimal:
    """Round to whole cents, half up (R-001)."""
    return from_hundredths(to_cents(amount_eur))
