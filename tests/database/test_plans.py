"""The database itself refuses plans that no action makes."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from contracts import actions, ledger
from contracts.models import MessageMark
from tests.conftest import NOON
from tests.contracts import planning
from tests.database.conftest import another

REFUSED = {
    "one_plan_a_version": ("a_plan", {"status": "superseded"}),
    "one_open_plan_a_contract": ("an_open_plan", {"version": 9}),
    "one_agreed_plan_a_contract": ("a_plan", {"version": 9}),
    "supplier_agreed_by_iff_supplier_agreed_at": ("a_plan", {"supplier_agreed_by": None}),
    "authority_agreed_by_iff_authority_agreed_at": ("a_plan", {"authority_agreed_by": None}),
    "plan_four_eyes": ("a_plan", {"authority_agreed_by": "sara"}),
    "plan_is_agreed_by_both": ("an_open_plan", {"status": "agreed"}),
    "one_promise_a_plan": ("a_line", {}),
    "plan_line_ends_after_start": (
        "a_line",
        {"thread": uuid.uuid4(), "starts_on": dt.date(2027, 1, 1)},
    ),
    "plan_line_is_more_than_nothing": ("a_line", {"thread": uuid.uuid4(), "quantity": Decimal(0)}),
    "plan_line_value_not_negative": (
        "a_line",
        {"thread": uuid.uuid4(), "value_eur": Decimal("-0.01")},
    ),
    "one_tie_a_source": ("a_tie", {}),
    "one_mark_a_reader": ("a_mark", {}),
}


@pytest.fixture
def a_plan(contract, sara, cora):
    return planning.agreed(contract, sara, cora)


@pytest.fixture
def an_open_plan(a_plan, contract, sara):
    return actions.draft_plan(contract, by=sara, at=NOON)


@pytest.fixture
def a_line(a_plan):
    return a_plan.lines.get()


@pytest.fixture
def a_tie(contract, a_line, sara):
    source = ledger.Source("candidates.share", uuid.uuid4())
    return actions.tie_to_plan(contract, source, a_line, by=sara, at=NOON)


@pytest.fixture
def a_mark(contract, sara):
    actions.send_message(contract, "Goedemorgen.", by=sara, at=NOON)
    return MessageMark.objects.get()


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, said = REFUSED[constraint]
    row = request.getfixturevalue(row_name)
    people = {name: value for name, value in said.items() if value == "sara"}
    changes = said | {name: request.getfixturevalue(value) for name, value in people.items()}

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, changes)

    assert refusal.value.__cause__.diag.constraint_name == constraint
