"""Time a case beside its anchor, in turns, and say the median of the ratios."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

PAIRS = 9


@dataclass(frozen=True)
class Result:
    """Milliseconds of the anchor and of the case, and the case as a multiple of the anchor."""

    name: str
    anchor: str
    anchor_ms: float
    case_ms: float
    ratio: float
    target: str
    reached: bool

    def row(self) -> str:
        verdict = "yes" if self.reached else "NO"
        return (
            f"| {self.name} | {self.anchor} | {self.anchor_ms:.2f} | {self.case_ms:.2f} "
            f"| {self.ratio:.2f} | {self.target} | {verdict} |"
        )


HEADING = (
    "| case | anchor | anchor ms | case ms | ratio | target | reached |\n"
    "|---|---|---:|---:|---:|---|---|"
)


def milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def compare(
    name: str,
    case: Callable[[], object],
    anchor: tuple[str, Callable[[], object]],
    *,
    at_most: float,
    pairs: int = PAIRS,
) -> Result:
    """Run both once to warm up, then in turns; `at_most` is the ratio to reach."""
    label, bare = anchor
    bare()
    case()
    timed = [(milliseconds(bare), milliseconds(case)) for _ in range(pairs)]
    ratio = statistics.median(done / base for base, done in timed)
    return Result(
        name,
        label,
        statistics.median(base for base, _done in timed),
        statistics.median(done for _base, done in timed),
        ratio,
        f"≤ {at_most:g} x",
        ratio <= at_most,
    )
