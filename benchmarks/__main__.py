"""Build the data, measure every case, print one table."""

import sys

from benchmarks import place

CONTRACTS = 10_000


def main() -> int:
    place.prepare()
    from benchmarks import cases, measure  # noqa: PLC0415 - needs Django's settings

    with place.database(CONTRACTS):
        print(f"{CONTRACTS:,} contracts, about 150 ledger lines each; medians of pairs in turn\n")
        print(measure.HEADING)
        results = []
        for case in cases.ALL:
            results.append(case())
            print(results[-1].row(), flush=True)
    return 0 if all(result.reached for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
