"""Who may see figures over contracts and issue reports of them: `may_<verb>`."""

from reports.models import Definition, ProxyTable, Report, ReportSchedule
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES

ISSUING_ROLES = (RoleName.POLICY_MAKER, RoleName.MANAGER)
OTHER_ROLES = dict.fromkeys(  # these go outside
    (Definition.ANNUAL.value, Definition.JOBS.value), (RoleName.POLICY_MAKER,)
)


def may_see_dashboard(user: User) -> bool:
    return bool(user.authorities_with(*CONTRACT_ROLES))


def may_see_reports(user: User) -> bool:
    """Whoever works with contracts; a supplier finds the reports of its own."""
    return may_see_dashboard(user) or bool(user.supplier_ids)


may_export_contracts = may_see_reports


def issuing_roles(definition: str) -> tuple[RoleName, ...]:
    return OTHER_ROLES.get(definition, ISSUING_ROLES)


def issues_for(user: User, roles: tuple[RoleName, ...] = ISSUING_ROLES) -> tuple[int, ...]:
    """Name the authorities for which this person issues reports; some ask for another role."""
    return user.authorities_with(*roles)


def may_issue_report(user: User, authority_id: int | None = None) -> bool:
    """Issue for this authority, or (None) for any."""
    authorities = issues_for(user)
    return bool(authorities) if authority_id is None else authority_id in authorities


def may_issue_batch(user: User) -> bool:
    return may_issue_report(user)


def may_reprint_report(user: User, report: Report) -> bool:
    return may_issue_report(user, report.authority_id)


def may_correct_report(user: User, report: Report) -> bool:
    """Issue it anew: for all its authorities, while they still have the contract."""
    authorities = issues_for(user, issuing_roles(report.definition))
    is_theirs = report.contract_id is None or (
        report.contract is not None and report.contract.authority_id == report.authority_id
    )
    return is_theirs and set(report.authority_ids) <= set(authorities)


may_see_schedules = may_see_dashboard


def may_set_schedule(user: User) -> bool:
    return may_issue_report(user)


def may_issue_scheduled(user: User, schedule: ReportSchedule) -> bool:
    """Issue for all its authorities, while they still have the contract."""
    contract = schedule.contract
    is_theirs = contract is None or contract.authority_id == schedule.authority_id
    authorities = issues_for(user, issuing_roles(schedule.definition))
    return user.is_active and is_theirs and set(schedule.authority_ids) <= set(authorities)


may_stop_schedule = may_issue_scheduled
may_resume_schedule = may_issue_scheduled


def may_see_scheduled(user: User, schedule: ReportSchedule) -> bool:
    """Read what it issues: who works for all its authorities (R-280)."""
    return set(schedule.authority_ids) <= set(user.authorities_with(*CONTRACT_ROLES))


def may_see_cockpit(user: User) -> bool:
    """Tell who acts for a supplier."""
    return bool(user.supplier_ids)


may_export_cockpit = may_see_cockpit


def may_see_proxies(user: User) -> bool:
    """Tell who sees figures, and who keeps the tables of values."""
    return may_see_dashboard(user) or user.has_role(RoleName.ADVISER)


def may_draft_proxies(user: User) -> bool:
    """Keep the tables of values: advisers of any authority do."""
    return user.has_role(RoleName.ADVISER)


may_set_proxy = may_draft_proxies
may_remove_proxy = may_draft_proxies
may_withdraw_proxies = may_draft_proxies


def may_publish_proxies(user: User, table: ProxyTable) -> bool:
    """Ask an adviser or policy maker other than who drew it up (R-358)."""
    judges = bool(user.authorities_with(RoleName.ADVISER, RoleName.POLICY_MAKER))
    return judges and table.drafted_by_id != user.pk
