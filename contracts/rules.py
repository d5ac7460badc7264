"""Who may do what with tenders, notices and contracts: `may_<verb>`, the name of the action.

A rule is about the person. Whether the object is ready for it is told by its status.
"""

from contracts.models import Contract, Lot, Notice, Tender
from contracts.models.tender import TENDER_ROLES
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES


def buys_for(user: User, authority_id: int) -> bool:
    return user.has_role(RoleName.OFFICER, authority_id)


def manages(user: User, contract: Contract) -> bool:
    """Whether this is the named manager, who still holds the role."""
    return contract.manager_id == user.pk and user.has_role(RoleName.MANAGER, contract.authority_id)


def may_see_tenders(user: User) -> bool:
    """Tell who buys or manages contracts, and who audits it."""
    return bool(user.authorities_with(*TENDER_ROLES))


def may_see_contracts(user: User) -> bool:
    """Tell who has to do with contracts: for an authority, or as a supplier."""
    return bool(user.authorities_with(*CONTRACT_ROLES) or user.supplier_ids)


def may_log_tender(user: User) -> bool:
    return user.has_role(RoleName.OFFICER)


may_upload_notice = may_log_tender
may_log_contract = may_log_tender


def may_change_tender(user: User, tender: Tender) -> bool:
    return buys_for(user, tender.authority_id)


may_log_lot = may_change_tender


def may_change_lot(user: User, lot: Lot) -> bool:
    return buys_for(user, lot.authority_id)


def may_confirm_notice(user: User, notice: Notice) -> bool:
    return buys_for(user, notice.authority_id)


may_discard_notice = may_confirm_notice


def may_change_contract(user: User, contract: Contract) -> bool:
    return buys_for(user, contract.authority_id)


may_award_contract = may_change_contract
may_cancel_contract = may_change_contract


def may_hand_over_contract(user: User, contract: Contract) -> bool:
    """Ask the officer at first, later the manager who looks after it as well."""
    return buys_for(user, contract.authority_id) or manages(user, contract)


may_accept_contract = manages
may_refuse_contract = manages
may_record_contact = manages
may_record_reserved_share = may_hand_over_contract
may_start_settlement = manages
may_settle_contract = manages
