"""Amounts that a partner has not confirmed, shown apart from what is sure (N15, R-261)."""

from decimal import Decimal

from django.db.models import Exists, OuterRef, Sum

from candidates.models import WAITING, Confirmation, ConfirmationStatus, Share
from contracts.models import Contract
from sroi_portal.core.models import User


def unconfirmed_eur(contract: Contract, person: User) -> Decimal | None:
    """Sum what waits of purchases without the word of the partner, as far as one sees them."""
    said = Confirmation.objects.filter(
        contribution=OuterRef("contribution"), status=ConfirmationStatus.CONFIRMED
    )
    waiting = Share.objects.visible_to(person).filter(
        contract=contract, status__in=WAITING, contribution__partner__isnull=False
    )
    total: Decimal | None = waiting.exclude(Exists(said)).aggregate(total=Sum("value_eur"))["total"]
    return total
