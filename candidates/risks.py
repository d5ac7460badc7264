"""Why a share is more likely to be drawn for a check, and how much more (R-212)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from candidates import evidence_needs
from candidates.models import RiskReason, Share, ShareStatus

ADDED = {
    RiskReason.NEW_SUPPLIER: 2,
    RiskReason.EARLIER_REJECTIONS: 3,
    RiskReason.MISSING_EVIDENCE: 3,
    RiskReason.HIGH_AMOUNT: 2,
    RiskReason.LATE_ENTRY: 1,
}
NEW = dt.timedelta(days=183)
REMEMBERED = dt.timedelta(days=365)
LATE = dt.timedelta(days=30)
HIGHEST_PART = 10  # a tenth
REFUSED = (ShareStatus.REJECTED, ShareStatus.UPHELD, ShareStatus.REVOKED)


@dataclass(frozen=True)
class Weighed:
    share: Share
    reasons: tuple[RiskReason, ...]

    @property
    def weight(self) -> int:
        return weight_of(self.reasons)


def weight_of(reasons: tuple[RiskReason, ...]) -> int:
    """Give 1 for each share, and more for each reason."""
    return 1 + sum(ADDED[RiskReason(reason)] for reason in reasons)


def weigh(shares: list[Share], authority_id: int, *, at: dt.datetime) -> list[Weighed]:
    """Say of each share why it is riskier, as it stands now; a fixed number of queries a row."""
    today = timezone.localdate(at)
    everything = Share.objects.filter(authority_id=authority_id)
    firsts = dict(
        everything.exclude(submitted_at=None)
        .order_by()
        .values_list("supplier")
        .annotate(first=Min("submitted_at"))
    )
    refused = set(
        everything.filter(status__in=REFUSED, decided_at__gt=at - REMEMBERED).values_list(
            "supplier", flat=True
        )
    )
    needs = evidence_needs.of_shares(shares, today)
    high = _high(shares)

    def reasons(share: Share) -> Iterator[RiskReason]:
        if at - firsts.get(share.supplier_id, at) < NEW:
            yield RiskReason.NEW_SUPPLIER
        if share.supplier_id in refused:
            yield RiskReason.EARLIER_REJECTIONS
        if any(need.is_lacking for need in needs[share.pk]):
            yield RiskReason.MISSING_EVIDENCE
        if share.pk in high:
            yield RiskReason.HIGH_AMOUNT
        if share.submitted_at and _is_late(share, share.submitted_at):
            yield RiskReason.LATE_ENTRY

    return [Weighed(share, tuple(reasons(share))) for share in shares]


def _high(shares: list[Share]) -> set[int]:
    """Find the highest tenth, when there is one; who equals the lowest of it belongs to it."""
    count = len(shares) // HIGHEST_PART
    if not count:
        return set()
    edge = sorted((share.value_eur for share in shares), reverse=True)[count - 1]
    return {share.pk for share in shares if share.value_eur >= edge}


def _is_late(share: Share, submitted_at: dt.datetime) -> bool:
    return timezone.localdate(submitted_at) - share.contribution.ends_on > LATE
