"""The worth of what is not time: hours and days of activity, invoices, costs (R-024 to R-028)."""

from decimal import Decimal
from fractions import Fraction

from contracts.valuation.receipt import Receipt
from contracts.valuation.results import Inputs
from contracts.valuation.terms import Block, Unit, Work, exact, plain

PRICED = frozenset({Unit.HOUR, Unit.DAY, Unit.FLAT})
ONE = Decimal(1)


def worth(given: Inputs, receipt: Receipt) -> Fraction:
    """Explain and reckon what was done, and give the hours worked."""
    block, work = given.block, given.work
    if block.unit in PRICED:
        _add_priced(block, work, receipt)
    else:
        _add_claimed(block, work, receipt)
    _take_off_above_daily_max(block, work, receipt)
    return exact(work.quantity) if block.unit is Unit.HOUR else Fraction(0)


def _add_priced(block: Block, work: Work, receipt: Receipt) -> None:
    """Reckon hours, days or pieces at their price; where less is claimed, less counts (R-025)."""
    quantity = ONE if block.unit is Unit.FLAT and work.quantity is None else work.quantity
    worth_eur = exact(quantity) * exact(block.value_eur)
    receipt.add(
        f"priced_{block.unit}",
        worth_eur,
        quantity=plain(quantity),
        value_eur=plain(block.value_eur),
    )
    if work.amount_eur is not None and exact(work.amount_eur) < worth_eur:
        less_eur = exact(work.amount_eur) - worth_eur
        receipt.add("claimed_lower", less_eur, claimed_eur=plain(work.amount_eur))


def _add_claimed(block: Block, work: Work, receipt: Receipt) -> None:
    """Take an amount without VAT, and of that the percentage that is recognised (R-026, R-027)."""
    amount_eur = exact(work.amount_eur)
    receipt.add(f"claimed_{block.unit}", amount_eur, claimed_eur=plain(work.amount_eur))
    vat = exact(work.vat_pct) / 100
    if vat:
        receipt.add("vat", -receipt.exact_eur * vat / (1 + vat), vat_pct=plain(work.vat_pct))
    recognised = min(exact(block.recognition_pct) / 100, Fraction(1))
    if recognised < 1:
        receipt.add(
            "recognition",
            receipt.exact_eur * (recognised - 1),
            recognition_pct=plain(block.recognition_pct),
        )


def _take_off_above_daily_max(block: Block, work: Work, receipt: Receipt) -> None:
    """Count no more for a day than the row allows; without a number of days, one day (R-028)."""
    if block.daily_max_eur is None:
        return
    days = work.quantity if block.unit is Unit.DAY else work.days
    days = ONE if days is None else days
    over_eur = receipt.exact_eur - exact(block.daily_max_eur) * exact(days)
    if over_eur > 0:
        receipt.add(
            "daily_max", -over_eur, days=plain(days), daily_max_eur=plain(block.daily_max_eur)
        )
