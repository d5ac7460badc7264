"""Which examples fit a tender or a contract (R-335)."""

from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from contracts.models import Contract, PlanLine, PlanStatus, Tender
from network.models import GoodExample, Pilot

MOST = 3
PLANNED = (PlanStatus.PROPOSED, PlanStatus.RETURNED, PlanStatus.AGREED)


def for_contract(contract: Contract) -> list[GoodExample]:
    """Of the same category or kind of purchase, or of what its plan promises."""
    reasons = []
    if contract.category_id:
        reasons.append(Q(category=contract.category_id))
    if contract.tender and contract.tender.cpv_main:
        reasons.append(Q(cpv_division=contract.tender.cpv_main[:2]))
    planned = PlanLine.objects.filter(plan__contract=contract, plan__status__in=PLANNED)
    return fitting(*reasons, Q(kind__in=planned.values("kind")))


def for_tender(tender: Tender) -> list[GoodExample]:
    """Of the same kind of purchase, or of the category of its contracts."""
    categories = tender.contracts.exclude(category=None).values("category")
    reasons = [Q(category__in=categories)]
    if tender.cpv_main:
        reasons.append(Q(cpv_division=tender.cpv_main[:2]))
    return fitting(*reasons)


def for_pilot(pilot: Pilot) -> list[GoodExample]:
    """Of the pilot itself, then of its category."""
    return fitting(Q(pilot=pilot), Q(category=pilot.category_id, category__isnull=False))


def fitting(*reasons: Q) -> list[GoodExample]:
    """Give the few that most reasons speak for, the newest first."""
    fits = Q(pk__in=[])
    speaks: Any = Value(0, output_field=IntegerField())
    for reason in reasons:
        fits |= reason
        speaks += Case(When(reason, then=1), default=0, output_field=IntegerField())
    found = GoodExample.objects.published().filter(fits).annotate(reasons=speaks)
    return list(
        found.select_related("category").order_by("-reasons", "-published_at", "-pk")[:MOST]
    )


def newest(category_id: int | None) -> list[GoodExample]:
    """Give the newest, of one category or of all."""
    found = GoodExample.objects.published().select_related("category")
    if category_id:
        found = found.filter(category=category_id)
    return list(found.order_by("-published_at", "-pk")[:MOST])
