"""What a tender and its lots say already of the contract that follows from it."""

from typing import Any

from contracts.facts.reserved import FOR_WORKSHOPS
from contracts.models import Contract, ContractStatus, LegalForm, Lot, Tender

SAID = ("nature", "place", "starts_on", "ends_on")


def known_of(tender: Tender) -> dict[str, Any]:
    """Give the facts for a concept: the only lot left, or what all lots left agree on."""
    taken = Contract.objects.exclude(status=ContractStatus.CANCELLED).filter(tender=tender)
    every = list(tender.lots.all())
    gone = set(Lot.objects.filter(contracts__in=taken))
    left = [lot for lot in every if lot not in gone] or every
    facts = {name: value for name in SAID if (value := _agreed(left, name))}
    facts.setdefault("nature", tender.nature)
    if len(left) == 1:
        facts["lots"] = left
    if _agreed(left, "reserved_participation") == FOR_WORKSHOPS:
        facts |= {"is_reserved": True, "legal_form": LegalForm.RESERVED}
    return facts


def _agreed(lots: list[Lot], name: str) -> Any:
    """Give what each of the lots says; nothing where they differ."""
    said = {getattr(lot, name) for lot in lots}
    return said.pop() if len(said) == 1 else None
