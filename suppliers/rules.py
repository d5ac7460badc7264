"""Who may do what with suppliers and their people."""

from sroi_portal.core.models import RoleName, User
from suppliers.models import Invitation, Membership, MembershipRole, Offering, Supplier

REGISTERING = (RoleName.OFFICER, RoleName.MANAGER, RoleName.COORDINATOR)
SEARCHING = (*REGISTERING, RoleName.POLICY_MAKER, RoleName.AUDITOR, RoleName.ADVISER)


def may_search_suppliers(user: User) -> bool:
    return bool(user.authorities_with(*SEARCHING))


def may_register_supplier(user: User) -> bool:
    return bool(user.authorities_with(*REGISTERING))


def may_record_certificate(user: User) -> bool:
    """Ask who buys, manages, checks or advises: each looks it up in the public register."""
    return bool(user.authorities_with(*REGISTERING, RoleName.ADVISER))


may_change_certificate = may_record_certificate
may_end_certificate = may_record_certificate


def administers(user: User, supplier: Supplier) -> bool:
    mine = user.memberships.held().filter(supplier=supplier)
    return bool(mine.filter(role=MembershipRole.ADMINISTRATOR).exists())


def may_see_members(user: User, supplier: Supplier) -> bool:
    """Tell its own people, and who may invite the first of them."""
    return supplier.pk in user.supplier_ids or has_contract_with(user, supplier)


def may_send_invitation(user: User, supplier: Supplier) -> bool:
    """Let its administrators invite; a client invites the first one only."""
    return administers(user, supplier) or invites_first(user, supplier)


def invites_first(user: User, supplier: Supplier) -> bool:
    """Nobody administers it yet, and this person's authority has a contract with it."""
    return not supplier.has_administrator() and has_contract_with(user, supplier)


def may_withdraw_invitation(user: User, invitation: Invitation) -> bool:
    return invitation.invited_by_id == user.pk or administers(user, invitation.supplier)


def may_end_membership(user: User, membership: Membership) -> bool:
    return administers(user, membership.supplier)


may_change_membership = may_end_membership


def has_contract_with(user: User, supplier: Supplier) -> bool:
    authorities = user.authorities_with(*REGISTERING)
    return bool(supplier.contracts.filter(authority_id__in=authorities).exists())


def may_record_insolvency(user: User, supplier: Supplier) -> bool:
    """Ask who buys or manages for an authority that has a contract with it."""
    authorities = user.authorities_with(RoleName.OFFICER, RoleName.MANAGER)
    return bool(supplier.contracts.filter(authority_id__in=authorities).exists())


may_lift_insolvency = may_record_insolvency


may_record_offering = administers


def may_change_offering(user: User, offering: Offering) -> bool:
    return administers(user, offering.supplier)


may_end_offering = may_change_offering
