"""Who may write talks about a tender down, and read them."""

from contracts.models import Clause, Conclusion, Contract, Dialogue, Lot, Tender, TenderClause
from contracts.models.tender import TENDER_ROLES
from contracts.rules.roles import buys_for, manages
from sroi_portal.core.models import Authority, RoleName, User


def may_see_dialogue(user: User, authority_id: int) -> bool:
    """Tell who buys or manages for the authority, and who audits it; no supplier (R-361)."""
    return authority_id in user.authorities_with(*TENDER_ROLES)


def may_log_dialogue(user: User, tender: Tender) -> bool:
    return buys_for(user, tender.authority_id)


def may_change_dialogue(user: User, dialogue: Dialogue) -> bool:
    return buys_for(user, dialogue.authority_id)


may_withdraw_dialogue = may_change_dialogue
may_add_conclusion = may_change_dialogue
may_invite_to_dialogue = may_change_dialogue
may_sum_up_dialogue = may_change_dialogue


def may_change_conclusion(user: User, conclusion: Conclusion) -> bool:
    return buys_for(user, conclusion.authority_id)


may_withdraw_conclusion = may_change_conclusion


may_record_choice = may_log_dialogue


def may_publish_advice_terms(user: User, authority: Authority) -> bool:
    return user.has_role(RoleName.ADVISER, authority.pk)


def may_draft_clause(user: User) -> bool:
    """Ask an adviser of any authority: the library is everybody's."""
    return user.has_role(RoleName.ADVISER)


may_copy_clause = may_draft_clause
may_change_clause = may_draft_clause
may_propose_clause = may_draft_clause
may_return_clause = may_draft_clause
may_withdraw_clause = may_draft_clause


def may_approve_clause(user: User, clause: Clause) -> bool:
    """Somebody else than the proposer (four eyes)."""
    return may_draft_clause(user) and clause.proposed_by_id != user.pk


may_take_clause = may_log_dialogue


def may_remove_clause(user: User, copied: TenderClause) -> bool:
    return buys_for(user, copied.authority_id)


def may_check_reserved_lot(user: User, lot: Lot) -> bool:
    return buys_for(user, lot.authority_id)


def may_check_reserved_contract(user: User, contract: Contract) -> bool:
    return buys_for(user, contract.authority_id) or manages(user, contract)
