"""Plans for the tests: drafted, proposed, agreed, through the actions."""

import datetime as dt
from decimal import Decimal

from contracts import actions
from tests.conftest import NOON

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def promised(value="1000.00", period=YEAR, **facts):
    """Facts of a line."""
    return {
        "kind": "placement",
        "block": None,
        "title": "Twee mensen aan het werk",
        "quantity": Decimal(2),
        "unit": "job",
        "starts_on": period[0],
        "ends_on": period[1],
        "proposed_eur": None,
        "value_eur": Decimal(value),
        "origin": "",
        **facts,
    }


def drafted(contract, person, *lines):
    plan = actions.draft_plan(contract, by=person, at=NOON)
    for facts in lines or (promised(),):
        actions.add_plan_line(plan, facts, by=person, at=NOON)
    plan.refresh_from_db()
    return plan


def proposed(contract, person, *lines):
    plan = drafted(contract, person, *lines)
    actions.propose_plan(plan, by=person, at=NOON)
    plan.refresh_from_db()
    return plan


def agreed(contract, person, official, *lines):
    plan = proposed(contract, person, *lines)
    actions.agree_plan(plan, by=official, at=NOON)
    plan.refresh_from_db()
    contract.refresh_from_db()
    return plan
