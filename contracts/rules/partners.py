"""Who names, accepts and ends partners, and who works on a contract of somebody else (R-260)."""

from contracts.models import Contract, Subcontract
from contracts.rules.roles import acts_for_supplier, buys_for, manages
from sroi_portal.core.models import User


def is_party(user: User, contract: Contract) -> bool:
    """Tell who carries a part of a contract, or works on it, of another supplier (R-117, R-260)."""
    return contract.pk in user.party_contract_ids


def works_on(user: User, contract: Contract) -> bool:
    """Tell who enters work: the supplier, and a partner that the client consented to (R-260)."""
    if contract.supplier_id in user.supplier_ids:
        return contract.supplier_id in user.enters_for
    own = contract.subcontracts.of_people(user).filter(supplier_id__in=user.enters_for)
    return is_party(user, contract) and bool(own.exists())


may_name_partner = acts_for_supplier


def may_consent_partner(user: User, subcontract: Subcontract) -> bool:
    """Ask who looks after the contract; as long as nobody does, the officer."""
    contract = subcontract.contract
    return manages(user, contract) or (
        contract.accepted_at is None and buys_for(user, contract.authority_id)
    )


may_refuse_partner = may_consent_partner


def may_end_partner(user: User, subcontract: Subcontract) -> bool:
    contract = subcontract.contract
    return acts_for_supplier(user, contract) or manages(user, contract)
