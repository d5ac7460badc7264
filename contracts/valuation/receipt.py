"""The lines of a valuation, with amounts that sum to the total to the cent (R-022)."""

from decimal import Decimal
from fractions import Fraction

from contracts.valuation.results import Line
from contracts.valuation.terms import NOTHING, Rounding
from sroi_portal.core import money


class Receipt:
    """Lines in the order in which they are reckoned; rounded only in what is shown (R-001)."""

    def __init__(self, rounding: Rounding = Rounding.HALF_UP) -> None:
        self.to_cents = money.down_to_cents if rounding is Rounding.DOWN else money.to_cents
        self.lines: list[Line] = []
        self.steps = 0
        self.exact_eur = NOTHING
        self.cents = 0

    def say(self, code: str, **numbers: str) -> None:
        """Explain without an amount."""
        self.lines.append(Line(code, numbers))

    def add(self, code: str, change_eur: Fraction, **numbers: str) -> None:
        """Explain what is added or taken off; the shown amounts round as a running sum."""
        self.exact_eur = self.exact_eur + change_eur if self.steps else change_eur
        self.steps += 1
        cents = self.to_cents(self.exact_eur)
        self.lines.append(Line(code, numbers, money.from_hundredths(cents - self.cents)))
        self.cents = cents

    @property
    def total_eur(self) -> Decimal:
        return money.from_hundredths(self.cents)
