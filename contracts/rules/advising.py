"""Who writes, approves and withdraws what holds for many contracts: tables, rules, letters."""

from contracts.models import EntryRule, EvidenceDemand, ObligationRule, ValueTable
from contracts.models.value_table import TABLE_ROLES
from sroi_portal.core.models import Authority, RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES


def may_draft_value_table(user: User) -> bool:
    """Tables are everybody's: an adviser of any authority writes them down."""
    return user.has_role(RoleName.ADVISER)


may_change_value_table = may_draft_value_table
may_discard_value_table = may_draft_value_table
may_propose_value_table = may_draft_value_table


def may_see_unpublished_tables(user: User) -> bool:
    """Tell who writes tables, who approves them and who audits it."""
    return bool(user.authorities_with(*TABLE_ROLES))


def judges_tables(user: User) -> bool:
    return user.has_role(RoleName.ADVISER) or user.has_role(RoleName.ADMINISTRATOR)


may_return_value_table = judges_tables
may_withdraw_value_table = judges_tables


def may_approve_value_table(user: User, table: ValueTable) -> bool:
    """Somebody else than the proposer (four eyes)."""
    return judges_tables(user) and table.proposed_by_id != user.pk


def may_draft_rule(user: User) -> bool:
    """Ask an adviser, for the authority that is advised."""
    return user.has_role(RoleName.ADVISER)


may_copy_rule = may_draft_rule


def may_change_rule(user: User, rule: ObligationRule) -> bool:
    """Ask an adviser of its authority; what comes with the portal is nobody's to change."""
    return rule.authority_id is not None and user.has_role(RoleName.ADVISER, rule.authority_id)


may_discard_rule = may_change_rule
may_publish_rule = may_change_rule
may_withdraw_rule = may_change_rule


def may_publish_letter_template(user: User, authority: Authority) -> bool:
    return user.has_role(RoleName.ADVISER, authority.pk)


may_set_settling_terms = may_publish_letter_template


def may_see_entry_rules(user: User) -> bool:
    """Tell everybody who works for an authority, but not who only administers it."""
    return bool(user.authorities_with(*CONTRACT_ROLES, RoleName.ADVISER))


def may_set_entry_rule(user: User) -> bool:
    """Ask an adviser, for the authority that is advised (D13)."""
    return user.has_role(RoleName.ADVISER)


may_set_demand = may_set_entry_rule


def may_discard_entry_rule(user: User, rule: EntryRule | EvidenceDemand) -> bool:
    return user.has_role(RoleName.ADVISER, rule.authority_id)


may_discard_demand = may_discard_entry_rule
