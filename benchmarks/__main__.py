"""Build the data at each size, measure every case, print one table.

`BIG=1` adds a million contracts with about 15 ledger lines each.
"""

import os
import sys
from typing import NamedTuple

from benchmarks import place


class Size(NamedTuple):
    """How many contracts, and how many contributions on each."""

    contracts: int
    contributions: int

    def __str__(self) -> str:
        lines = round(1 + 7.2 * self.contributions)
        return f"{self.contracts:,} contracts, about {lines} ledger lines each"


SIZES = (Size(10_000, 20), Size(100_000, 20))
BIG = Size(1_000_000, 2)
MOST_GROWTH = 1.5  # of one contract's recomputation, from the smallest size to the largest


def main() -> int:
    place.prepare()
    from benchmarks import cases, measure  # noqa: PLC0415 - needs Django's settings

    results: list[measure.Result] = []
    alone: list[float] = []
    sizes = (*SIZES, BIG) if os.environ.get("BIG") else SIZES
    for size in sizes:
        print(f"\n{size}; medians of pairs in turn\n\n{measure.HEADING}", flush=True)
        with place.database(*size):
            for case in cases.ALL if size == SIZES[0] else cases.GROWING:
                results.append(case())
                print(results[-1].row(), flush=True)
                if case is cases.recompute_one:
                    alone.append(results[-1].case_ms)
    growth = alone[-1] / alone[0]
    print(f"\nOne contract at the largest size: {growth:.2f} x the smallest (≤ {MOST_GROWTH:g} x)")
    return 0 if growth <= MOST_GROWTH and all(result.reached for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
