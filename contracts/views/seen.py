"""The contract of an address, as far as this person may see it."""

from django.shortcuts import get_object_or_404

from contracts.models import Contract
from sroi_portal.core.http import UserRequest


def visible_contract(request: UserRequest, contract_id: int) -> Contract:
    seen = Contract.objects.visible_to(request.user).select_related(
        "authority",
        "supplier",
        "category",
        "manager",
        "officer",
        "escalates_to",
        "authority__escalates_to",
        "tender",
        "value_table",
        "framework",
    )
    contract: Contract = get_object_or_404(seen, pk=contract_id)
    return contract
