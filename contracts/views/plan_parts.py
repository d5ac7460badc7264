"""What pages about a plan share: who may do what now, versions, what is owed."""

from typing import Any

from contracts import rules
from contracts.facts import plans as facts
from contracts.models import (
    ACCEPTING,
    OPEN_PLANS,
    Contract,
    Fulfilment,
    Plan,
    PlanStatus,
)
from sroi_portal.core.models import User
from sroi_portal.core.models.authority import CONTRACT_ROLES


def buttons(person: User, plan: Plan) -> dict[str, bool]:
    """Tell what the person may do and the plan is ready for."""
    runs = plan.contract.status in ACCEPTING
    is_open = plan.status in OPEN_PLANS and runs
    is_changed = plan.is_changed_by_authority
    return {
        "edit": is_open and rules.may_add_plan_line(person, plan),
        "propose": plan.is_of_supplier and runs and rules.may_propose_plan(person, plan),
        "discard": plan.status == PlanStatus.DRAFT and rules.may_discard_plan(person, plan),
        "return": plan.is_of_authority and runs and rules.may_return_plan(person, plan),
        "agree": plan.is_of_authority
        and runs
        and not is_changed
        and rules.may_agree_plan(person, plan),
        "accept": plan.is_of_supplier
        and runs
        and is_changed
        and rules.may_accept_plan(person, plan),
        "comment": is_open and rules.may_comment_plan(person, plan),
        "draft": runs
        and plan.status == PlanStatus.AGREED
        and rules.may_draft_plan(person, plan.contract),
        "see_comments": rules.may_see_plan_comments(person, plan),
        "see_realised": rules.may_see_ledger(person, plan.contract),
    }


def sums(contract: Contract, rows: list[facts.PlanRow]) -> dict[str, Any]:
    """Give the total beside what is owed in euros, where euros are owed."""
    kept = Fulfilment.objects.filter(contract=contract, owed_eur__gt=0)
    owed = kept.values_list("owed_eur", flat=True).first()
    total = facts.total(rows)
    return {"total": total, "owed": owed, "gap": None if owed is None else owed - total.planned_eur}


def versions(plan: Plan, person: User) -> list[Plan]:
    """Give all versions that the person may see, the newest first."""
    found = Plan.objects.visible_to(person).filter(contract=plan.contract_id)
    return list(found.order_by("-version"))


def of_contract(contract: Contract, person: User) -> dict[str, Any]:
    """Give what the contract's page shows of its plan; nothing where none belongs."""
    if contract.is_framework or contract.status not in (*ACCEPTING, "settling", "settled"):
        return {"has_plan_part": False}
    officials = person.authorities_with(*CONTRACT_ROLES)
    if contract.supplier_id not in person.supplier_ids and contract.authority_id not in officials:
        return {"has_plan_part": False}
    seen = list(Plan.objects.visible_to(person).filter(contract=contract).order_by("version"))
    agreed = next((each for each in seen if each.status == PlanStatus.AGREED), None)
    opened = next((each for each in seen if each.status in OPEN_PLANS), None)
    for each in (agreed, opened):
        if each:
            each.contract = contract
    rows = facts.rows(agreed) if agreed else []
    return {
        "has_plan_part": True,
        "agreed_plan": agreed,
        "open_plan": opened,
        "plan_rows": rows,
        "plan_total": facts.total(rows),
        "may_plan": {
            "draft": opened is None
            and contract.accepts_contributions
            and rules.may_draft_plan(person, contract),
            "answer": opened is not None and buttons(person, opened)["return"],
            "go_on": opened is not None and buttons(person, opened)["propose"],
            "see_realised": rules.may_see_ledger(person, contract),
        },
    }
