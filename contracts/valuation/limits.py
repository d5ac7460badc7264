"""What limits the months that count: room beside other work, and a cap (R-011 to R-014)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from contracts.valuation.results import Inputs
from contracts.valuation.stretches import TICKS, Piece
from contracts.valuation.terms import NOTHING, CapCounts, NormOver, RowCap, exact

type Exact = int | Fraction
type Loads = Sequence[tuple[int, list[Piece]]]


class Limits:
    """Give each piece, in order of days, what room and cap leave; remember what they do not.

    A month that counts elsewhere already uses no second month of a cap (R-014).
    """

    def __init__(self, given: Inputs, loads: Loads, norm: Fraction) -> None:
        left = months_left(given)
        self.left: Exact | None = None if left is None else _whole(left * TICKS)
        self.by_hours = given.terms.cap_counts is CapCounts.HOURS
        self.norm = norm
        self.room = room_of(given)
        self.fits = _fits(self.room, loads, norm * TICKS)
        self.counted: dict[dt.date, Exact] = {
            month_on: min(_whole(exact(part) * TICKS), TICKS)
            for month_on, part in given.work.months_counted.items()
        }
        self.over_room: dict[dt.date, Exact] = {}
        self.over_cap: Exact = 0

    def allow(self, piece: Piece, load: int, value: int) -> tuple[Exact, Exact]:
        """Say which part of a piece counts, and how much of a month it newly takes."""
        (month_on, *_), _, ticks = piece
        fits: Exact = self.fits.get(month_on, 1)
        if fits != 1:
            self.over_room[month_on] = self.over_room.get(month_on, 0) + value * (1 - fits)
        if not fits:
            return 0, 0
        before = self.counted.get(month_on, 0)
        new: Exact = min(ticks, TICKS - before)
        self.counted[month_on] = before + new
        kept = self._keep(new, ticks, fits * load * ticks)
        if kept != 1:
            self.over_cap += value * fits * (1 - kept)
            new = max(new - ticks * (1 - kept), 0)
        return fits * kept, new

    def _keep(self, new: Exact, ticks: int, load: Exact) -> Exact:
        """Take from the cap what a piece uses, and say which part of it was still there."""
        if self.left is None:
            return 1
        full = load / self.norm if self.by_hours else ticks
        asked = full if self.by_hours else new
        over = max(asked - self.left, 0)
        self.left -= asked - over
        return 1 - Fraction(over) / full if over else 1


def limits_of(given: Inputs, loads: Loads, norm: int, share: Fraction) -> Limits | None:
    """Find what limits this work; nothing where room and cap are ample, as they mostly are."""
    left = months_left(given)
    is_ample = left is None or left.numerator >= left.denominator * sum(
        len(pieces) for _, pieces in loads
    )
    if is_ample and not room_of(given) and not given.work.months_counted:
        return None
    return Limits(given, loads, norm / share)


def most_months(given: Inputs) -> int | None:
    """Give the cap of this row: its own, or the table's (R-011, R-034); none means no cap."""
    block, general = given.block, given.terms.counts_max_months
    if block.counts_always:
        return None
    own = block.counts_max_months
    if own is None or general is None:
        return general if own is None else own
    if block.cap_is_exception or given.terms.row_cap is RowCap.ROW:
        return own
    return min(own, general)


def months_left(given: Inputs) -> Fraction | None:
    """Give the months that still count for this candidate; none means no cap (R-011)."""
    most = most_months(given)
    if most is None:
        return None
    left = _months(most)
    if given.work.months_used.numerator > 0:
        left -= given.work.months_used
    return left if left.numerator > 0 else NOTHING


@lru_cache(maxsize=1024)
def _months(most: int) -> Fraction:
    return Fraction(most)


def room_of(given: Inputs) -> Mapping[dt.date, Fraction]:
    """Give what other work leaves of each month: of this supplier, or on this contract (R-013)."""
    if given.terms.norm_over is NormOver.CONTRACT:
        return given.work.room_on_contract
    return given.work.room


def _fits(
    rooms: Mapping[dt.date, Fraction], loads: Loads, full_time: Fraction
) -> dict[dt.date, Fraction]:
    """Give the part of a month's work that fits beside other work of the candidate (R-013)."""
    asked: dict[dt.date, int] = {}
    for load, pieces in loads:
        for month, _, ticks in pieces:
            asked[month.first_on] = asked.get(month.first_on, 0) + load * ticks
    fits = {}
    for month_on, load in asked.items():
        room = exact(rooms.get(month_on, Fraction(1))) * full_time
        if load > room:
            fits[month_on] = room / load
    return fits


def _whole(number: Fraction) -> Exact:
    """Prefer a whole number: sums of those are many times faster."""
    return number.numerator if number.denominator == 1 else number
