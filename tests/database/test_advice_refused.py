"""The database refuses what the advice team never writes."""

import pytest
from django.db import IntegrityError, transaction

from network import actions
from network.models import AdviceAnswer, AdviceQuestion
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("advice_answered_iff_by_somebody", {"answered_at": NOON}),
        ("advice_answered_iff_by_somebody", {"status": "answered"}),
        ("advice_is_taken_by_somebody", {"status": "taken"}),
    ],
)
def test_a_question_is_refused(cora, name, facts):
    asked = actions.ask_advice({"subject": "S"}, "?", by=cora, at=NOON)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        AdviceQuestion.objects.filter(pk=asked.pk).update(**facts)


def test_a_question_is_about_one_thing(cora, piet, contract):
    asked = actions.ask_advice({"subject": "S", "contract": contract}, "?", by=cora, at=NOON)
    tender = factories.TenderFactory(authority=contract.authority, officer=piet)
    with pytest.raises(IntegrityError, match="advice_about_one_thing"), transaction.atomic():
        AdviceQuestion.objects.filter(pk=asked.pk).update(tender=tender)


def test_an_answer_is_published_by_another(ada):
    made = actions.write_answer({"title": "T", "text": "Ja."}, by=ada, at=NOON)
    rows = AdviceAnswer.objects.filter(pk=made.pk)
    with (
        pytest.raises(IntegrityError, match="answer_published_iff_by_somebody"),
        transaction.atomic(),
    ):
        rows.update(status="published")
    with pytest.raises(IntegrityError, match="answer_four_eyes"), transaction.atomic():
        rows.update(status="published", published_by=ada, published_at=NOON)
