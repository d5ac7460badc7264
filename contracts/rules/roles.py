"""Who holds which role for a contract: what the rules are made of."""

from contracts.models import Contract
from sroi_portal.core.models import RoleName, User


def buys_for(user: User, authority_id: int) -> bool:
    return user.has_role(RoleName.OFFICER, authority_id)


def manages(user: User, contract: Contract) -> bool:
    """Whether this is the named manager, or who stands in; both hold the role (R-250)."""
    return contract.manager_id in user.acts_for(RoleName.MANAGER, contract.authority_id)


def acts_for_supplier(user: User, contract: Contract) -> bool:
    """Tell who enters or signs for it; a colleague may have been given to look only (R-247)."""
    return contract.supplier_id in (*user.enters_for, *user.signs_for)
