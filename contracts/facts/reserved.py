"""Checks of article 2.82 that are about a contract: its own, and those of who tendered (A08)."""

from django.db.models import Q, QuerySet

from contracts.models import Contract, ReservedCheck

FOR_WORKSHOPS = "res-ws"  # of a lot, as notices say it


def checks_of(contract: Contract) -> "QuerySet[ReservedCheck]":
    """Find what was seen of its supplier, for the contract or for a lot of it; newest first."""
    lots = contract.lots.values("pk")
    about = Q(contract=contract) | Q(lot__in=lots)
    return ReservedCheck.objects.filter(about, supplier=contract.supplier_id)


def asks_share(contract: Contract) -> bool:
    """Tell whether the contract, or a lot that it comes from, is reserved."""
    lots = contract.lots.filter(reserved_participation=FOR_WORKSHOPS)
    return contract.is_reserved or lots.exists()
