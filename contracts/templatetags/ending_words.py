"""Words and colours for follow-up and settlement, and what the page of a contract says of them."""

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from contracts import actions, rules
from contracts.facts import Options
from contracts.models import Contract, FollowUp, Settlement, SettlementStatus, StepStatus
from contracts.models.contract import ACCEPTING

register = template.Library()

STEP_TONES = {
    StepStatus.OPEN: "warning",
    StepStatus.HANDED_IN: "info",
    StepStatus.AGREED: "info",
    StepStatus.CALCULATED: "warning",
    StepStatus.DONE: "neutral",
    StepStatus.DROPPED: "neutral",
}
SETTLEMENT_TONES = {
    SettlementStatus.PROPOSED: "info",
    SettlementStatus.STATED: "warning",
    SettlementStatus.CALCULATED: "warning",
    SettlementStatus.SETTLED: "positive",
    SettlementStatus.REOPENING: "warning",
    SettlementStatus.REOPENED: "neutral",
}


@register.inclusion_tag("core/badge.html")
def step_status(step: FollowUp) -> dict[str, object]:
    return {"label": step.get_status_display(), "tone": STEP_TONES[StepStatus(step.status)]}


@register.inclusion_tag("core/badge.html")
def settlement_status(settlement: Settlement) -> dict[str, object]:
    tone = SETTLEMENT_TONES[SettlementStatus(settlement.status)]
    return {"label": settlement.get_status_display(), "tone": tone}


@register.simple_tag
def offered_then(step: FollowUp) -> Options | None:
    """Give the options of a talk as they were kept."""
    kept: dict[str, Any] = step.offered
    if not kept:
        return None
    amounts = {name: Decimal(kept[name]) for name in ("gap", "week_hours", "purchase_eur")}
    return Options(**kept | amounts)


@register.inclusion_tag("contracts/parts/ending.html", takes_context=True)
def contract_ending(context: dict[str, Any], contract: Contract) -> dict[str, object]:
    """Lead from the page of a contract to its follow-up and its settlement."""
    person = context["user"]
    if contract.status == "draft" or not rules.may_see_follow_up(person, contract):
        return {"contract": contract, "is_shown": False}
    today = timezone.localdate()
    is_over = contract.closes_on is not None and contract.closes_on < today
    is_open = contract.status in ACCEPTING
    return {
        "contract": contract,
        "is_shown": True,
        "settlement": contract.settlements.order_by("-version").first(),
        "steps": [] if contract.is_framework else list(contract.follow_ups.living()),
        "has_follow_up": contract.status in actions.LOOKED_AFTER and not contract.is_framework,
        "may_settle": contract.status == "active"
        and is_over
        and rules.may_start_settlement(person, contract),
        "may_set_factor": is_open and rules.may_set_malus_factor(person, contract),
        "may_break_off": is_open and rules.may_break_off_contract(person, contract),
        "follow_up_url": reverse("contracts:follow-up", args=[contract.pk]),
        "csrf_token": context.get("csrf_token"),
        "today": today,
    }
