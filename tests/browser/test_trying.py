"""A pilot, from the question to the text that is different because of what was learned (S03, N22)."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from network.models import Lesson, Pilot

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LEARNED = "Ruilen van werkgever helpt mensen vaker aan vast werk dan blijven."


def at(name, *keys):
    return reverse(f"network:{name}", args=keys)


@pytest.fixture
def show(page, portal, sign_in):
    """Open an address as somebody."""

    def show(person, path):
        sign_in(page, person)
        page.goto(f"{portal}{path}")
        return page.locator("main")

    return show


def test_from_a_question_to_a_clause_that_changed(world, walk, show):
    ada, abel, piet = world.ada, world.abel, world.piet
    asked = {"title": "Ruilen van werkgever", "question": "Helpt het om van werkgever te ruilen?"}
    days = {"starts_on": world.today, "ends_on": world.today + dt.timedelta(days=300)}
    typed = {name: day.isoformat() for name, day in days.items()}
    walk(ada, at("pilot-new"), authority=str(world.ministry.pk), **asked, **typed)
    pilot = Pilot.objects.get(title=asked["title"])

    found = show(piet, f"{at('place-add', pilot.pk)}?q={world.contract.title}")
    found.locator("li").filter(has_text=world.contract.title).get_by_role("button").first.click()
    for phase in ("preparing", "running"):
        walk(ada, at("pilot-move", pilot.pk, phase), remark="Wij gaan verder.")
    pilot.refresh_from_db()
    assert (pilot.status, pilot.places.get().contract) == ("running", world.contract)

    words = {"subject": "Wisselen van plek", "learned": LEARNED, "differently": "Vraag het uit."}
    walk(ada, f"{at('lesson-new')}?pilot={pilot.pk}", **words)
    lesson = Lesson.objects.get(subject=words["subject"])
    for step in ("reviewed", "published"):
        walk(abel, at("lesson-judge", lesson.pk, step), remark="Helder.")
    changed = {"thing": f"clause:{world.clause.uuid}", "changed_on": world.today.isoformat()}
    walk(abel, at("change-name", lesson.pk), **changed)

    clause = show(piet, world.clause.get_absolute_url())
    expect(clause.get_by_role("link", name=lesson.subject)).to_be_visible()
    expect(clause.get_by_role("link", name=pilot.title)).to_be_visible()
    library = show(world.sara, f"{at('lesson-list')}?q=ruilen")
    expect(library.get_by_role("link", name=lesson.subject)).to_be_visible()
    expect(library).to_contain_text(world.clause.title_nl)
