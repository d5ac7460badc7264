"""Exact amounts: whole cents, half up (R-001)."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

ZERO = Decimal("0.00")


def half_up(numerator: int, denominator: int) -> int:
    """Round a quotient to the nearest whole number, a half away from zero (R-001)."""
    if numerator < 0:
        return -((denominator - 2 * numerator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


@lru_cache(maxsize=4096)
def from_hundredths(hundredths: int) -> Decimal:
    """Write cents as euros, or hundredths of an hour as hours, however large."""
    return Decimal(f"{hundredths}E-2")


def to_cents(amount_eur: Decimal | Fraction | int) -> int:
    numerator, denominator = amount_eur.as_integer_ratio()
    return half_up(100 * numerator, denominator)


def down_to_cents(amount_eur: Decimal | Fraction | int) -> int:
    numerator, denominator = amount_eur.as_integer_ratio()
    return 100 * numerator // denominator


def rounded(amount_eur: Decimal | Fraction | int) -> Decimal:
    """Round to whole cents, half up (R-001)."""
    return from_hundredths(to_cents(amount_eur))
