"""Who may do what with tenders, notices and contracts: `may_<verb>`, the name of the action.

A rule is about the person. Whether the object is ready for it is told by its status.
"""

from contracts.models import (
    Contract,
    ContractStatus,
    FollowUp,
    Goal,
    Letter,
    Lot,
    Notice,
    Plan,
    PlanLine,
    Settlement,
    Tender,
    Transfer,
    TurnoverReport,
)
from contracts.models.tender import TENDER_ROLES
from contracts.rules.advising import (
    judges_tables as judges_tables,
)
from contracts.rules.advising import (
    may_approve_value_table as may_approve_value_table,
)
from contracts.rules.advising import (
    may_change_rule as may_change_rule,
)
from contracts.rules.advising import (
    may_change_value_table as may_change_value_table,
)
from contracts.rules.advising import (
    may_copy_rule as may_copy_rule,
)
from contracts.rules.advising import (
    may_discard_demand as may_discard_demand,
)
from contracts.rules.advising import (
    may_discard_entry_rule as may_discard_entry_rule,
)
from contracts.rules.advising import (
    may_discard_rule as may_discard_rule,
)
from contracts.rules.advising import (
    may_discard_value_table as may_discard_value_table,
)
from contracts.rules.advising import (
    may_draft_rule as may_draft_rule,
)
from contracts.rules.advising import (
    may_draft_value_table as may_draft_value_table,
)
from contracts.rules.advising import (
    may_propose_value_table as may_propose_value_table,
)
from contracts.rules.advising import (
    may_publish_letter_template as may_publish_letter_template,
)
from contracts.rules.advising import (
    may_publish_rule as may_publish_rule,
)
from contracts.rules.advising import (
    may_return_value_table as may_return_value_table,
)
from contracts.rules.advising import (
    may_see_entry_rules as may_see_entry_rules,
)
from contracts.rules.advising import (
    may_see_unpublished_tables as may_see_unpublished_tables,
)
from contracts.rules.advising import (
    may_set_demand as may_set_demand,
)
from contracts.rules.advising import (
    may_set_entry_rule as may_set_entry_rule,
)
from contracts.rules.advising import (
    may_set_settling_terms as may_set_settling_terms,
)
from contracts.rules.advising import (
    may_withdraw_rule as may_withdraw_rule,
)
from contracts.rules.advising import (
    may_withdraw_value_table as may_withdraw_value_table,
)
from contracts.rules.partners import (
    is_party as is_party,
)
from contracts.rules.partners import (
    may_consent_partner as may_consent_partner,
)
from contracts.rules.partners import (
    may_end_partner as may_end_partner,
)
from contracts.rules.partners import (
    may_name_partner as may_name_partner,
)
from contracts.rules.partners import (
    may_refuse_partner as may_refuse_partner,
)
from contracts.rules.partners import (
    works_on as works_on,
)
from contracts.rules.roles import acts_for_supplier as acts_for_supplier
from contracts.rules.roles import buys_for as buys_for
from contracts.rules.roles import manages as manages
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from suppliers import rules as suppliers

LEDGER_ROLES = (
    RoleName.MANAGER,
    RoleName.COORDINATOR,
    RoleName.AUDITOR,
)
FOLLOWING_ROLES = (RoleName.OFFICER, *LEDGER_ROLES)
CONVERSING_ROLES = (RoleName.OFFICER, RoleName.MANAGER, RoleName.COORDINATOR)


def may_see_tenders(user: User) -> bool:
    """Tell who buys or manages contracts, and who audits it."""
    return bool(user.authorities_with(*TENDER_ROLES))


def may_see_contracts(user: User) -> bool:
    """Tell who has to do with contracts: for an authority, or as a supplier."""
    return bool(user.authorities_with(*CONTRACT_ROLES) or user.supplier_ids)


def may_see_ledger(user: User, contract: Contract) -> bool:
    """Tell who answers for single postings; policy makers see sums (R-108)."""
    officials = user.authorities_with(*LEDGER_ROLES)
    return contract.supplier_id in user.supplier_ids or contract.authority_id in officials


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
may_change_obligation = may_hand_over_contract
may_set_goal = may_hand_over_contract
may_set_members = may_hand_over_contract
may_log_call_off = may_change_contract


def may_change_goal(user: User, goal: Goal) -> bool:
    return may_set_goal(user, goal.contract)


may_give_up_goal = may_change_goal


def may_record_progress(user: User, goal: Goal) -> bool:
    """Tell who looks after the contract, and who checks what is done on it."""
    contract = goal.contract
    is_checking = user.has_role(RoleName.COORDINATOR, contract.authority_id)
    return is_checking or manages(user, contract)


def acts_for(user: User, contract: Contract) -> bool:
    """Whether this person enters work for the supplier (R-244)."""
    return contract.supplier_id in user.enters_for


def answers_plans(user: User, contract: Contract) -> bool:
    """Whether this is the named manager, or a coordinator of the authority."""
    return manages(user, contract) or user.has_role(RoleName.COORDINATOR, contract.authority_id)


may_draft_plan = acts_for
may_tie_to_plan = acts_for


def may_see_plan_comments(user: User, plan: Plan) -> bool:
    """Tell who takes part in the conversation; policy makers see what was agreed."""
    return may_read_messages(user, plan.contract)


def may_read_messages(user: User, contract: Contract) -> bool:
    """Tell who takes part in the conversation about a contract (R-196)."""
    officials = user.authorities_with(*CONVERSING_ROLES)
    return contract.status != ContractStatus.DRAFT and (
        contract.supplier_id in user.supplier_ids or contract.authority_id in officials
    )


may_send_message = may_read_messages
may_mark_messages_read = may_read_messages


def may_discard_plan(user: User, plan: Plan) -> bool:
    return acts_for(user, plan.contract)


may_propose_plan = may_discard_plan
may_accept_plan = may_discard_plan


def may_return_plan(user: User, plan: Plan) -> bool:
    return answers_plans(user, plan.contract)


may_agree_plan = may_return_plan


def may_add_plan_line(user: User, plan: Plan) -> bool:
    """Ask the side whose turn it is."""
    contract = plan.contract
    return (plan.is_of_supplier and acts_for(user, contract)) or (
        plan.is_of_authority and answers_plans(user, contract)
    )


def may_change_plan_line(user: User, line: PlanLine) -> bool:
    return may_add_plan_line(user, line.plan)


may_move_plan_line = may_change_plan_line
may_remove_plan_line = may_change_plan_line


def may_comment_plan(user: User, plan: Plan) -> bool:
    return acts_for(user, plan.contract) or answers_plans(user, plan.contract)


def may_report_turnover(user: User, contract: Contract) -> bool:
    """Tell who acts for the supplier, and who looks after the contract."""
    return contract.supplier_id in user.enters_for or manages(user, contract)


def may_correct_turnover(user: User, report: TurnoverReport) -> bool:
    return may_report_turnover(user, report.contract)


def may_delegate_contract(user: User, contract: Contract) -> bool:
    """Let an administrator of the supplier say who of the colleagues looks after it."""
    return suppliers.administers(user, contract.supplier)


may_ask_transfer = may_hand_over_contract


def may_withdraw_transfer(user: User, transfer: Transfer) -> bool:
    return transfer.asked_by_id == user.pk or buys_for(user, transfer.authority_id)


def may_refuse_transfer(user: User, transfer: Transfer) -> bool:
    """Ask an officer of the receiving authority, other than who asked."""
    return buys_for(user, transfer.receiver_id) and transfer.asked_by_id != user.pk


may_name_escalation = may_hand_over_contract


def may_hand_over_contracts(user: User, authority_id: int) -> bool:
    """Ask who buys for the authority, or a manager for the own contracts."""
    return buys_for(user, authority_id) or user.has_role(RoleName.MANAGER, authority_id)


def may_accept_contracts(user: User) -> bool:
    return user.has_role(RoleName.MANAGER)


def may_see_follow_up(user: User, contract: Contract) -> bool:
    """Tell both sides: the supplier, and who answers for the contract; policy makers see sums."""
    officials = user.authorities_with(*FOLLOWING_ROLES)
    return contract.supplier_id in user.supplier_ids or contract.authority_id in officials


def may_see_steps(user: User) -> bool:
    """Tell who answers for contracts of an authority, all of its follow-ups in one list."""
    return bool(user.authorities_with(*FOLLOWING_ROLES))


may_hold_talk = manages
may_ask_recovery = manages
may_give_notice = manages
may_calculate_malus = manages
may_defer_contract = may_hand_over_contract
may_break_off_contract = may_hand_over_contract
may_set_malus_factor = may_hand_over_contract


def answers_for(user: User, contract: Contract) -> bool:
    """Tell who may decide for the authority on what a colleague calculated."""
    is_manager = user.has_role(RoleName.MANAGER, contract.authority_id)
    return is_manager or buys_for(user, contract.authority_id)


def may_hand_in_recovery(user: User, step: FollowUp) -> bool:
    return acts_for_supplier(user, step.contract)


def may_agree_recovery(user: User, step: FollowUp) -> bool:
    return manages(user, step.contract)


may_return_recovery = may_agree_recovery
may_close_step = may_agree_recovery


def may_decide_malus(user: User, step: FollowUp) -> bool:
    """Somebody else than who calculated it (four eyes)."""
    return answers_for(user, step.contract) and step.taken_by_id != user.pk


may_refuse_malus = may_decide_malus


def may_send_statement(user: User, settlement: Settlement) -> bool:
    return manages(user, settlement.contract)


may_calculate_settlement = may_send_statement


def may_react_to_settlement(user: User, settlement: Settlement) -> bool:
    return acts_for_supplier(user, settlement.contract)


def may_decide_settlement(user: User, settlement: Settlement) -> bool:
    """Somebody else than who calculated it (four eyes)."""
    return answers_for(user, settlement.contract) and settlement.calculated_by_id != user.pk


may_return_settlement = may_decide_settlement


def may_ask_reopening(user: User, settlement: Settlement) -> bool:
    return answers_for(user, settlement.contract)


def may_confirm_reopening(user: User, settlement: Settlement) -> bool:
    """Somebody else than who asked for it (four eyes)."""
    return answers_for(user, settlement.contract) and settlement.reopening_by_id != user.pk


may_refuse_reopening = may_confirm_reopening


def may_give_score(user: User, settlement: Settlement) -> bool:
    contract = settlement.contract
    return acts_for_supplier(user, contract) or answers_for(user, contract)


may_record_lesson = may_give_score


def may_send_letter(user: User, letter: Letter) -> bool:
    return manages(user, letter.contract)
