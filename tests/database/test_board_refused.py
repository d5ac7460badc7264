"""The database itself refuses what no action of the board makes."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from network import actions
from tests.conftest import NOON, TODAY
from tests.database.conftest import another
from tests.network.boarding import told

REFUSED = {
    "entry_lies_in_a_province": ("an_entry", {"supplier": "zuid", "province": "NL"}),
    "offer_ends_after_start": ("an_offer", {"ends_on": TODAY}),
    "candidate_is_shown_by_province": ("an_offer", {"kind": "candidate"}),
    "only_a_place_is_for_everybody": ("an_offer", {"kind": "path", "apply_at": "werken@x.example"}),
    "offer_ended_iff_ended_on": ("an_offer", {"status": "expired"}),
    "match_is_between_two": ("a_match", {"partner": "noord"}),
    "one_open_match_an_offer": ("a_match", {}),
    "match_agreed_by_iff_agreed_at": ("a_match", {"status": "ended", "agreed_by": "sara"}),
    "match_agreed_iff_agreed_at": ("a_match", {"status": "agreed"}),
    "the_other_side_agrees": (
        "a_match",
        {
            "status": "agreed",
            "agreed_at": NOON,
            "agreed_by": "sara",
            "agreed_for": "noord",
            "proposed_for": "noord",
        },
    ),
}


@pytest.fixture
def an_offer(noord, sara):
    facts = told(starts_on=TODAY + dt.timedelta(days=1))
    return actions.post_offer(noord, facts, by=sara, at=NOON, key=uuid.uuid4())


@pytest.fixture
def an_entry(noord, sara):
    facts = {"about": "Wij wassen.", "mailbox": "info@noord.example", "province": "NL32"}
    return actions.keep_entry(noord, facts | {"is_shown": True}, by=sara, at=NOON)


@pytest.fixture
def a_match(an_offer, zuid, bram):
    return actions.answer_offer(an_offer, zuid, "Graag.", by=bram, at=NOON, key=uuid.uuid4())


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, said = REFUSED[constraint]
    row = request.getfixturevalue(row_name)
    named = {"sara", "noord", "zuid"}
    changes = {
        name: request.getfixturevalue(value) if isinstance(value, str) and value in named else value
        for name, value in said.items()
    }

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, changes)

    assert refusal.value.__cause__.diag.constraint_name == constraint
