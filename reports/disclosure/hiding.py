"""Hide what may not be read, and as much beside it that nobody can work it out (R-302)."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from reports.disclosure import reading
from reports.disclosure.cells import (
    LIMITS,
    TOTAL,
    Brought,
    Cell,
    Inner,
    Key,
    Limits,
    figures_of,
    is_empty,
    is_safe,
    room_needed,
    rounded,
    sum_of,
    with_totals,
)
from reports.disclosure.reading import Move

PRICES = (1, 10**6, 10**12)  # of a person in a cell, in a total, in the total of all


class Figures(NamedTuple):
    """What is published of a cell."""

    people: int  # rounded
    hours: int  # hundredths
    cents: int


def published(inner: Inner, limits: Limits = LIMITS) -> dict[Key, Figures | None]:
    """Give what may be read of every cell and total; None is hidden (SDC-01, SDC-03)."""
    hidden = hidden_of(inner, limits)
    return {
        key: None if key in hidden else _shown(cell, limits)
        for key, cell in with_totals(inner).items()
    }


def _shown(cell: Cell, limits: Limits) -> Figures:
    exact = figures_of(cell)
    return Figures(rounded(exact.people, limits), exact.hours, exact.cents)


def hidden_of(inner: Inner, limits: Limits = LIMITS, also: Collection[Key] = ()) -> frozenset[Key]:
    """Name the cells and totals to hide; `also` are hidden whatever they hold (SDC-01).

    Hidden is what is unsafe, and so much more that three promises hold, the cheapest cells first: what is left of a
    line after subtraction is a safe cell; each unsafe cell can lie far enough above and below the
    truth; and it can for a supplier that knows its own cells too.
    """
    return frozenset(_Search(with_totals(inner), limits, also).hidden())


class _Need(NamedTuple):
    """So far must an unsafe cell be able to move."""

    measure: int  # of `Brought`
    move: Move


class _Search:
    """The table with what is hidden so far."""

    def __init__(self, table: dict[Key, Cell], limits: Limits, also: Collection[Key]) -> None:
        self.table, self.limits = table, limits
        self.filled = [key for key in sorted(table) if not is_empty(table[key])]
        exact = {key: figures_of(table[key]) for key in self.filled}
        self.values = [
            {key: figures[measure] for key, figures in exact.items()}
            for measure in range(len(Brought._fields))
        ]
        self.costs = {key: _cost(key, figures.people) for key, figures in exact.items()}
        self.unsafe = [key for key in self.filled if not is_safe(table[key], limits)]
        self.found = {*self.unsafe, *(key for key in self.filled if key in also)}

    def hidden(self) -> set[Key]:
        if (TOTAL, TOTAL) in self.unsafe:
            return set(self.filled)
        before = -1
        while before != len(self.found):
            before = len(self.found)
            for line in self._lines():
                self._keep_rest_safe(line)
            knowing = self._known_by_one()
            for key in self.unsafe:
                for need in self._needs_of(key):
                    self._keep_unknown_to_all(need, knowing)
        return self.found

    def _lines(self) -> Iterator[list[Key]]:
        """Give the filled cells of each row and column, the total last."""
        for axis in (0, 1):
            for name in sorted({key[axis] for key in self.filled}):
                line = [key for key in self.filled if key[axis] == name]
                yield sorted(line, key=lambda key: (key[1 - axis] == TOTAL, key))

    def _keep_rest_safe(self, line: list[Key]) -> None:
        """Hide more of a line while its total minus what is published is no safe cell."""
        *cells, total = line
        while total not in self.found and not self._is_rest_safe(cells):
            shown = [key for key in cells if key not in self.found] or [total]
            next_one = min(shown, key=lambda key: (self.costs[key], key))
            round_of_it = Move(next_one, upwards=True, wanted=1)  # or it follows by subtraction
            self.found |= {next_one}
            self.found |= reading.cheapest(self.values[0], self._costs(), round_of_it)

    def _is_rest_safe(self, cells: list[Key]) -> bool:
        left = [key for key in cells if key in self.found and not reading.is_known(self.found, key)]
        return is_safe(sum_of(self.table[key] for key in left), self.limits)

    def _known_by_one(self) -> list[frozenset[Key]]:
        """Give for each supplier the unsafe cells that hold nobody else's work."""
        by_supplier: dict[int, set[Key]] = {}
        for key in self.unsafe:
            here = [supplier for supplier, brought in self.table[key].items() if any(brought)]
            if len(here) == 1:
                by_supplier.setdefault(here[0], set()).add(key)
        return [frozenset(by_supplier[supplier]) for supplier in sorted(by_supplier)]

    def _needs_of(self, key: Key) -> Iterator[_Need]:
        exact = figures_of(self.table[key])
        if exact.people:
            yield _Need(0, Move(key, upwards=True, wanted=self.limits.width))
            yield _Need(0, Move(key, upwards=False, wanted=1))
        for measure in (1, 2):
            amount = exact[measure]
            if amount:
                share = -(-amount * self.limits.estimate_pct // 100)
                parts = [brought[measure] for brought in self.table[key].values()]
                most = max(share, room_needed(parts, self.limits))
                yield _Need(measure, Move(key, upwards=True, wanted=most))
                yield _Need(measure, Move(key, upwards=False, wanted=share))

    def _keep_unknown_to_all(self, need: _Need, knowing: list[frozenset[Key]]) -> None:
        """Let an unsafe cell move for who knows nothing, and for a supplier that knows its own.

        What moves without the cells that a supplier knows moves for that supplier too.
        """
        moving = self._keep_unknown(need, frozenset())
        for known in knowing:
            if need.move.key not in known and not known.isdisjoint(moving):
                self._keep_unknown(need, known)

    def _keep_unknown(self, need: _Need, known: frozenset[Key]) -> frozenset[Key]:
        """Hide the cheapest round of cells that lets an unsafe cell move, if it cannot yet.

        Gives the cells that move with it.
        """
        values = self.values[need.measure]
        far, moving = reading.flow(values, self.found - known, need.move)
        if far >= need.move.wanted:
            return moving
        found = reading.cheapest(values, self._costs(known), need.move)
        self.found |= found or set(self.filled)
        return reading.flow(values, self.found - known, need.move)[1]

    def _costs(self, known: frozenset[Key] = frozenset()) -> dict[Key, int]:
        """Give the price of hiding each cell; `known` are of no use."""
        return {
            key: 0 if key in self.found else cost
            for key, cost in self.costs.items()
            if key not in known
        }


def _cost(key: Key, people: int) -> int:
    return (people + 1) * PRICES[key.count(TOTAL)]
