"""The one way in which a status shows: for the supplier and for the authority."""

from django import template
from django.utils import timezone

from candidates.models import (
    SUPPLIER_READS,
    Agreement,
    AgreementStatus,
    Placement,
    PlacementStatus,
    Share,
    ShareStatus,
)
from sroi_portal.core.models import User

register = template.Library()

TONES = {
    ShareStatus.DRAFT: "neutral",
    ShareStatus.SUBMITTED: "info",
    ShareStatus.RETURNED: "warning",
    ShareStatus.VERIFIED: "positive",
    ShareStatus.REJECTED: "negative",
    ShareStatus.UNCHECKED: "warning",
    ShareStatus.OBJECTED: "warning",
    ShareStatus.UPHELD: "negative",
    ShareStatus.REVOKED: "negative",
    ShareStatus.WITHDRAWN: "neutral",
}
PLACEMENT_TONES = {
    PlacementStatus.RUNNING: "positive",
    PlacementStatus.ENDED: "neutral",
    PlacementStatus.WITHDRAWN: "neutral",
}

AGREEMENT_TONES = {
    AgreementStatus.PROPOSED: "info",
    AgreementStatus.AGREED: "positive",
    AgreementStatus.DECLINED: "negative",
    AgreementStatus.WITHDRAWN: "neutral",
}


@register.inclusion_tag("core/badge.html")
def share_status(share: Share, user: User) -> dict[str, object]:
    """Say it in the words of who reads it."""
    status = ShareStatus(share.status)
    label = status.label
    if share.supplier_id in user.supplier_ids:
        label = SUPPLIER_READS.get(status, label)
    return {"label": label, "tone": TONES[status]}


@register.inclusion_tag("core/badge.html")
def placement_status(placement: Placement) -> dict[str, object]:
    status = placement.status_on(timezone.localdate())
    return {"label": status.label, "tone": PLACEMENT_TONES[status]}


@register.inclusion_tag("core/badge.html")
def agreement_status(agreement: Agreement) -> dict[str, object]:
    status = AgreementStatus(agreement.status)
    return {"label": status.label, "tone": AGREEMENT_TONES[status]}
