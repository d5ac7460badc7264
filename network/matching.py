"""Which offers and requests of suppliers fit each other, and why (N14).

It knows neither Django nor the clock: the same facts always give the same reasons.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

FITS = {
    "place": frozenset({"candidate", "path"}),
    "candidate": frozenset({"place", "path"}),
    "path": frozenset({"place", "candidate", "path"}),
}
HOURS_APART = Decimal(8)
PROVINCE = 4  # characters of its code


class Reason(StrEnum):
    """Why two fit; each is worth some points."""

    REGION = "region"
    PROVINCE = "province"
    CATEGORY = "category"
    FORM = "form"
    HOURS = "hours"
    DATES = "dates"


POINTS = {
    Reason.REGION: 4,
    Reason.PROVINCE: 3,
    Reason.CATEGORY: 3,
    Reason.FORM: 2,
    Reason.HOURS: 1,
    Reason.DATES: 1,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is offered or asked, as far as it can be compared."""

    kind: str
    region: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    category: int | None = None
    form: str = ""
    hours_per_week: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    points: int
    reasons: tuple[Reason, ...]


def fit(one: Wish, other: Wish) -> Fit | None:
    """Score two wishes; None when they do not complete each other at all."""
    if other.kind not in FITS[one.kind]:
        return None
    reasons = tuple(_reasons(one, other))
    return Fit(sum(POINTS[each] for each in reasons), reasons)


def best[T](wish: Wish, others: Iterable[tuple[T, Wish]], most: int) -> list[tuple[T, Fit]]:
    """Give those that fit best, with at least a place or a kind of work in common."""
    found = [(it, how) for it, other in others if (how := fit(wish, other)) and _counts(how)]
    return sorted(found, key=lambda each: -each[1].points)[:most]


def _counts(how: Fit) -> bool:
    weighty = {Reason.REGION, Reason.PROVINCE, Reason.CATEGORY}
    return not weighty.isdisjoint(how.reasons)


def _reasons(one: Wish, other: Wish) -> Iterable[Reason]:
    if len(one.region) > PROVINCE and one.region == other.region:
        yield Reason.REGION
    elif one.region[:PROVINCE] == other.region[:PROVINCE]:
        yield Reason.PROVINCE
    if one.category is not None and one.category == other.category:
        yield Reason.CATEGORY
    if one.form and one.form == other.form:
        yield Reason.FORM
    if _alike(one.hours_per_week, other.hours_per_week):
        yield Reason.HOURS
    if _meet(one, other):
        yield Reason.DATES


def _alike(one: Decimal | None, other: Decimal | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= HOURS_APART


def _meet(one: Wish, other: Wish) -> bool:
    """Whether both can go on at the same time."""
    first = max(one.starts_on, other.starts_on)
    return all(each.ends_on is None or each.ends_on >= first for each in (one, other))
