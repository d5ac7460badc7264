"""Which places everybody reads: those whose supplier says where to react (R-440)."""

from django.db.models import Exists, OuterRef, Subquery

from network.models import Offer, PublicPlace
from sroi_portal.core.acting import DatabaseRole, acting_as

COPIED = (
    "form",
    "title",
    "text",
    "region",
    "hours_per_week",
    "starts_on",
    "ends_on",
    "apply_at",
    "stays_until",
)


def show(offer: Offer) -> None:
    """Show it as it stands now, or no longer; the worker alone writes what everybody reads."""
    with acting_as(DatabaseRole.WORKER):
        PublicPlace.objects.filter(key=offer.uuid).delete()
        if offer.is_for_everybody:
            facts = {name: getattr(offer, name) for name in COPIED}
            PublicPlace.objects.create(key=offer.uuid, supplier_name=offer.supplier.name, **facts)


def rename_places() -> int:
    """Let each place bear the name that its supplier has now; the order stays (R-455)."""
    offers = Offer.objects.filter(uuid=OuterRef("key"))
    others = offers.exclude(supplier__name=OuterRef("supplier_name"))
    with acting_as(DatabaseRole.WORKER):
        named = PublicPlace.objects.filter(Exists(others))
        return named.update(supplier_name=Subquery(offers.values("supplier__name")))
