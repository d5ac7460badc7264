"""What rules ask about work, found in the database."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from candidates import evidence_needs
from candidates.entry_rules.judging import Facts
from candidates.models import ContributionKind, Placement, PlacementStatus, Share
from contracts.models import EntryRule

DAYS_A_MONTH = 31
CENT = Decimal("0.01")


def holding(authority_id: int, day: dt.date) -> list[EntryRule]:
    """Give the rules of an authority that hold for what is submitted on a day."""
    return [rule for rule in EntryRule.objects.newest_on(authority_id, day) if rule.is_on]


def facts_of_share(share: Share) -> Facts:
    contribution = share.contribution
    entered_on = timezone.localdate(contribution.entered_at)
    needs = evidence_needs.of_share(share, contribution.ends_on)
    period = (contribution.starts_on, contribution.ends_on)
    if contribution.placement is None:
        is_purchase = contribution.kind == ContributionKind.PURCHASE
        return Facts(
            days_after_end=_days(entered_on - period[1]),
            purchase_eur=contribution.amount_eur if is_purchase else None,
            missing_evidence=_lacking(needs),
        )
    return facts_of_work(contribution.placement, period, entered_on, needs)


def facts_of_work(
    placement: Placement,
    period: tuple[dt.date, dt.date],
    entered_on: dt.date,
    needs: Iterable[evidence_needs.Need] | None = None,
) -> Facts:
    """Gather what rules ask of a period of a placement, entered or only typed."""
    if needs is None:
        needs = evidence_needs.of_placement(placement, period[1])
    hours = _hours(placement, period)
    first, begins = placement.starts_on, placement.contract.starts_on
    return Facts(
        most_hours=max(hours, default=None),
        least_hours=min(hours, default=None),
        months=_months(first, placement.ends_on or period[1]),
        days_after_end=_days(entered_on - period[1]),
        days_before_contract=_days(begins - first) if begins else None,
        is_informed=placement.candidate.informed_on is not None,
        missing_evidence=_lacking(needs),
        other_placements=_others(placement, period),
    )


def _lacking(needs: Iterable[evidence_needs.Need]) -> int:
    return sum(need.is_lacking for need in needs)


def _days(between: dt.timedelta) -> Decimal:
    return Decimal(max(between.days, 0))


def _hours(placement: Placement, period: tuple[dt.date, dt.date]) -> list[Decimal]:
    """Give the hours a week that hold in a period."""
    changes = list(placement.weekly_hours.order_by("holds_from"))
    ends = [*(change.holds_from for change in changes[1:]), dt.date.max]
    return [
        change.hours_per_week
        for change, until in zip(changes, ends, strict=True)
        if change.holds_from <= period[1] and until > period[0]
    ]


def _months(first: dt.date, last: dt.date) -> Decimal:
    """Count whole months, and a day as a thirty-first of one."""
    after = last + dt.timedelta(days=1)
    whole = (after.year - first.year) * 12 + after.month - first.month
    days = after.day - first.day
    if days < 0:
        whole, days = whole - 1, days + DAYS_A_MONTH
    return (whole + Decimal(days) / DAYS_A_MONTH).quantize(CENT)


def _others(placement: Placement, period: tuple[dt.date, dt.date]) -> int:
    others = Placement.objects.filter(
        candidate=placement.candidate_id, starts_on__lte=period[1]
    ).exclude(status=PlacementStatus.WITHDRAWN)
    others = others.exclude(pk=placement.pk).exclude(ends_on__lt=period[0])
    return int(others.count())
