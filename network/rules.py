"""Who may do what in the network. What is published is there for everybody who signs in."""

from network.models import GoodExample, Quote
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
