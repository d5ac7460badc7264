"""Asking, answering and finding, as people do it on the pages."""

import pytest
from django.urls import reverse

from network import actions, tasks
from network.models import AdviceAnswer, AdviceQuestion, AdviceStatus, AnswerStatus
from tests import factories
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
KEY = "5f2f7c1a-6f39-4d37-9c5d-3f1f6a1d5a11"


@pytest.fixture
def question(cora, ada):
    return actions.ask_advice({"subject": "Stage"}, "Telt dit mee?", by=cora, at=NOON)


@pytest.fixture
def answer(ada, bert):
    words = {"title": "Telt een stage mee?", "text": "Ja. De tabel zegt voor hoeveel."}
    made = actions.write_answer(words, by=ada, at=NOON)
    actions.publish_answer(made, by=bert, at=NOON)
    return made


def at(name, *keys):
    return reverse(f"network:{name}", args=keys)


def text(answer):
    return answer.content.decode()


def test_a_question_becomes_an_answer_for_everybody(client, cora, ada, bert, sara):
    client.sign_in(cora)
    typed = {"subject": "Stage", "text": "Telt dit mee?", "form_key": KEY}
    url = client.post(at("question-new"), typed).url
    assert client.post(at("question-new"), typed).url == url
    question = AdviceQuestion.objects.get()
    client.sign_in(ada)
    assert "1 question waits" in text(client.get(at("advice")))
    client.post(at("question-take", question.pk), {"revision": question.revision})
    answered = at("question-answer", question.pk)
    assert "choose one that stands" in text(client.post(answered, {"text": ""}))
    client.post(answered, {"text": "Ja, vanaf de gunning."})
    new = f"{at('answer-new')}?question={question.pk}"
    assert "Stage" in text(client.get(new))
    words = {"title": "Telt een stage mee?", "text": "Ja.", "form_key": KEY}
    made = client.post(new, words).url
    client.sign_in(bert)
    answer = AdviceAnswer.objects.get()
    old = client.post(at("answer-publish", answer.pk), {"revision": "7"}, follow=True)
    assert "press once more" in text(old)
    assert AdviceAnswer.objects.get().status == AnswerStatus.PROPOSED
    client.post(at("answer-publish", answer.pk), {})
    client.sign_in(sara)
    assert "Telt een stage mee?" in text(client.get(at("answers-found"), {"subject": "stage"}))
    assert "Telt een stage mee?" in text(client.get(at("advice"), {"q": "stage"}))
    assert "ask the team" in text(client.get(made))
    client.sign_in(cora)
    assert "Ja, vanaf de gunning." in text(client.get(url))
    client.post(at("question-on", question.pk), {"text": "En daarna?"})
    question.refresh_from_db()
    assert question.status == AdviceStatus.ASKED


def test_what_was_asked_before_is_offered_also_without_script(client, cora, answer):
    client.sign_in(cora)
    assert answer.title in text(client.get(at("question-new"), {"subject": "stage"}))
    assert answer.title in text(client.post(at("question-new"), {"subject": "stage"}))
    assert answer.title not in text(client.get(at("answers-found"), {"subject": "st"}))


def test_the_team_sees_what_waits_what_is_late_and_what_is_done(client, ada, question):
    client.sign_in(ada)
    shown = {
        show: "Stage" in text(client.get(at("question-list"), {"show": show}))
        for show in ("", "mine", "late", "answered")
    }
    assert shown == {"": True, "mine": False, "late": True, "answered": False}


def test_a_button_on_an_old_page_changes_nothing(client, ada, cora, question):
    client.sign_in(ada)
    client.post(at("question-take", question.pk), {"revision": "7"})
    question.refresh_from_db()
    assert question.status == AdviceStatus.ASKED
    client.post(at("question-take", question.pk), {"revision": question.revision})
    client.post(at("question-give-back", question.pk), {})
    client.sign_in(cora)
    away = at("question-withdraw", question.pk)
    assert "Stop asking" in text(client.get(away))
    client.post(away, {"revision": "7"})
    question.refresh_from_db()
    assert question.status == AdviceStatus.ASKED
    client.post(away, {"revision": question.revision})
    question.refresh_from_db()
    assert question.status == AdviceStatus.WITHDRAWN
    assert at("question-again", question.pk) in text(client.get(at("question-detail", question.pk)))
    again = {"text": "Het speelt weer.", "revision": question.revision}
    assert "Het speelt weer." in text(
        client.post(at("question-again", question.pk), again, follow=True)
    )


def test_an_answer_is_changed_and_taken_away(client, ada, cora, answer):
    client.sign_in(ada)
    page = at("answer-edit", answer.pk)
    typed = {"title": "Telt een stage?", "text": "Ja.", "revision": "7"}
    assert "Telt een stage?" in text(client.post(page, typed))
    answer.refresh_from_db()
    client.post(page, typed | {"revision": answer.revision})
    answer.refresh_from_db()
    assert (answer.title, answer.status) == ("Telt een stage?", AnswerStatus.PROPOSED)
    away = at("answer-withdraw", answer.pk)
    assert "changed" in text(client.post(away, {"reason": "De regel is anders.", "revision": "7"}))
    client.post(away, {"reason": "De regel is anders."})
    answer.refresh_from_db()
    assert answer.status == AnswerStatus.WITHDRAWN
    client.sign_in(cora)
    assert client.get(at("answer-detail", answer.pk)).status_code == 404


def test_answers_are_narrowed_by_category(client, cora, answer):
    client.sign_in(cora)
    other = factories.CategoryFactory()
    assert answer.title not in text(client.get(at("advice"), {"category": other.pk}))


def test_the_clock_reminds_by_a_worker(question):
    tasks.remind_late_advice()
    question.refresh_from_db()
    assert question.reminded_on


@pytest.mark.parametrize("kind", ["contract", "tender"])
def test_an_adviser_reads_the_title_of_what_a_question_is_about(
    client, contract, cora, piet, ada, kind
):
    tender = factories.TenderFactory(authority=contract.authority, officer=piet, title="Tuin")
    about, asker = {"contract": (contract, cora), "tender": (tender, piet)}[kind]
    facts = {"subject": "Perceel", kind: about}
    asked = actions.ask_advice(facts, "Hoe delen wij dit?", by=asker, at=NOON)
    client.sign_in(asker)
    assert about.get_absolute_url() in text(client.get(asked.get_absolute_url()))
    client.sign_in(ada)
    page = text(client.get(asked.get_absolute_url()))
    assert about.title in page
    assert about.get_absolute_url() not in page
    assert "not compulsory" not in text(client.get(at("question-answer", asked.pk)))


def test_a_character_that_no_keyboard_types_is_refused_beside_the_field(client, cora, answer):
    client.sign_in(cora)
    asked = client.post(at("question-new"), {"subject": "stage\0", "text": "Telt dit mee?"})
    assert "subject" in asked.context["form"].errors
    assert client.get(at("answers-found"), {"subject": "sta\0ge"}).status_code == 200
    assert client.get(reverse("suppliers:supplier-list"), {"q": "no\0ord"}).status_code == 200
