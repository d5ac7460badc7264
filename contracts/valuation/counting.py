"""How much of each calendar month counts: norm, minimum, room and cap (R-007 to R-014)."""

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from contracts.valuation.results import Inputs
from contracts.valuation.stretches import TICKS, Piece, Stretch, pieces
from contracts.valuation.terms import NOTHING, Block, CapCounts, PartMonths, Work, exact

type Exact = int | Fraction


class Scale(NamedTuple):
    """What the whole numbers below stand for: an hour in parts, and the norm in those parts."""

    parts: int
    norm: int

    def full_time_months(self, value: Exact) -> Fraction:
        return Fraction(value, self.norm * TICKS)


class Weighed(NamedTuple):
    """A stretch: its hours, what they weigh in the value and what they take of the norm."""

    stretch: Stretch
    pieces: list[Piece]
    hours: int
    weight: int
    load: int


@dataclass(slots=True)
class Counted:
    """What counts in one month; value and load in ticks times parts of an hour."""

    month_on: dt.date
    value: Exact = 0
    load: Exact = 0
    hours: Exact = 0
    ticks: Exact = 0


@dataclass(slots=True)
class Count:
    """What is claimed, what lacks room or is above the cap (in full-time months), and the rest."""

    scale: Scale
    claimed: list[tuple[Weighed, Fraction]] = field(default_factory=list)
    over_room: dict[dt.date, Fraction] = field(default_factory=dict)
    over_cap: Fraction = NOTHING
    months: list[Counted] = field(default_factory=list)

    def month(self, month_on: dt.date) -> Counted:
        if not self.months or self.months[-1].month_on != month_on:
            self.months.append(Counted(month_on))
        return self.months[-1]


class Cap:
    """What is left of a counting cap, used up from the first day on (R-011, R-012)."""

    def __init__(self, given: Inputs, scale: Scale, share: Fraction) -> None:
        left = months_left(given.block, given.work)
        self.left = None if left is None else whole(left * TICKS)
        self.by_hours = given.terms.cap_counts is CapCounts.HOURS
        self.per_load = share / scale.norm if self.by_hours else share
        self.counted = {
            month_on: min(whole(exact(part) * TICKS), TICKS)
            for month_on, part in given.work.months_counted.items()
        }

    def keep(self, piece: Piece, load: Exact) -> tuple[Exact, Exact]:
        """Say which part of a piece counts, and how much of a month it newly takes."""
        month_on = piece.month.first_on
        before = self.counted.get(month_on, 0)
        new: Exact = min(piece.ticks, TICKS - before)
        kept: Exact = 1
        if self.left is not None:
            full: Exact = load * piece.ticks * self.per_load if self.by_hours else piece.ticks
            asked = full if self.by_hours else new
            over = max(asked - self.left, 0)
            self.left -= asked - over
            if over:
                kept = 1 - Fraction(over) / full
                new = max(new - piece.ticks * (1 - kept), 0)
        self.counted[month_on] = before + new
        return kept, new


def whole(number: Fraction) -> Exact:
    """Prefer a whole number: sums of those are many times faster."""
    return number.numerator if number.denominator == 1 else number


def months_left(block: Block, work: Work) -> Fraction | None:
    """Give the months that still count for this candidate; none means no cap (R-011)."""
    if block.counts_max_months is None or block.counts_always:
        return None
    return max(block.counts_max_months - exact(work.months_used), NOTHING)


def weigh(stretches: list[Stretch], given: Inputs) -> tuple[Scale, list[Weighed]]:
    """Weigh hours against the norm: never above it, nothing below the minimum (R-007 to R-009)."""
    norm = exact(given.terms.norm[0])
    minimum = exact(given.block.minimum_hours_per_week)
    hours = [exact(stretch.hours_per_week) for stretch in stretches]
    parts = lcm(norm.denominator, *(each.denominator for each in hours))
    full = int(norm * parts)
    weighed = []
    for stretch, each in zip(stretches, hours, strict=True):
        worked = int(each * parts)
        load = min(worked, full) if each >= minimum else 0
        weight = full if load and not given.block.prorata_hours else load
        weighed.append(Weighed(stretch, pieces(stretch), worked, weight, load))
    return Scale(parts, full), weighed


def count(stretches: list[Stretch], given: Inputs, share: Fraction) -> Count:
    """Go through the months in order, and give each what room and cap leave (R-011 to R-014)."""
    scale, weighed = weigh(stretches, given)
    result = Count(scale)
    cap = Cap(given, scale, share)
    room = _room_ratios(given.work, scale, weighed, share)
    by_year = given.terms.part_months is PartMonths.YEAR_DAYS
    for each in weighed:
        claimed = 0
        for piece in each.pieces if each.load else ():
            ticks = 12 * TICKS * piece.days // piece.month.year_days if by_year else piece.ticks
            value = each.weight * ticks
            claimed += value
            ratio = room.get(piece.month.first_on, 1) if room else 1
            _count_piece(result, cap, (each, piece, value), ratio)
        result.claimed.append((each, scale.full_time_months(claimed)))
    return result


def _count_piece(result: Count, cap: Cap, claim: tuple[Weighed, Piece, int], ratio: Exact) -> None:
    weighed, piece, value = claim
    month_on = piece.month.first_on
    if ratio != 1:
        lost = result.scale.full_time_months(value * (1 - ratio))
        result.over_room[month_on] = result.over_room.get(month_on, NOTHING) + lost
    if not ratio:
        return
    kept, ticks = cap.keep(piece, weighed.load * ratio)
    if kept != 1:
        result.over_cap += result.scale.full_time_months(value * ratio * (1 - kept))
    part = ratio * kept
    if part:
        month = result.month(month_on)
        month.value += value * part
        month.load += weighed.load * piece.ticks * part
        month.hours += weighed.hours * piece.days * part
        month.ticks += ticks


def _room_ratios(
    work: Work, scale: Scale, weighed: list[Weighed], share: Fraction
) -> dict[dt.date, Fraction]:
    """Give the part of each month's work that fits beside other work of the candidate (R-013)."""
    asked: dict[dt.date, int] = {}
    for each in weighed if work.room else ():
        for piece in each.pieces:
            month_on = piece.month.first_on
            asked[month_on] = asked.get(month_on, 0) + each.load * piece.ticks
    ratios = {}
    for month_on, load in asked.items():
        room = exact(work.room.get(month_on, Fraction(1)))
        norm = scale.full_time_months(load) * share
        if norm > room:
            ratios[month_on] = room / norm
    return ratios
