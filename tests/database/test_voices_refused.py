"""The database itself refuses letters, answers and voices that say less than they must."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from candidates import actions
from candidates.models import JudgedFact, Voice
from tests.candidates.conftest import placement, ww  # noqa: F401 - fixtures
from tests.conftest import NOON
from tests.database.conftest import another

REFUSED = {
    "one_standing_link_a_person": ("a_link", {"token_hash": b"o" * 32}),
    "one_judgement_a_fact": ("a_fact", {}),
    "wrong_fact_has_words_and_a_day": (
        "a_fact",
        {"fact": "form", "status": "wrong", "due_on": NOON.date()},
    ),
    "answered_by_iff_answered_at": ("a_fact", {"fact": "form", "answered_at": NOON}),
    "answered_fact_says_when": ("a_fact", {"fact": "form", "status": "answered"}),
    "one_answer_a_question": ("a_voice", {}),
    "only_words_are_quoted": ("a_voice", {"question": "staying", "quotable_at": NOON}),
    "quote_withdrawn_after_permission": (
        "a_voice",
        {
            "question": "staying",
            "words_sealed": b"x",
            "quotable_at": NOON,
            "withdrawn_at": NOON - dt.timedelta(days=1),
        },
    ),
    "voice_of_nobody_is_quotable": ("a_voice", {"link_id": None, "placement_id": None}),
}


@pytest.fixture
def a_link(placement, sara):  # noqa: F811
    return actions.make_personal_link(placement, by=sara, at=NOON, key=uuid.uuid4())[0]


@pytest.fixture
def a_fact(a_link):
    actions.judge_fact(a_link, a_link.placement, "hours", at=NOON)
    return JudgedFact.objects.get()


@pytest.fixture
def a_voice(a_link):
    actions.say_voice(a_link, "week_6", [actions.Said("going", "yes")], at=NOON)
    return Voice.objects.get()


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, said = REFUSED[constraint]
    row = request.getfixturevalue(row_name)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, said)

    assert refusal.value.__cause__.diag.constraint_name == constraint
