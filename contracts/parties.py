"""For which supplier somebody works on a contract: its own, or a partner of it (R-260)."""

from contracts.models import Contract, SubcontractStatus
from sroi_portal.core.models import User
from suppliers.models import Supplier


def working_for(contract: Contract, person: User) -> Supplier:
    """Give the partner that the person works for, where it is not the contract's supplier."""
    if contract.supplier_id in person.supplier_ids:
        return contract.supplier
    partnership = contract.subcontracts.of_people(person).select_related("supplier").first()
    return partnership.supplier if partnership else contract.supplier


def works_on(contract: Contract, supplier_id: int) -> bool:
    """Tell whether a supplier carries the contract, or is a partner that the client agreed to."""
    if contract.supplier_id == supplier_id:
        return True
    agreed = contract.subcontracts.filter(supplier=supplier_id, status=SubcontractStatus.AGREED)
    return bool(agreed.exists())
