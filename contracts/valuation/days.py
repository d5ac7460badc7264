"""Which days may count: on the contract, within the cap, within the bracket (R-010, R-035, R-036)."""

import datetime as dt

from contracts.valuation.limits import most_months
from contracts.valuation.receipt import Receipt
from contracts.valuation.results import Inputs
from contracts.valuation.terms import (
    BracketChange,
    BracketEdge,
    CapStarts,
    Work,
    iso,
    months_before,
)


def that_count(given: Inputs, receipt: Receipt) -> tuple[int, int]:
    """Give the first and the last day that may count, as ordinals; say why others do not."""
    work = given.work
    first, last = work.starts_on.toordinal(), work.ends_on.toordinal()
    if work.contract_starts_on is not None and work.starts_on < work.contract_starts_on:
        first = work.contract_starts_on.toordinal()
        receipt.say(
            "before_contract",
            starts_on=iso(work.starts_on),
            contract_on=iso(work.contract_starts_on),
        )
    if given.terms.cap_starts is CapStarts.EMPLOYMENT:
        last = min(last, _end_of_cap(given, receipt))
    if given.terms.bracket_change is BracketChange.SPLIT and work.benefit_months is not None:
        begin, end = _bracket(given, work.benefit_months)
        if first < begin or last > end:
            first, last = max(first, begin), min(last, end)
            receipt.say("bracket_days", benefit_months=str(work.benefit_months))
    return first, last


def employed_on(work: Work) -> dt.date:
    return work.employment_started_on or work.starts_on


def _end_of_cap(given: Inputs, receipt: Receipt) -> int:
    """Find the last day of a cap that runs from the start of the employment (R-035)."""
    most = most_months(given)
    if most is None:
        return given.work.ends_on.toordinal()
    started_on = employed_on(given.work)
    ended_on = months_before(started_on, -most)
    receipt.say("cap_from_employment", started_on=iso(started_on), ended_on=iso(ended_on))
    return ended_on.toordinal() - 1


def _bracket(given: Inputs, benefit_months: int) -> tuple[int, int]:
    """Find the days on which the benefit lasts as long as the row asks (R-036)."""
    started_on, block = employed_on(given.work), given.block
    begin, end = dt.date.min.toordinal(), dt.date.max.toordinal()
    is_later = given.terms.bracket_edge is BracketEdge.SHORTER
    if block.benefit_from_months is not None:
        edge_on = months_before(started_on, benefit_months - block.benefit_from_months)
        begin = edge_on.toordinal() + is_later
    if block.benefit_until_months is not None:
        edge_on = months_before(started_on, benefit_months - block.benefit_until_months)
        end = edge_on.toordinal() + is_later - 1
    return begin, end
