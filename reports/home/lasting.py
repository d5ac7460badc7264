"""What became of the firm's own people, exactly: for the firm alone (N20)."""

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Least

from candidates.models import (
    WORKING,
    AfterMonths,
    FollowUp,
    FollowUpAnswer,
    Outcome,
    Placement,
    PlacementStatus,
    SaidBy,
    WeeklyHours,
)

DAYS_A_MONTH = 365 / 12
NOTHING = {"asked": 0, "in_work": 0, "learning": 0, "without": 0}


@dataclass(frozen=True, slots=True)
class AfterRow:
    """The questions of one moment, with what is not known yet."""

    label: str
    asked: int
    in_work: int
    learning: int
    without: int
    missing: int


@dataclass(frozen=True, slots=True)
class OwnPeople:
    after: tuple[AfterRow, ...]
    ended: int
    median_months: int | None
    hours_grown: Decimal | None
    permanent: int

    @property
    def is_empty(self) -> bool:
        return not self.ended and not any(row.asked for row in self.after)


def of_firm(suppliers: Iterable[int], contracts: Any, today: dt.date) -> OwnPeople:
    """Count over these contracts of the firm; two queries."""
    ended = _ended(suppliers, contracts, today)
    days = [(each.counts_from - each.starts_on).days + 1 for each in ended]
    grown = [each.last_hours - each.first_hours for each in ended if each.last_hours is not None]
    return OwnPeople(
        after=_after(suppliers, contracts),
        ended=len(ended),
        median_months=round(statistics.median(days) / DAYS_A_MONTH) if days else None,
        hours_grown=(sum(grown, Decimal(0)) / len(grown)).quantize(Decimal("0.1"))
        if grown
        else None,
        permanent=sum(1 for each in ended if each.permanent_on or each.said_permanent_on),
    )


def _after(suppliers: Iterable[int], contracts: Any) -> tuple[AfterRow, ...]:
    said = FollowUpAnswer.objects.filter(
        follow_up=OuterRef("pk"), is_current=True, said_by=SaidBy.SUPPLIER
    )
    rows = (
        FollowUp.objects.asked()
        .filter(supplier_id__in=suppliers, placement__contract__in=contracts)
        .annotate(outcome=Subquery(said.values("outcome")[:1]))
        .order_by()
        .values("months")
        .annotate(
            asked=Count("pk"),
            in_work=Count("pk", filter=Q(outcome__in=WORKING)),
            learning=Count("pk", filter=Q(outcome=Outcome.LEARNING)),
            without=Count("pk", filter=Q(outcome=Outcome.NO_WORK)),
        )
    )
    found = {row["months"]: row for row in rows}
    return tuple(
        _row(AfterMonths(months), found.get(months, NOTHING)) for months in AfterMonths.values
    )


def _row(moment: AfterMonths, found: Mapping[str, Any]) -> AfterRow:
    counts = {name: int(found[name]) for name in NOTHING}
    known = counts["in_work"] + counts["learning"] + counts["without"]
    return AfterRow(label=str(moment.label), missing=counts["asked"] - known, **counts)


def _ended(suppliers: Iterable[int], contracts: Any, today: dt.date) -> list[Any]:
    hours = WeeklyHours.objects.filter(placement=OuterRef("pk"))
    steps = FollowUpAnswer.objects.filter(
        placement=OuterRef("pk"), is_current=True, said_by=SaidBy.SUPPLIER
    )
    step = steps.filter(permanent_on__isnull=False).order_by("permanent_on")
    ended = (
        Placement.objects.filter(supplier_id__in=suppliers, contract__in=contracts)
        .exclude(status=PlacementStatus.WITHDRAWN)
        .annotate(
            counts_from=Least("ends_on", "contract__ends_on"),
            first_hours=Subquery(hours.order_by("holds_from").values("hours_per_week")[:1]),
            last_hours=Subquery(
                hours.filter(
                    holds_from__lte=Least(OuterRef("ends_on"), OuterRef("contract__ends_on"))
                )
                .order_by("-holds_from")
                .values("hours_per_week")[:1]
            ),
            said_permanent_on=Subquery(step.values("permanent_on")[:1]),
        )
        .filter(counts_from__lte=today, counts_from__gte=F("starts_on"))
    )
    return list(ended.order_by("pk"))
