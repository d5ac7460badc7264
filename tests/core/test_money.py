from decimal import Decimal
from fractions import Fraction

import pytest

from sroi_portal.core import money


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (0, 1, 0),
        (1, 2, 1),
        (3, 2, 2),
        (5, 2, 3),
        (4, 3, 1),
        (5, 3, 2),
        (-1, 2, -1),
        (-3, 2, -2),
        (-4, 3, -1),
    ],
)
def test_a_half_goes_away_from_zero(numerator, denominator, expected):
    assert money.half_up(numerator, denominator) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Decimal("13333.335"), "13333.34"),
        (Decimal("13333.3349"), "13333.33"),
        (Decimal("-0.005"), "-0.01"),
        (Fraction(40_000, 3), "13333.33"),
        (Fraction(1, 200), "0.01"),
        (7, "7.00"),
        (0, "0.00"),
    ],
)
def test_amounts_round_to_whole_cents(amount, expected):
    assert str(money.rounded(amount)) == expected


def test_an_amount_of_any_size_keeps_its_cents():
    assert str(money.from_hundredths(10**40 + 1)) == f"1{'0' * 38}.01"


def test_zero_is_written_as_money():
    assert str(money.ZERO) == "0.00"
