"""Who may do what with placements and shares: `may_<verb>`, the very name of the action."""

from candidates.models import (
    AGREEING_ROLES,
    SAMPLE_ROLES,
    AgreedJob,
    Agreement,
    Contribution,
    FollowUp,
    ImportBatch,
    JudgedFact,
    PathPerson,
    PathPlan,
    PersonalLink,
    Placement,
    SampleShare,
    Share,
    SharedPath,
)
from contracts import rules as contract_rules
from contracts.models import Contract, PeriodStatement
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from suppliers.models import Supplier


def may_enter_placement(user: User, contract: Contract) -> bool:
    """Tell who enters work: the supplier, and a partner that the client consented to (R-260)."""
    return contract_rules.works_on(user, contract)


def acts_for_supplier(user: User, obj: Placement | Contribution | Share | FollowUp) -> bool:
    """Ask who enters work for it; a colleague may have been given to read only (R-247)."""
    return obj.supplier_id in user.enters_for


may_change_hours = acts_for_supplier
may_end_placement = acts_for_supplier
may_withdraw_placement = acts_for_supplier
may_draft_contribution = acts_for_supplier
may_state_evidence = acts_for_supplier
may_inform_candidate = acts_for_supplier
may_see_reason = acts_for_supplier
may_make_personal_link = acts_for_supplier


def sees_reason(user: User, about: Placement | Contribution) -> bool:
    """Tell who entered it, and who checks it, at once why the person counts (R-427)."""
    if isinstance(about, Contribution):
        if about.person_of is None:
            return True
        about = about.placement or about
    is_colleague = about.supplier_id in user.supplier_ids
    return not is_colleague or about.entered_by_id == user.pk


def may_revoke_personal_link(user: User, link: PersonalLink) -> bool:
    return link.supplier_id in user.enters_for


def may_see_judged_facts(user: User) -> bool:
    """Tell suppliers and who checks for an authority."""
    return bool(user.supplier_ids or user.sees_contributions_of)


def may_answer_fact(user: User, judged: JudgedFact) -> bool:
    """Ask who enters work for the firm, or a coordinator of an authority that sees it (R-372)."""
    if judged.supplier_id in user.enters_for:
        return True
    checks_for = set(user.authorities_with(RoleName.COORDINATOR))
    return bool(checks_for & set(judged.authority_ids))


may_answer_follow_up = acts_for_supplier
may_state_additionality = acts_for_supplier


def may_see_samples(user: User) -> bool:
    """Tell who checks, who answers for the contract, and who audits (N08)."""
    return bool(user.authorities_with(*SAMPLE_ROLES))


def may_draw_sample(user: User, authority_id: int | None = None) -> bool:
    return user.has_role(RoleName.COORDINATOR, authority_id)


def may_record_outcome(user: User, drawn: SampleShare) -> bool:
    """Ask a coordinator of the authority that drew."""
    return may_draw_sample(user, drawn.authority_id)


def may_see_visits(user: User, contract: Contract) -> bool:
    """Tell both sides: earlier checks stay visible to the supplier (D16)."""
    is_checking = contract.authority_id in user.sees_contributions_of
    return is_checking or contract.supplier_id in user.supplier_ids


def may_record_visit(user: User, contract: Contract) -> bool:
    return user.has_role(RoleName.COORDINATOR, contract.authority_id)


may_object_share = acts_for_supplier
may_divide_contribution = acts_for_supplier


def may_submit_share(user: User, share: Share) -> bool:
    return share.supplier_id in user.enters_for


may_withdraw_share = may_submit_share
may_change_share = may_submit_share


def checks(user: User, share: Share) -> bool:
    """Ask for a coordinator of the authority, other than who submitted it."""
    return (
        user.has_role(RoleName.COORDINATOR, share.authority_id) and share.submitted_by_id != user.pk
    )


may_verify_share = checks
may_return_share = checks
may_reject_share = checks


def decides_on_objection(user: User, share: Share) -> bool:
    """Another coordinator than who rejected it."""
    return checks(user, share) and user.pk not in (share.rejected_by_id, share.objected_by_id)


may_grant_objection = decides_on_objection
may_uphold_rejection = decides_on_objection


def may_revoke_share(user: User, share: Share) -> bool:
    """Another coordinator than who verified it."""
    return checks(user, share) and share.verified_by_id != user.pk


may_draft_claim = may_enter_placement
may_propose_agreement = may_enter_placement
may_submit_month = may_enter_placement
may_make_permanent = acts_for_supplier
may_change_claim = may_change_share


def may_withdraw_agreement(user: User, agreement: Agreement) -> bool:
    return agreement.supplier_id in user.enters_for


def agrees(user: User, agreement: Agreement) -> bool:
    """Ask for an adviser, coordinator or manager of the authority, other than who proposed it."""
    is_asked = agreement.authority_id in user.authorities_with(*AGREEING_ROLES)
    return is_asked and agreement.proposed_by_id != user.pk


may_agree_agreement = agrees
may_decline_agreement = agrees
may_accept_transfer = contract_rules.may_refuse_transfer


def may_ask_confirmation(user: User, share: Share) -> bool:
    """Ask who entered a purchase; others read the answer."""
    is_standing = share.contribution.is_live and share.contribution.partner_id is not None
    return is_standing and share.supplier_id in user.enters_for


def may_see_agreements(user: User) -> bool:
    return bool(user.authorities_with(*AGREEING_ROLES))


def may_merge_supplier(user: User, supplier: Supplier) -> bool:
    """Ask an officer of an authority that has a contract with it."""
    authorities = user.authorities_with(RoleName.OFFICER)
    contracts = Contract.objects.filter(supplier=supplier, authority_id__in=authorities)
    return supplier.merged_into_id is None and bool(contracts.exists())


def may_sign_period(user: User, contract: Contract) -> bool:
    """Ask for somebody who was given to sign for the supplier (R-247)."""
    return contract.supplier_id in user.signs_for


def may_withdraw_statement(user: User, statement: PeriodStatement) -> bool:
    return statement.supplier_id in user.signs_for


def may_see_figures(user: User, contract: Contract) -> bool:
    """Tell who may see single contributions: a period may hold only one."""
    return (
        contract.supplier_id in user.supplier_ids
        or contract.authority_id in user.sees_contributions_of
    )


def may_see_periods(user: User, contract: Contract) -> bool:
    """Tell both sides of the contract; a partner sees its own part only."""
    officials = user.authorities_with(*CONTRACT_ROLES)
    return contract.supplier_id in user.supplier_ids or contract.authority_id in officials


def may_tie_share(user: User, share: Share) -> bool:
    """Tell who acts for the supplier (R-194)."""
    return share.supplier_id in user.enters_for


def acts_for_sender(user: User, batch: ImportBatch) -> bool:
    return batch.supplier_id in user.enters_for


may_match_import = acts_for_sender
may_confirm_import = acts_for_sender
may_undo_import = acts_for_sender
may_retry_import = acts_for_sender
may_discard_import = acts_for_sender


def may_see_import_rows(user: User, batch: ImportBatch) -> bool:
    """Tell who sent it, and who enters: a row says why somebody counts (R-427)."""
    return batch.sent_by_id == user.pk or acts_for_sender(user, batch)


def walks(user: User, obj: SharedPath | PathPlan) -> bool:
    """Ask who enters work for one of the suppliers of a shared path (R-385)."""
    return any(each in user.enters_for for each in obj.supplier_ids)


may_propose_path_plan = walks
may_drop_path_plan = walks
may_agree_path_plan = walks
may_tie_person = walks


def has_tied(user: User, tie: PathPerson) -> bool:
    return tie.supplier_id in user.enters_for


may_give_path_code = has_tied
may_untie_person = has_tied


may_register_job = acts_for_supplier


def states_job(user: User, job: AgreedJob) -> bool:
    return job.supplier_id in user.enters_for


may_correct_job = states_job
may_state_paid_hours = states_job
may_withdraw_job = states_job


def checks_job(user: User, job: AgreedJob) -> bool:
    """Ask a coordinator of an authority that checks its work, other than who stated it."""
    checked_for = user.authorities_with(RoleName.COORDINATOR)
    return bool(set(job.authority_ids) & set(checked_for)) and job.stated_by_id != user.pk


may_confirm_job = checks_job
may_decline_job = checks_job


def may_see_jobs(user: User) -> bool:
    """Tell who states them, and who checks the work they belong to (R-347)."""
    return bool(user.supplier_ids or user.sees_contributions_of)


def may_see_removals(user: User) -> bool:
    """Tell suppliers and who works on contracts; it says nothing of a person (R-420)."""
    return bool(user.supplier_ids or user.authorities_with(*CONTRACT_ROLES))
