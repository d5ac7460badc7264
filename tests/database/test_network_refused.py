"""The database itself refuses pilots and lessons that no action makes."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from network import actions
from tests import factories
from tests.conftest import NOON, TODAY
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
    "lesson_is_about_something": ("a_lesson", {"pilot": None}),
    "lesson_reviewed_by_iff_reviewed_at": ("a_lesson", {"reviewed_at": NOON}),
    "lesson_published_by_iff_published": ("a_lesson", {"status": "published"}),
    "lesson_four_eyes": ("a_lesson", {"reviewed_at": NOON, "reviewed_by": "ada"}),
    "one_change_a_lesson_and_object": ("a_change", {}),
    "ended_obstacle_has_answer": ("an_obstacle", {"answer": "Zo."}),
    "obstacle_is_picked_up_by_somebody": ("an_obstacle", {"picked_up_by": "ada"}),
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


@pytest.fixture
def a_lesson(a_pilot, ada):
    return trying.lesson(a_pilot, ada)


@pytest.fixture
def a_change(a_lesson, ada):
    table = factories.ValueTableFactory(valid_from=TODAY)
    facts = {"kind": "table", "object_uuid": table.uuid, "label": "Tabel", "changed_on": TODAY}
    return actions.name_change(a_lesson, facts, by=ada, at=NOON)


@pytest.fixture
def an_obstacle(contract, sara):
    facts = {"kind": "places", "text": "Geen plek."}
    return actions.report_obstacle(contract, facts, by=sara, at=NOON)


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, changes = REFUSED[constraint]
    row = request.getfixturevalue(row_name)
    people = {name: request.getfixturevalue(who) for name, who in changes.items() if who == "ada"}

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, changes | people)

    assert refusal.value.__cause__.diag.constraint_name == constraint
