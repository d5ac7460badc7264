"""Who may do what in the network. What is published is there for everybody who signs in."""

from network.models import PILOT_ROLES, GoodExample, Pilot, PilotStatus, Quote
from sroi_portal.core.models import RoleName, User


def advises(user: User) -> bool:
    """Edit what everybody reads: advisers of any authority do."""
    return user.has_role(RoleName.ADVISER)


def belongs_to_network(user: User) -> bool:
    """Officials of any authority, and people of suppliers."""
    return bool(user.roles or user.supplier_ids)


def may_propose_example(user: User) -> bool:
    return belongs_to_network(user)


def may_change_example(user: User, example: GoodExample) -> bool:
    """Its writer until it is published, afterwards an adviser who did not write it."""
    if example.is_published:
        return advises(user) and example.proposed_by_id != user.pk
    return advises(user) or example.proposed_by_id == user.pk


def may_propose_example_again(user: User, example: GoodExample) -> bool:
    return advises(user) or example.proposed_by_id == user.pk


def may_publish_example(user: User, example: GoodExample) -> bool:
    """R-330."""
    return advises(user) and example.proposed_by_id != user.pk


may_return_example = may_publish_example
may_withdraw_example = may_propose_example_again


def may_record_quote(user: User) -> bool:
    return belongs_to_network(user)


def may_publish_quote(user: User, quote: Quote) -> bool:
    """R-333."""
    return advises(user) and quote.recorded_by_id != user.pk


def may_withdraw_quote(user: User, quote: Quote) -> bool:
    return advises(user) or quote.recorded_by_id == user.pk


def may_propose_pilot(user: User) -> bool:
    """Advisers for every authority, whoever buys or manages for the own one."""
    return advises(user) or bool(user.authorities_with(*PILOT_ROLES))


def may_change_pilot(user: User, pilot: Pilot) -> bool:
    return advises(user) or pilot.authority_id in user.authorities_with(*PILOT_ROLES)


def may_move_pilot(user: User, pilot: Pilot) -> bool:
    """Only an adviser says that an idea becomes a pilot (R-321)."""
    is_adviser = advises(user)
    return is_adviser or (pilot.status != PilotStatus.IDEA and may_change_pilot(user, pilot))


may_add_partner = may_change_pilot
may_remove_partner = may_change_pilot
may_add_place = may_change_pilot
may_remove_place = may_change_pilot
