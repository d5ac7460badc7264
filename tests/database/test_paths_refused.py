"""The database itself refuses shared paths that no action makes."""

import pytest
from django.db import IntegrityError, transaction

from candidates import actions
from tests import factories
from tests.candidates import walking
from tests.conftest import NOON, TODAY
from tests.database.conftest import another

REFUSED = {
    "path_is_of_several_suppliers": ("a_path", {"supplier_ids": [1]}),
    "one_path_plan_a_version": ("a_path_plan", {"status": "dropped"}),
    "one_open_plan_a_path": ("a_newer_plan", {"version": 9}),
    "one_agreed_plan_a_path": ("a_path_plan", {"version": 9}),
    "agreed_path_plan_says_since_when": ("a_newer_plan", {"version": 9, "status": "superseded"}),
    "path_step_ends_after_start": ("a_path_step", {"ends_on": TODAY.replace(year=2020)}),
    "path_step_lies_between_0_and_100": ("a_path_step", {"pct": 101}),
    "one_consent_a_supplier": ("a_consent", {}),
    "one_person_a_supplier_of_a_path": ("a_tie", {"candidate": "somebody"}),
    "one_path_a_candidate": ("a_tie", {"supplier": "zuid"}),
    "path_code_has_a_last_moment": ("a_tie", {"code_until": NOON}),
}


@pytest.fixture
def somebody(noord):
    return factories.candidate(noord, "K-99")


@pytest.fixture
def a_path(noord, zuid, sara):
    return walking.begun(noord, zuid, sara)


@pytest.fixture
def a_path_plan(a_path, noord, zuid, sara, bram):
    return walking.agreed(a_path, walking.steps(noord, zuid), sara, bram)


@pytest.fixture
def a_newer_plan(a_path, a_path_plan, noord, zuid, sara):
    return actions.propose_path_plan(a_path, walking.steps(noord, zuid), by=sara, at=NOON)


@pytest.fixture
def a_path_step(a_path_plan):
    return a_path_plan.steps.first()


@pytest.fixture
def a_consent(a_path_plan):
    return a_path_plan.consents.first()


@pytest.fixture
def a_tie(a_path, a_path_plan, noord, sara):
    person = factories.candidate(noord, "K-01")
    return actions.tie_person(a_path, person, by=sara, at=NOON)


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, said = REFUSED[constraint]
    row = request.getfixturevalue(row_name)
    named = ("somebody", "zuid")
    changes = {
        name: request.getfixturevalue(value) if value in named else value
        for name, value in said.items()
    }

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, changes)

    assert refusal.value.__cause__.diag.constraint_name == constraint
