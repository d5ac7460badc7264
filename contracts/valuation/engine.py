"""One function that values a contribution, and explains it (R-001 to R-030)."""

from decimal import Decimal
from fractions import Fraction

from contracts.valuation import placements, purchases
from contracts.valuation.earned import Earned
from contracts.valuation.receipt import Receipt
from contracts.valuation.refusals import refusal
from contracts.valuation.results import Inputs, MonthAmount, Valuation
from contracts.valuation.stretches import mixed
from contracts.valuation.terms import NOTHING, Block, Bonus, Rounding, Terms, Work, exact, plain
from sroi_portal.core import money

WHOLE = Fraction(1)
WHOLE_PCT = Decimal(100)


def value(
    terms: Terms,
    block: Block,
    bonuses: tuple[Bonus, ...],
    work: Work,
    share_pct: Decimal = WHOLE_PCT,
) -> Valuation:
    """Value the share of a contribution that is claimed on one contract.

    It has an answer for whatever is given to it; refusing odd input is for the caller (R-023).
    """
    given = Inputs(terms, block, bonuses, work, share_pct)
    receipt = Receipt(terms.rounding)
    receipt.lines += (terms.opening, block.opening)
    if terms.rounding is Rounding.DOWN:
        receipt.say("round_down")
    refused = refusal(given)
    by_month: tuple[MonthAmount, ...] = ()
    if refused:
        receipt.lines.append(refused)
    elif block.unit.is_time:
        by_month = _value_time(given, receipt)
    else:
        by_month = _value_purchase(given, receipt)
    receipt.say("total", total_eur=str(receipt.total_eur))
    return Valuation(receipt.total_eur, by_month, tuple(receipt.lines), given)


def again(stored: Valuation) -> Valuation:
    """Compute a stored valuation once more from its own inputs, to compare to the cent."""
    given = stored.inputs
    return value(given.terms, given.block, given.bonuses, given.work, given.share_pct)


def _value_time(given: Inputs, receipt: Receipt) -> tuple[MonthAmount, ...]:
    share = _share(given)
    earned = placements.worth(given, share, receipt)
    _take_share(given, share, receipt)
    if receipt.steps > 1:
        _explain_sum(given, earned, receipt)
    _take_off_above_limit(given, receipt)
    return earned.by_month(share, receipt.cents)


def _explain_sum(given: Inputs, earned: Earned, receipt: Receipt) -> None:
    """Reckon the steps once more in one go: who rounds in between may end a cent beside it."""
    is_whole = exact(given.share_pct) >= exact(WHOLE_PCT) and not earned.once_eur
    receipt.say(
        "sum" if is_whole else "sum_once_share",
        rate_eur=str(money.rounded(earned.yearly_eur)),
        full_time_months=mixed(earned.counted.full_time_months),
        once_eur=str(money.rounded(earned.once_eur)),
        share_pct=plain(min(given.share_pct, WHOLE_PCT)),
        sum_eur=str(receipt.total_eur),
    )


def _value_purchase(given: Inputs, receipt: Receipt) -> tuple[MonthAmount, ...]:
    """Count a purchase, an activity or a fixed amount on its last day (R-024)."""
    share = _share(given)
    hours = purchases.worth(given, receipt)
    _take_share(given, share, receipt)
    _take_off_above_limit(given, receipt)
    month = given.work.ends_on.replace(day=1)
    return (MonthAmount(month, receipt.total_eur, money.rounded(hours * share), NOTHING, NOTHING),)


def _share(given: Inputs) -> Fraction:
    """Give the claimed part of the contribution, never more than the whole (R-021)."""
    share = exact(given.share_pct)
    if share.numerator >= 100 * share.denominator:
        return WHOLE
    return share / 100


def _take_share(given: Inputs, share: Fraction, receipt: Receipt) -> None:
    if given.share_pct > WHOLE_PCT:
        receipt.say("share_above_whole", share_pct=plain(given.share_pct))
    elif share is not WHOLE:
        less_eur = receipt.exact_eur * (share - 1)
        receipt.add("share", less_eur, share_pct=plain(given.share_pct))


def _take_off_above_limit(given: Inputs, receipt: Receipt) -> None:
    """Count no more than is left of what this kind may be of the obligation (R-029)."""
    if given.work.limit_left_eur is None:
        return
    over_eur = receipt.exact_eur - exact(given.work.limit_left_eur)
    if over_eur > 0:
        receipt.add(
            "limit" if given.block.limit_pct else "limit_left",
            -over_eur,
            limit_pct=plain(given.block.limit_pct),
            left_eur=plain(given.work.limit_left_eur),
        )
