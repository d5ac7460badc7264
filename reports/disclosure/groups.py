"""Groups of contracts of which only sums by row, by column and over all are read (R-317)."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet

from reports.disclosure.cells import LIMITS

type Workers = AbstractSet[int]


def put_together[G](worked: Mapping[G, Collection[Workers]], limits: int = LIMITS.people) -> set[G]:
    """Find the groups that may be read in the sum over all alone; each measure has its workers.

    Whatever is worked out of sums that hold none of these groups, or all of them with one factor,
    is about so many people or about nobody. When all groups are named there were too few in all.
    """
    together = {group for group, measures in worked.items() if not _is_safe(measures, limits)}
    if not together:
        return together
    rest = sorted(
        (group for group in worked if group not in together and any(worked[group])),
        key=lambda group: (sum(map(len, worked[group])), str(group)),
    )
    while rest and not _is_safe(_joined([worked[group] for group in together]), limits):
        together.add(rest.pop(0))
    return together


def _is_safe(measures: Collection[Workers], limits: int) -> bool:
    return all(not workers or len(workers) >= limits for workers in measures)


def _joined(groups: Collection[Collection[Workers]]) -> list[Workers]:
    return [frozenset().union(*measures) for measures in zip(*groups, strict=True)]
