"""Everybody locks people first, then shares, placements, and contracts last (R-063)."""

import datetime as dt
import re
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates import actions
from contracts import actions as contract_actions
from contracts.valuation import codec
from tests import factories
from tests.conftest import NOON, TODAY

ORDER = ["candidate", "share", "placement", "contract"]
LOCKED = re.compile(r'FROM "(?:candidates|contracts)_(\w+)".* FOR (?:NO KEY )?UPDATE')


def locked(verb, *args, at=NOON, **facts):
    """Name the tables of which a verb locks rows, each where it is locked first."""
    with CaptureQueriesContext(connection) as queries:
        verb(*args, at=at, **facts)
    found = [LOCKED.search(each["sql"]) for each in queries]
    tables = dict.fromkeys(each[1] for each in found if each)
    return [table for table in tables if table in ORDER]


def test_a_contract_that_closes_is_locked_after_all_on_it(submitted, contract, piet):
    facts = {"by": piet, "reason": "De dienst vervalt."}
    assert locked(contract_actions.break_off_contract, contract, **facts) == ORDER


def test_a_contract_that_is_settled_is_locked_after_all_on_it(draft, contract, cora):
    over = {"by": cora, "at": NOON.replace(year=2027)}
    assert locked(contract_actions.start_settlement, contract, **over) == ORDER


def test_a_contract_that_moves_is_locked_after_all_on_it(
    submitted, contract, other_ministry, cora, otto
):
    people = {}
    for role in ("officer", "manager"):
        people[role] = factories.UserFactory()
        factories.RoleAssignmentFactory(user=people[role], authority=other_ministry, role=role)
    transfer = contract_actions.ask_transfer(
        contract, other_ministry, TODAY, by=cora, at=NOON, reason="Herindeling."
    )
    receives = {"by": people["officer"]}
    assert locked(actions.accept_transfer, transfer, people["manager"], **receives) == ORDER


def test_a_share_of_a_row_with_a_limit_is_locked_before_its_contract(submitted, ww, olga):
    ww.terms |= codec.encode({"limit_pct": Decimal(50)})
    ww.save()
    submitted.refresh_from_db()
    assert locked(actions.verify_share, submitted, by=olga) == ["candidate", "share", "contract"]


def test_many_are_locked_before_the_first_is_marked(submitted, monkeypatch):
    late = NOON + dt.timedelta(days=60)
    marked = locked(actions.mark_unchecked, at=late)
    assert marked == ["candidate", "share", "contract"]


def test_a_person_is_locked_before_the_contract_it_works_on(placement, contract, ww, sara):
    facts = actions.PlacementFacts(
        reference="K-01",
        block=ww,
        hours_per_week=Decimal(8),
        starts_on=dt.date(2026, 4, 1),
        contract_form="temporary",
    )
    entered = locked(actions.enter_placement, contract, facts, by=sara)
    assert entered == ["candidate", "contract"]
    march = {"period": (dt.date(2026, 2, 1), dt.date(2026, 2, 28)), "hours_per_week": Decimal(20)}
    worked = locked(actions.submit_month, placement, by=sara, **march)
    assert worked[0] == "candidate"
