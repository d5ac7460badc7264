"""Checks of the demo: entry rules, evidence that ends, a sample and a visit."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone

from candidates import actions as candidate_actions
from candidates.models import Placement, SampleOf, SampleOutcome
from contracts import actions as contract_actions
from contracts.models import Contract, ContractStatus, DemandLevel, EntryCondition, EntryEffect
from sroi_portal.core.models import Authority, User

DAY = dt.timedelta(days=1)
RULES = (
    (EntryCondition.HOURS_OVER, Decimal(40), EntryEffect.BLOCK),
    (EntryCondition.HOURS_OVER, Decimal(30), EntryEffect.WARN),
    (EntryCondition.ENTERED_LATE, Decimal(60), EntryEffect.WARN),
    (EntryCondition.NOT_INFORMED, None, EntryEffect.WARN),
)


def load(users: Mapping[str, User], authority: Authority, *, now: dt.datetime) -> None:
    """Let an adviser set rules now, and a coordinator draw a sample and go and look."""
    today = timezone.localdate(now)
    for condition, limit, effect in RULES:
        rule = {"condition": condition, "limit": limit, "effect": effect, "valid_from": today}
        contract_actions.set_entry_rule(authority, rule, by=users["Ada"], at=now)
    running = Placement.objects.filter(
        contract__authority=authority, contract__status=ContractStatus.ACTIVE, ends_on=None
    )
    placement = running.filter(block__evidence_kinds__isnull=False).order_by("pk").first()
    if placement is not None:
        _evidence(users, placement, authority, now)
    _sample(users["Olga"], authority, now)


def _evidence(
    users: Mapping[str, User], placement: Placement, authority: Authority, now: dt.datetime
) -> None:
    """State what ends within a week, ask it strictly from now on, and go and look."""
    today, kind = timezone.localdate(now), placement.block.evidence_kinds.order_by("pk")[0]
    stated = candidate_actions.EvidenceFacts(
        kind=kind, result="seen", seen_on=today - 90 * DAY, valid_until=today + 7 * DAY
    )
    by = placement.entered_by
    candidate_actions.state_evidence(placement, stated, by=by, at=now - 90 * DAY)
    demand = {"evidence_kind": kind, "level": DemandLevel.BLOCKING, "valid_from": today}
    contract_actions.set_demand(authority, demand, by=users["Ada"], at=now)
    seen = {"persons": "agrees", "work": "agrees", "hours": "differs", "conclusion": "questions"}
    contract: Contract = placement.contract
    candidate_actions.record_visit(
        contract,
        seen | {"visited_on": today - 5 * DAY},
        by=users["Olga"],
        at=now - 4 * DAY,
        placement=placement,
        remark="Op het rooster staan minder uren dan gemeld. De leverancier zoekt het uit.",
    )


def _sample(coordinator: User, authority: Authority, now: dt.datetime) -> None:
    today = timezone.localdate(now)
    facts = {"of": SampleOf.VERIFIED, "size": 5, "starts_on": today - 365 * DAY, "ends_on": today}
    sample = candidate_actions.draw_sample(authority, facts, by=coordinator, at=now)
    first = sample.shares.get(place=1)
    candidate_actions.record_outcome(first, SampleOutcome.IN_ORDER, by=coordinator, at=now)
