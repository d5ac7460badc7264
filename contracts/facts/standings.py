"""How a contract stands in the unit that steers it: euros, hours, persons, years or goals."""

from dataclasses import dataclass
from decimal import Decimal

from contracts.models import Fulfilment, LedgerUnit
from sroi_portal.core import money
from sroi_portal.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Standing:
    """What is owed and what is done, in one unit; goals count as far as each is reached (R-105)."""

    unit: str
    owed: Decimal
    done: Decimal
    submitted: Decimal
    planned: Decimal
    expected: Decimal
    carried: Decimal = ZERO  # over, to or from another contract; part of what is done

    @property
    def in_goals(self) -> bool:
        return self.unit == LedgerUnit.OWN

    @property
    def reached(self) -> Decimal:
        return self.done + self.submitted

    @property
    def with_planned(self) -> Decimal:
        return self.reached + self.planned

    @property
    def gap(self) -> Decimal:
        """How much less is reached than was to be expected."""
        return max(self.expected - self.reached, ZERO)


def standing(fulfilment: Fulfilment, part: Decimal) -> Standing | None:
    """Read it from the figures; `part` of what is owed was to be expected. None of nothing."""
    if fulfilment.owed_eur > 0:
        return Standing(
            unit=LedgerUnit.EURO,
            owed=fulfilment.owed_eur,
            done=fulfilment.done_eur,
            submitted=fulfilment.submitted_eur,
            planned=fulfilment.planned_eur,
            expected=fulfilment.expected_eur,
            carried=fulfilment.carried_eur,
        )
    if not fulfilment.own_owed:
        return None
    return Standing(
        unit=fulfilment.own_unit,
        owed=fulfilment.own_owed,
        done=fulfilment.own_done or ZERO,
        submitted=fulfilment.own_submitted or ZERO,
        planned=fulfilment.own_planned or ZERO,
        expected=money.rounded(fulfilment.own_owed * part),
    )
