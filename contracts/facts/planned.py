"""What a line of a plan would be worth by the contract's own table (R-193)."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from contracts import valuation
from contracts.models import Block, Contract, PlanUnit
from contracts.valuation import HoursPeriod, Unit, Work
from sroi_portal.core import money

COUNTED_IN = {
    Unit.FULL_TIME_YEAR: PlanUnit.JOB,
    Unit.MONTH: PlanUnit.JOB,
    Unit.LEARNING_YEAR: PlanUnit.JOB,
    Unit.HOUR: PlanUnit.HOUR,
    Unit.DAY: PlanUnit.DAY,
    Unit.FLAT: PlanUnit.TIMES,
    Unit.INVOICE_SHARE: PlanUnit.EURO,
    Unit.ACTUAL_COST: PlanUnit.EURO,
    Unit.AGREED: PlanUnit.EURO,
}


def counted_in(block: Block) -> PlanUnit:
    """Give the unit in which a row asks its quantity."""
    return COUNTED_IN[Unit(block.unit)]


def proposed_eur(
    contract: Contract, block: Block, quantity: Decimal, period: tuple[dt.date, dt.date]
) -> Decimal:
    """Value a line as if it were done as planned, for people nobody knows yet.

    A job counts full time, for one person, times the number of jobs; bonuses and what was used
    before are facts of a person, and stay out.
    """
    table, row = block.table.as_terms(), block.as_terms()
    work = Work(
        starts_on=period[0],
        ends_on=period[1],
        employment_started_on=period[0],
        contract_starts_on=contract.starts_on,
        certificates=frozenset({row.certificate} - {""}),
    )
    unit = counted_in(block)
    if unit == PlanUnit.JOB:
        hours = (HoursPeriod(period[0], period[1], table.norm[0]),)
        one = valuation.value(table, row, (), replace(work, periods=hours))
        return money.rounded(one.total_eur * quantity)
    if unit == PlanUnit.EURO:
        asked = replace(work, amount_eur=quantity)
    else:
        asked = replace(work, quantity=quantity)
    return valuation.value(table, row, (), asked).total_eur
