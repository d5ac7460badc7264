"""What fits a tender: reserve it, a lot, a clause, partnerships or nothing (R-364, N02).

Pure: offers of social enterprises and thresholds go in, an advice with its counts comes out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

MONTHS_A_YEAR = 12
COUNTRY = "NL"


class Advised(StrEnum):
    WHOLE = "whole"
    LOT = "lot"
    PARTNERSHIPS = "partnerships"
    CLAUSE = "clause"
    NOTHING = "nothing"


class Because(StrEnum):
    ENOUGH_FOR_WHOLE = "enough_for_whole"
    TOO_FEW_FOR_WHOLE = "too_few_for_whole"
    ENOUGH_FOR_LOT = "enough_for_lot"
    ENOUGH_FOR_PART = "enough_for_part"
    TOO_FEW_FOR_LOT = "too_few_for_lot"
    SMALL = "small"
    SHORT = "short"
    LITTLE_LABOUR = "little_labour"
    PARTNERS_NEAR = "partners_near"
    NOBODY_NEAR = "nobody_near"


@dataclass(frozen=True, slots=True)
class Terms:
    """The thresholds, and how the share of a social enterprise is read."""

    least_share_pct: Decimal = Decimal(30)
    share_is_above: bool = False  # "more than", as against the law's "at least"
    fewest_for_whole: int = 3
    fewest_for_lot: int = 3
    fewest_for_partnership: int = 1
    part_pct: Decimal = Decimal(20)  # what a lot could be of a tender without lots
    least_labour_pct: Decimal = Decimal(30)
    least_value_eur: Decimal = Decimal(250_000)
    least_months: int = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """What one social enterprise does and where; `is_fit` when its share was shown."""

    supplier: int
    division: str
    region: str
    largest_eur: Decimal | None  # a year
    is_fit: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A tender, a lot of it, or a part that could be a lot."""

    name: str
    division: str
    region: str
    value_eur: Decimal
    months: int

    @property
    def yearly_eur(self) -> Decimal:
        """What is to be done in a year; all of it when the term is shorter."""
        return self.value_eur * MONTHS_A_YEAR / max(self.months, MONTHS_A_YEAR)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many social enterprises: each number is part of the one before."""

    known: int  # do this kind of work
    near: int  # in this region
    fit: int  # for whom it may be reserved
    able: int  # who can carry it


@dataclass(frozen=True, slots=True)
class Reason:
    because: Because
    part: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Advice:
    advised: Advised
    counted: Counted  # of the whole
    reasons: tuple[Reason, ...]
    lot: str = ""


def count(part: Part, offers: Iterable[Offer]) -> Counted:
    """Count each enterprise once, however much it offers."""
    known = [offer for offer in offers if offer.division == part.division]
    near = [offer for offer in known if is_near(offer.region, part.region)]
    fit = [offer for offer in near if offer.is_fit]
    able = [
        offer
        for offer in fit
        if offer.largest_eur is not None and offer.largest_eur >= part.yearly_eur
    ]
    return Counted(*(len({offer.supplier for offer in each}) for each in (known, near, fit, able)))


def is_near(offered: str, wanted: str) -> bool:
    """One of the two lies within the other; without a region everything is near."""
    return not wanted or wanted.startswith(offered) or offered.startswith(wanted)


def is_enough(share_pct: Decimal, terms: Terms) -> bool:
    """Read the share of article 2.82 as the law does, or stricter (R-366)."""
    least = terms.least_share_pct
    return share_pct > least if terms.share_is_above else share_pct >= least


def advise(
    whole: Part,
    lots: Sequence[Part],
    *,
    labour_pct: Decimal,
    offers: Sequence[Offer],
    terms: Terms,
) -> Advice:
    """Take the first that fits: the whole, a lot, partnerships, a clause; or nothing."""
    counted = count(whole, offers)
    if counted.able >= terms.fewest_for_whole:
        reason = Reason(Because.ENOUGH_FOR_WHOLE, count=counted.able)
        return Advice(Advised.WHOLE, counted, (reason,))
    told = [Reason(Because.TOO_FEW_FOR_WHOLE, count=counted.able)]
    found = _lot(whole, lots, offers, terms)
    if found.because in {Because.ENOUGH_FOR_LOT, Because.ENOUGH_FOR_PART}:
        return Advice(Advised.LOT, counted, (*told, found), found.part)
    told.append(found)
    hindrances = _hindrances(whole, labour_pct, terms)
    if hindrances:
        return Advice(Advised.NOTHING, counted, (*told, *hindrances))
    if counted.near >= terms.fewest_for_partnership:
        near = Reason(Because.PARTNERS_NEAR, count=counted.near)
        return Advice(Advised.PARTNERSHIPS, counted, (*told, near))
    nobody = Reason(Because.NOBODY_NEAR, count=counted.near)
    return Advice(Advised.CLAUSE, counted, (*told, nobody))


def _lot(whole: Part, lots: Sequence[Part], offers: Sequence[Offer], terms: Terms) -> Reason:
    """Find the lot that most enterprises can carry; of a tender without lots, a part of it."""
    part = replace(whole, name="", value_eur=whole.value_eur * terms.part_pct / 100)
    able = [(count(each, offers).able, each.name) for each in lots or (part,)]
    most, name = max(able, key=lambda each: each[0])
    if most < terms.fewest_for_lot:
        return Reason(Because.TOO_FEW_FOR_LOT, count=most)
    because = Because.ENOUGH_FOR_LOT if lots else Because.ENOUGH_FOR_PART
    return Reason(because, part=name, count=most)


def _hindrances(whole: Part, labour_pct: Decimal, terms: Terms) -> list[Reason]:
    """Say why asking something would be out of proportion."""
    return [
        Reason(because)
        for because, is_so in (
            (Because.SMALL, whole.value_eur < terms.least_value_eur),
            (Because.SHORT, whole.months < terms.least_months),
            (Because.LITTLE_LABOUR, labour_pct < terms.least_labour_pct),
        )
        if is_so
    ]
