"""A question from a tender is answered once, in time, and found by who types the next (S10)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from network.models import AdviceAnswer, AdviceQuestion
from sroi_portal.core import terms

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SUBJECT = "Hijskraan: mag een perceel voorbehouden?"


@pytest.fixture
def be(page, portal, sign_in):
    """Come in as somebody, at an address."""

    def be(person, path):
        sign_in(page, person)
        page.goto(f"{portal}{path}")
        return page

    return be


def _send(page, **typed):
    form = page.locator("main form.form[method=post]").first
    for field, value in typed.items():
        form.locator(f"[name='{field}']").fill(value)
    form.locator(".form-actions button[type=submit]").click()
    expect(page.locator("main form.form[method=post]")).to_have_count(0)


def test_from_a_question_of_a_tender_to_an_answer_for_the_next(world, be):
    tender = reverse("contracts:tender-detail", args=[world.tender.pk])
    page = be(world.piet, tender)
    page.locator(f"a[href*='{reverse('network:question-new')}']").click()
    _send(page, subject=SUBJECT, text="De markt zegt dat het werk te groot is. Kan een deel wel?")
    question = AdviceQuestion.objects.get(subject=SUBJECT)
    assert question.tender == world.tender
    assert question.due_on == terms.working_days_after(world.today, 5)

    page = be(world.ada, reverse("network:question-list"))
    page.get_by_role("link", name=SUBJECT).click()
    page.locator("form[action$='/take/'] button").click()
    page.locator("a[href$='/answer/']").click()
    _send(page, text="Ja: een perceel kan apart worden voorbehouden.")
    question.refresh_from_db()
    assert question.answered_at.date() <= question.due_on
    page.locator(f"a[href*='{reverse('network:answer-new')}']").click()
    _send(page, title="Mag één perceel met een hijskraan voorbehouden zijn?", text="Ja, dat mag.")
    answer = AdviceAnswer.objects.get(title__contains="hijskraan")

    page = be(world.abel, answer.get_absolute_url())
    page.locator("form[action$='/publish/'] button").click()
    expect(page.locator("form[action$='/publish/']")).to_have_count(0)

    page = be(world.sara, reverse("network:question-new"))
    page.locator("#id_subject").press_sequentially("hijskraan")
    expect(page.locator("#found")).to_contain_text(answer.title)
    page.locator("#found a").first.click()
    expect(page.locator("main")).to_contain_text("Ja, dat mag.")
