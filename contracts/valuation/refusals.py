"""Why work does not count at all (R-019, R-020, R-023)."""

import datetime as dt

from contracts.valuation.results import Inputs, Line
from contracts.valuation.terms import (
    Block,
    BracketChange,
    BracketEdge,
    Terms,
    Work,
    exact,
    months_before,
)


def refusal(given: Inputs) -> Line | None:
    """Give the first reason why nothing counts (R-023)."""
    block, work = given.block, given.work
    if not exact(given.share_pct):
        return Line("no_share", {})
    if work.ends_on < work.starts_on:
        return _dates("dates_reversed", starts_on=work.starts_on, ends_on=work.ends_on)
    contract_on = work.contract_starts_on
    if contract_on is not None and work.ends_on < contract_on:
        return _dates("ended_before_contract", ends_on=work.ends_on, contract_on=contract_on)
    return (
        _started_too_early(given.terms, block, work)
        or _same_employer(block, work)
        or _other_bracket(given.terms, block, work)
        or _no_certificate(block, work)
    )


def _started_too_early(terms: Terms, block: Block, work: Work) -> Line | None:
    """Refuse who was employed too long before the contract (R-019)."""
    if block.look_back_months is None or work.contract_starts_on is None:
        return None
    if block.counts_always and not terms.look_back_always:
        return None
    started_on = work.employment_started_on or work.starts_on
    first_on = months_before(work.contract_starts_on, block.look_back_months)
    if started_on >= first_on:
        return None
    months = str(block.look_back_months)
    return _dates("look_back", look_back_months=months, started_on=started_on, first_on=first_on)


def _same_employer(block: Block, work: Work) -> Line | None:
    """Refuse who worked for the same employer shortly before (R-020)."""
    ended_on = work.previous_employment_ended_on
    if block.same_employer_months is None or ended_on is None:
        return None
    started_on = work.employment_started_on or work.starts_on
    if ended_on <= months_before(started_on, block.same_employer_months):
        return None
    months = str(block.same_employer_months)
    return _dates("same_employer", apart_months=months, ended_on=ended_on, started_on=started_on)


def _other_bracket(terms: Terms, block: Block, work: Work) -> Line | None:
    """Refuse whose benefit lasted shorter or longer at the start than the row is for (R-032)."""
    if work.benefit_months is None or terms.bracket_change is BracketChange.SPLIT:
        return None
    # An edge counts as the first month of the longer row, or as the last of the shorter one.
    edge = 1 if terms.bracket_edge is BracketEdge.SHORTER else 0
    begin, end = block.benefit_from_months, block.benefit_until_months
    if begin is not None and work.benefit_months < begin + edge:
        return Line("bracket_shorter", _months(work.benefit_months, begin))
    if end is not None and work.benefit_months >= end + edge:
        return Line("bracket_longer", _months(work.benefit_months, end))
    return None


def _no_certificate(block: Block, work: Work) -> Line | None:
    """Refuse who does not hold what the row asks on the day of the invoice (R-044)."""
    if not block.certificate or block.certificate in work.certificates:
        return None
    return _dates("certificate", certificate=block.certificate, ends_on=work.ends_on)


def _months(benefit: int, edge: int) -> dict[str, str]:
    return {"benefit_months": str(max(benefit, 0)), "edge_months": str(edge)}


def _dates(code: str, **numbers: dt.date | str) -> Line:
    return Line(code, {name: str(number) for name, number in numbers.items()})
