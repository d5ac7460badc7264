"""Why work does not count at all (R-019, R-020, R-023)."""

import datetime as dt
from calendar import monthrange

from contracts.valuation.results import Inputs, Line
from contracts.valuation.terms import Block, Work, exact

_FIRST_MONTH = 12
_LAST_MONTH = 9999 * 12 + 11


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
    return _started_too_early(block, work) or _same_employer(block, work)


def _started_too_early(block: Block, work: Work) -> Line | None:
    """Refuse who was employed too long before the contract; never an "always" row (R-019)."""
    if block.look_back_months is None or block.counts_always or work.contract_starts_on is None:
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


def months_before(day: dt.date, months: int) -> dt.date:
    """Go back whole months, to the last day of a shorter month, within the calendar."""
    index = min(max(day.year * 12 + day.month - 1 - months, _FIRST_MONTH), _LAST_MONTH)
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _dates(code: str, **numbers: dt.date | str) -> Line:
    return Line(code, {name: str(number) for name, number in numbers.items()})
