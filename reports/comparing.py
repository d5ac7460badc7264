"""What was done beside what was to be expected by now: parts beside each other (G08, R-316)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, F, FloatField, QuerySet, Sum
from django.db.models.functions import Cast

from contracts.dimensions import ALL_AWARDED, Dimension, expression
from contracts.models import Contract
from reports import portfolio
from reports.facts import percentage

TENTH = Decimal("0.1")
SHARE = 100 * F("fulfilment__done_eur") / F("fulfilment__expected_eur")


class Quartile(Aggregate):
    """The value below which a part of the contracts lies."""

    function = "percentile_cont"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True, slots=True)
class Compared:
    """One part of the contracts: its share as a whole, and the middle half of its contracts."""

    label: str
    url: str
    contracts: int
    done_eur: Decimal
    expected_eur: Decimal
    low_pct: Decimal
    middle_pct: Decimal
    high_pct: Decimal

    @property
    def share_pct(self) -> Decimal | None:
        return percentage(self.done_eur, self.expected_eur)


def compared(
    contracts: QuerySet[Contract], by: Dimension, wanted: Mapping[str, Any]
) -> list[Compared]:
    """Compare the parts, the furthest behind first; contracts of which nothing is due are left out."""
    found = (
        contracts.filter(fulfilment__expected_eur__gt=0)
        .order_by()
        .values(piece=expression(by))
        .annotate(
            contracts=Count("pk"),
            done_eur=Sum("fulfilment__done_eur"),
            expected_eur=Sum("fulfilment__expected_eur"),
            low_pct=_quartile("0.25"),
            middle_pct=_quartile("0.5"),
            high_pct=_quartile("0.75"),
        )
    )
    cells = {cell.pop("piece"): _rounded(cell) for cell in map(dict, found)}
    named = portfolio.labels(by, list(cells))
    within = {**portfolio.address_of(wanted), "status": ALL_AWARDED}
    rows = [
        Compared(named[value], portfolio.link(within, by, value), **cell)
        for value, cell in cells.items()
    ]
    return sorted(rows, key=lambda row: (row.share_pct or 0, row.label.casefold()))


def _quartile(part: str) -> Quartile:
    return Quartile(Cast(SHARE, FloatField()), part=part)


def _rounded(cell: dict[str, Any]) -> dict[str, Any]:
    return {
        name: Decimal(str(value)).quantize(TENTH) if name.endswith("_pct") else value
        for name, value in cell.items()
    }
