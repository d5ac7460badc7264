"""Quarters of a contract, joined until no single contribution can be read off (R-152)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from reports.facts.kinds import Period
from reports.facts.sums import QuarterOfSource
from sroi_portal.core import quarters
from sroi_portal.core.money import ZERO

FEWEST = 3  # contributions behind every amount that stands for a part of the contract


type Days = tuple[dt.date, dt.date]


def joined(rows: Sequence[QuarterOfSource], *, within: Days | None = None) -> tuple[Period, ...]:
    """Join quarters until each period rests on enough contributions; the last may not stand alone.

    Days before the contract began and after the cut-off fall away from the first and last.
    """
    parts = _parts(rows)
    if len(parts) > 1 and len(_sources(parts[-1])) < FEWEST:
        last = parts.pop()
        parts[-1] = [*parts[-1], *last]
    periods: list[Period] = []
    for part in parts:
        periods.append(_period(part, after=periods[-1] if periods else None))
    if periods and within:
        first_day, last_day = within
        if first_day <= periods[0].ends_on:
            periods[0] = replace(periods[0], starts_on=max(first_day, periods[0].starts_on))
        if last_day >= periods[-1].starts_on:
            periods[-1] = replace(periods[-1], ends_on=min(last_day, periods[-1].ends_on))
    return tuple(periods)


def _parts(rows: Sequence[QuarterOfSource]) -> list[list[QuarterOfSource]]:
    parts: list[list[QuarterOfSource]] = []
    waiting: list[QuarterOfSource] = []
    for _quarter, found in groupby(rows, key=lambda row: row.quarter):
        waiting += found
        if len(_sources(waiting)) >= FEWEST:
            parts.append(waiting)
            waiting = []
    return [*parts, waiting] if waiting else parts


def _sources(rows: Iterable[QuarterOfSource]) -> set[UUID]:
    return {row.source_uuid for row in rows}


def _period(rows: Sequence[QuarterOfSource], *, after: Period | None) -> Period:
    verified = _total(row.verified_eur for row in rows)
    submitted = _total(row.submitted_eur for row in rows)
    return Period(
        starts_on=after.ends_on + dt.timedelta(days=1) if after else rows[0].quarter,
        ends_on=quarters.last_day(rows[-1].quarter),
        verified_eur=verified,
        submitted_eur=submitted,
        unchecked_eur=_total(row.unchecked_eur for row in rows),
        verified_so_far_eur=verified + (after.verified_so_far_eur if after else ZERO),
        submitted_so_far_eur=submitted + (after.submitted_so_far_eur if after else ZERO),
    )


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
