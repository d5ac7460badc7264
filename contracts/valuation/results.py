"""What a valuation says: the amount, its months, and the lines that explain it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, Self

from contracts.valuation import codec
from contracts.valuation.lines import Line
from contracts.valuation.terms import Block, Bonus, Terms, Work

__all__ = ["RULES_VERSION", "Inputs", "Line", "MonthAmount", "Valuation"]

RULES_VERSION = 1


class MonthAmount(NamedTuple):
    """What was earned in a calendar month, and what that used up.

    `part` is the share of the monthly norm (R-013), `months` what counts against a cap (R-011).
    """

    month: dt.date
    amount_eur: Decimal
    hours: Decimal
    part: Fraction
    months: Fraction


class Inputs(NamedTuple):
    """What went in, kept beside what came out, so that it can be computed again (R-030)."""

    terms: Terms
    block: Block
    bonuses: tuple[Bonus, ...]
    work: Work
    share_pct: Decimal


@dataclass(frozen=True, slots=True)
class Valuation:
    """The worth of a contribution for one contract, explained."""

    total_eur: Decimal
    by_month: tuple[MonthAmount, ...]
    lines: tuple[Line, ...]
    inputs: Inputs
    rules_version: int = RULES_VERSION

    @property
    def bonuses_given(self) -> frozenset[str]:
        """Name the bonuses that were given whole: for one person they count once (R-018)."""
        once = (line for line in self.lines if line.code == "bonus_once")
        return frozenset(line.numbers.get("bonus_code", "") for line in once)

    def as_json(self) -> dict[str, Any]:
        written: dict[str, Any] = codec.encode(self)
        return written

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        read: Self = codec.decode(cls, data)
        return read
