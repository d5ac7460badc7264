"""A supplier beside the middle of all suppliers, of which nobody is read (G08, R-400, ADR 26)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, F, FloatField, Sum
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from contracts.dimensions import Dimension, expression
from contracts.models import OWING, Contract
from reports import portfolio
from reports.comparing import Quartile
from reports.facts import percentage
from reports.models import PeerBand
from sroi_portal.core import turns
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.range_charts import Range, RangeChart
from sroi_portal.core.turns import Turn

PARTS = (Dimension.CATEGORY, Dimension.SIZE)
OTHERS, OTHER_SUPPLIERS = 10, 5  # that are left, whichever supplier is taken away
LARGEST = 3  # no supplier has more than one part in so many
SHARES = {
    "fulfilled": 100 * F("fulfilment__done_eur") / F("fulfilment__owed_eur"),
    "pace": 100 * F("fulfilment__done_eur") / F("fulfilment__expected_eur"),
}
QUARTERS = {"low": "0.25", "middle": "0.5", "high": "0.75"}


@dataclass(frozen=True, slots=True)
class Place:
    """A supplier's own contracts of one part; the band is missing where it would tell of somebody."""

    label: str
    contracts: int
    fulfilled_pct: Decimal | None
    pace_pct: Decimal | None
    band: PeerBand | None


def publish_due(*, today: dt.date) -> int:
    """Write the bands anew once a month, so that no night can be taken from the next."""
    month = today.replace(day=1)
    with acting_as(DatabaseRole.WORKER):
        turns.take(Turn.PEERS)
        if PeerBand.objects.filter(month=month).exists():
            return 0
        PeerBand.objects.all().delete()
        made = PeerBand.objects.bulk_create(bands(month))
    return len(made)


def bands(month: dt.date) -> list[PeerBand]:
    """Make a band of each part that is large enough and in which nobody is large."""
    return [
        PeerBand(by=by, part=str(cell.pop("piece")), month=month, **_whole(cell))
        for by in PARTS
        for cell in _cells(by)
    ]


def of_supplier(contracts: Any, by: Dimension) -> list[Place]:
    """Set these contracts of one supplier beside the band of each part, the slowest first."""
    found = (
        _compared(contracts)
        .values(piece=expression(by))
        .annotate(
            contracts=Count("pk"),
            done=Sum("fulfilment__done_eur"),
            owed=Sum("fulfilment__owed_eur"),
            expected=Sum("fulfilment__expected_eur"),
        )
    )
    cells = {cell["piece"]: cell for cell in found}
    known = {band.part: band for band in PeerBand.objects.filter(by=by)}
    named = portfolio.labels(by, list(cells))
    places = [
        Place(
            named[part],
            cell["contracts"],
            percentage(cell["done"], cell["owed"]),
            percentage(cell["done"], cell["expected"]),
            known.get(str(part)),
        )
        for part, cell in cells.items()
    ]
    return sorted(places, key=lambda place: (place.pace_pct or 0, place.label.casefold()))


def chart(places: Iterable[Place]) -> RangeChart | None:
    """Draw own pace in the band of each part that has one."""
    ranges = [
        Range(
            place.label,
            low=Decimal(place.band.pace_low),
            middle=Decimal(place.band.pace_middle),
            high=Decimal(place.band.pace_high),
            own=place.pace_pct,
        )
        for place in places
        if place.band and place.pace_pct is not None
    ]
    if not ranges:
        return None
    return RangeChart(
        key="peers",
        title=_("Done of what was expected by now, in per cent"),
        description=_("Your contracts beside the middle half of all contracts, for each part."),
        ranges=ranges,
    )


def _compared(contracts: Any) -> Any:
    """Keep contracts of which something is to be expected by now."""
    return contracts.filter(
        status__in=OWING, fulfilment__expected_eur__gt=0, fulfilment__owed_eur__gt=0
    ).order_by()


def _cells(by: Dimension) -> list[dict[str, Any]]:
    """Find the quartiles of parts that stay large enough without their largest supplier."""
    everybody = _compared(Contract.objects.all()).annotate(piece=expression(by))
    by_supplier = everybody.values("piece", "supplier_id").annotate(number=Count("pk"))
    largest: dict[Any, int] = {}
    for row in by_supplier:
        largest[row["piece"]] = max(largest.get(row["piece"], 0), row["number"])
    quartiles = {
        f"{name}_{place}": Quartile(Cast(share, FloatField()), part=part)
        for name, share in SHARES.items()
        for place, part in QUARTERS.items()
    }
    found = everybody.values("piece").annotate(
        contracts=Count("pk"), suppliers=Count("supplier_id", distinct=True), **quartiles
    )
    return [
        cell
        for cell in map(dict, found.order_by("piece"))
        if cell["piece"] is not None
        and is_anonymous(cell.pop("contracts"), cell.pop("suppliers"), largest[cell["piece"]])
    ]


def is_anonymous(contracts: int, suppliers: int, largest: int) -> bool:
    """Tell whether ten contracts of five others stay, whichever supplier looks (R-400)."""
    return (
        contracts - largest >= OTHERS
        and suppliers > OTHER_SUPPLIERS
        and largest * LARGEST <= contracts
    )


def _whole(cell: dict[str, Any]) -> dict[str, int]:
    """Round to whole per cents; less than nothing was never done."""
    return {
        name: max(int(Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP)), 0)
        for name, value in cell.items()
    }
