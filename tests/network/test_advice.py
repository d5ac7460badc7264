"""A question is answered once, in time, and found by who asks next (R-390 to R-392)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from network import actions, rules
from network.models import AdviceAnswer, AdviceQuestion, AdviceStatus, AnswerStatus
from sroi_portal.core.models import AuditEvent, Outgoing, Remark
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
WORDS = {"title": "Telt een stage mee?", "text": "Ja. De tabel zegt voor hoeveel."}
DAY = dt.timedelta(days=1)


@pytest.fixture
def question(cora, ada):
    return actions.ask_advice({"subject": "Stage"}, "Telt dit mee?", by=cora, at=NOON)


@pytest.fixture
def answer(ada, bert):
    made = actions.write_answer(WORDS, by=ada, at=NOON)
    actions.publish_answer(made, by=bert, at=NOON)
    made.refresh_from_db()
    return made


def told():
    return list(Outgoing.objects.order_by("pk").values_list("to_address", flat=True))


def test_a_question_is_due_within_five_working_days(question, ada):
    """R-390."""
    assert question.due_on == dt.date(2026, 3, 11)  # a week of working days after NOON
    assert told() == ["ada@example.org"]
    assert Remark.objects.get().text == "Telt dit mee?"


def test_a_question_about_a_contract_has_its_category(cora, contract):
    contract.category = factories.CategoryFactory()
    asked = actions.ask_advice({"subject": "S", "contract": contract}, "?", by=cora, at=NOON)
    assert asked.category == contract.category


def test_a_late_question_is_reminded_of_once(question, ada, bert):
    """R-390."""
    actions.remind_late_advice(at=NOON + 7 * DAY)
    assert told() == ["ada@example.org"]
    for _time in range(2):
        actions.remind_late_advice(at=NOON + 8 * DAY)
    assert told()[1:] == ["ada@example.org", "bert@example.org"]
    other = actions.ask_advice({"subject": "S"}, "?", by=ada, at=NOON)
    actions.take_advice(other, by=bert, at=NOON)
    before = len(told())
    actions.remind_late_advice(at=NOON + 8 * DAY)
    assert told()[before:] == ["bert@example.org"]


def test_it_is_taken_left_and_taken_over(question, ada, bert):
    actions.take_advice(question, by=ada, at=NOON)
    actions.take_advice(question, by=ada, at=NOON)
    actions.take_advice(question, by=bert, at=NOON)
    question.refresh_from_db()
    assert (question.status, question.assigned_to) == (AdviceStatus.TAKEN, bert)
    assert not rules.may_give_back_advice(ada, question)
    assert not rules.may_take_advice(bert, question)
    actions.give_back_advice(question, by=bert, at=NOON)
    question.refresh_from_db()
    assert (question.status, question.assigned_to) == (AdviceStatus.ASKED, None)
    assert told()[-1] == "ada@example.org"
    assert AuditEvent.objects.filter(verb="take_advice").count() == 2


def test_an_answer_needs_words_or_one_that_stands(question, answer, ada, cora):
    """R-391."""
    with pytest.raises(actions.AnswerMissingError):
        actions.answer_advice(question, "", by=ada, at=NOON)
    actions.answer_advice(question, "", known=answer, by=ada, at=NOON)
    question.refresh_from_db()
    assert (question.known_answer, question.answered_by) == (answer, ada)
    assert question.assigned_to == ada
    assert told()[-1] == "cora@example.org"
    assert rules.may_ask_on(cora, question)


def test_who_asks_on_starts_a_new_clock(question, ada, cora):
    """R-390."""
    actions.take_advice(question, by=ada, at=NOON)
    actions.answer_advice(question, "Ja.", by=ada, at=NOON)
    actions.ask_on(question, "Ook in het tweede jaar?", by=cora, at=NOON + 7 * DAY)
    question.refresh_from_db()
    assert (question.status, question.answered_at) == (AdviceStatus.ASKED, None)
    assert question.due_on == dt.date(2026, 3, 18)
    assert told()[-1] == "ada@example.org"


def test_who_asks_on_after_the_adviser_left_hears_no_error(question, ada, cora):
    actions.answer_advice(question, "Ja.", by=ada, at=NOON)
    AdviceQuestion.objects.update(assigned_to=None)
    actions.ask_on(question, "En daarna?", by=cora, at=NOON)
    assert told()[-1] == "cora@example.org"


def test_a_question_can_be_taken_back(question, cora):
    actions.withdraw_advice(question, by=cora, at=NOON, revision=question.revision)
    with pytest.raises(IllegalMoveError):
        actions.withdraw_advice(question, by=cora, at=NOON)


def test_a_question_is_asked_after_all(question, ada, cora, sara):
    """R-390."""
    actions.take_advice(question, by=ada, at=NOON)
    actions.withdraw_advice(question, by=cora, at=NOON)
    question.refresh_from_db()
    assert rules.may_ask_again(cora, question)
    assert not rules.may_ask_again(sara, question)
    actions.ask_again(question, text="Het speelt weer.", by=cora, at=NOON + 7 * DAY)
    question.refresh_from_db()
    assert (question.status, question.assigned_to) == (AdviceStatus.ASKED, None)
    assert question.due_on == dt.date(2026, 3, 18)
    assert told() == ["ada@example.org"] * 2
    with pytest.raises(ChangedMeanwhileError):
        actions.ask_again(question, by=cora, at=NOON, revision=0)


def test_only_who_asked_and_advisers_see_a_question(question, cora, ada, sara):
    """R-392."""
    shown = AdviceQuestion.objects.visible_to
    assert [shown(person).count() for person in (cora, ada, sara)] == [1, 1, 0]
    own = actions.ask_advice({"subject": "S"}, "?", by=ada, at=NOON)
    assert not rules.may_answer_advice(ada, own)
    assert rules.may_withdraw_advice(ada, own)


def test_another_adviser_publishes_an_answer(ada, bert, cora):
    """R-391."""
    made = actions.write_answer(WORDS, by=ada, at=NOON)
    assert not rules.may_publish_answer(ada, made)
    assert rules.may_publish_answer(bert, made)
    assert not AdviceAnswer.objects.visible_to(cora).exists()
    with pytest.raises(ValidationError):
        actions.publish_answer(made, by=ada, at=NOON)
    actions.publish_answer(made, by=bert, at=NOON)
    assert AdviceAnswer.objects.visible_to(cora).exists()


def test_changed_words_are_read_again(answer, ada, bert):
    """R-391."""
    actions.change_answer(answer, WORDS, by=bert, at=NOON)
    assert AuditEvent.objects.filter(verb="change_answer").count() == 0
    changed = actions.change_answer(answer, {"text": "Nee."}, by=bert, at=NOON)
    assert (changed.status, changed.published_by) == (AnswerStatus.PROPOSED, None)
    again = actions.change_answer(answer, {"text": "Ja, soms."}, by=bert, at=NOON)
    assert again.status == AnswerStatus.PROPOSED
    with pytest.raises(ChangedMeanwhileError):
        actions.publish_answer(answer, by=ada, at=NOON, revision=0)


def test_an_answer_that_no_longer_holds_is_not_found(answer, ada, cora):
    actions.withdraw_answer(answer, by=ada, at=NOON, reason="De regel is anders.")
    answer.refresh_from_db()
    assert not AdviceAnswer.objects.visible_to(cora).exists()
    assert not rules.may_withdraw_answer(ada, answer)


def test_a_question_leads_to_the_answer_that_came_of_it(question, ada):
    actions.answer_advice(question, "Ja.", by=ada, at=NOON)
    made = actions.write_answer(WORDS, by=ada, at=NOON, question=question)
    question.refresh_from_db()
    assert question.known_answer == made
    told = AuditEvent.objects.filter(verb="write_answer").order_by("pk")
    assert [each.object_uuid for each in told] == [made.uuid, question.uuid]
    assert list(AdviceAnswer.objects.to_review_by(ada)) == []
