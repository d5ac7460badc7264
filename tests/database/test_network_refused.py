"""The database itself refuses pilots that no action makes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from network import actions
from tests.conftest import NOON
from tests.database.conftest import another
from tests.network import trying

REFUSED = {
    "pilot_ends_after_start": ("a_pilot", {"ends_on": dt.date(2020, 1, 1)}),
    "running_pilot_has_days": ("a_pilot", {"ends_on": None}),
    "finished_pilot_has_outcome": ("a_pilot", {"status": "finished", "outcome": ""}),
    "idea_is_not_shared": ("a_pilot", {"status": "idea"}),
    "pilot_partner_is_one_party": ("a_partner", {"supplier": None}),
    "one_pilot_partner_once": ("a_partner", {}),
    "pilot_runs_on_tender_or_contract": ("a_place", {"contract": None}),
    "one_pilot_place_once": ("a_place", {}),
}


@pytest.fixture
def a_pilot(ministry, ada):
    return trying.pilot(ministry, ada)


@pytest.fixture
def a_partner(a_pilot, noord, ada):
    return actions.add_partner(a_pilot, {"supplier": noord}, by=ada, at=NOON)


@pytest.fixture
def a_place(a_pilot, contract, piet):
    return actions.add_place(a_pilot, contract, by=piet, at=NOON)


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, changes = REFUSED[constraint]
    row = request.getfixturevalue(row_name)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, changes)

    assert refusal.value.__cause__.diag.constraint_name == constraint
