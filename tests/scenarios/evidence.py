"""Entry rules, evidence that is asked for, a warning, a sample and a visit."""

import datetime as dt
from decimal import Decimal

from candidates import actions as candidate_actions
from contracts import actions as contract_actions


def fill(world):
    by = {"by": world.ada, "at": world.now}
    rule = {"condition": "hours_over", "effect": "warn", "limit": Decimal(30)}
    world.entry_rule = contract_actions.set_entry_rule(
        world.ministry, rule | {"valid_from": world.today}, **by
    )
    to_come = world.today + dt.timedelta(days=30)
    world.entry_rule_to_come = contract_actions.set_entry_rule(
        world.ministry, rule | {"valid_from": to_come, "limit": Decimal(36)}, **by
    )
    demand = {"evidence_kind": world.kind, "level": "on_request", "row_kind": "activity"}
    world.no_contribution = [0]
    world.demand_to_come = contract_actions.set_demand(
        world.ministry, demand | {"valid_from": to_come}, **by
    )
    _warned(world)
    _checked(world)


def _warned(world):
    """A month of work of 32 hours a week, which a rule warns about."""
    first = dt.date(world.today.year - 1, 1, 1)
    facts = candidate_actions.PlacementFacts(
        reference="K-09",
        block=world.ww,
        hours_per_week=Decimal(32),
        starts_on=first,
        contract_form="temporary",
    )
    by = {"by": world.sara, "at": world.now}
    world.warned_placement = candidate_actions.enter_placement(world.contract, facts, **by)
    period = (first, first.replace(day=31))
    world.warned = candidate_actions.draft_contribution(world.warned_placement, period=period, **by)
    candidate_actions.submit_share(world.warned, **by)
    world.warned.refresh_from_db()


def _checked(world):
    """A sample of what was submitted today, and a visit to a placement."""
    by = {"by": world.olga, "at": world.now}
    facts = {"of": "submitted", "size": 2, "starts_on": world.today, "ends_on": world.today}
    world.sample = candidate_actions.draw_sample(world.ministry, facts, **by)
    world.drawn = world.sample.shares.get(place=1)
    seen = dict.fromkeys(("persons", "work"), "agrees") | {"hours": "differs"}
    world.visit = candidate_actions.record_visit(
        world.contract,
        seen | {"visited_on": world.today, "conclusion": "questions"},
        placement=world.warned_placement,
        seen_kinds=[world.kind],
        remark="Er is op een andere dag gewerkt dan gemeld.",
        **by,
    )
