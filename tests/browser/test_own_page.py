"""A person reads, disputes and answers; the supplier and the ministry see what they may (N26, N27)."""

import io
import re

import pypdf
import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import expect

from tests.browser import looking

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WORDS = "Ik werk 24 uur, niet 32."
KEPT = "Mijn ploegbaas heeft geen tijd."
SHOWN = "Ik leer hier veel."


@pytest.fixture
def window_of(browser, portal, sign_in):
    """Everybody has a browser of their own; the person has no account."""
    contexts = []

    def window_of(person=None):
        context = browser.new_context(base_url=portal, locale="nl-NL")
        context.add_init_script(path=AXE_FILE_PATH)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, person)
        return page

    yield window_of
    for context in contexts:
        context.close()


def is_for_everybody(page):
    for width in (looking.PHONE, looking.DESK):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(looking.FIND_FAULTS) == []


def letter_of(page, placement):
    """Make the letter as a supplier does, twice, and read the address on the newest print."""
    page.goto(f"/placements/{placement.pk}/letter/")
    for _print in range(2):
        expect(page.locator("form[data-sent]")).to_have_count(0, timeout=10_000)
        with page.expect_download() as download:
            page.locator("main .form-actions button").click()
    sheets = pypdf.PdfReader(io.BytesIO(download.value.path().read_bytes())).pages
    text = "".join("".join(sheet.extract_text().split()) for sheet in sheets)
    return re.search(r"/my/nl/open/[\w-]{43}/", text)[0]


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def come_in(person, address):
    """Nothing opens by the address alone: a button, and a code chosen at first use."""
    person.goto(address)
    is_for_everybody(person)
    press(person, "Open mijn pagina")
    person.locator("[name=code]").fill("zonnebloem")
    person.locator("[name=again]").fill("zonnebloem")
    is_for_everybody(person)
    press(person, "Bewaar de code")
    expect(person.locator("h1")).to_have_text("Dit is over uw werk opgeschreven")
    expect(person.locator("#who")).not_to_contain_text("controleur van de overheid")
    is_for_everybody(person)


def dispute_hours(person, placement):
    at = f"#fact-{placement.pk}-hours"
    person.locator(at).locator("summary").click()
    person.locator(at).get_by_role("button", name="Verstuur").click()
    expect(person.locator(".error-summary")).to_be_focused()
    is_for_everybody(person)
    person.locator(".error-summary a").click()
    expect(person.locator(at).locator("textarea")).to_be_in_viewport()
    person.locator(at).locator("textarea").fill(WORDS)
    person.locator(at).get_by_role("button", name="Verstuur").click()
    expect(person.locator(at)).to_contain_text(WORDS)
    expect(person.get_by_text("Uw antwoord is bewaard.")).to_be_in_viewport()


def answer_questions(person):
    person.get_by_role("link", name="Beantwoord de vragen").click()
    for question in ("going", "learning", "staying"):
        person.locator(f"[name={question}-answer][value=partly]").check()
    person.locator("[name=going-words]").fill(KEPT)
    person.locator("[name=learning-words]").fill(SHOWN)
    person.locator("[name=learning-is_for_employer]").check()
    is_for_everybody(person)
    press(person, "Verstuur mijn antwoorden")
    expect(person.locator("#voices")).to_contain_text(KEPT)
    expect(person.get_by_text("Uw antwoord is bewaard.")).to_be_in_viewport()
    person.get_by_role("link", name="Verander mijn antwoorden").click()
    expect(person.locator("[name=going-words]")).to_have_value(KEPT)
    person.go_back()


def test_a_person_reads_disputes_and_answers(window_of, world):
    sara, person, olga = window_of(world.sara), window_of(), window_of(world.olga)
    placement = world.placement
    come_in(person, letter_of(sara, placement))
    dispute_hours(person, placement)
    answer_questions(person)

    sara.goto(f"/placements/{placement.pk}/")
    expect(sara.locator("#person")).to_contain_text(SHOWN)
    expect(sara.locator("main")).not_to_contain_text(KEPT)
    olga.goto(f"/placements/{placement.pk}/")
    expect(olga.locator("main")).not_to_contain_text(SHOWN)
    olga.goto("/people-say/?sort=newest")
    olga.locator(".worklist a").first.click()
    expect(olga.locator("main")).to_contain_text(WORDS)

    person.reload()
    expect(person.locator("#who")).to_contain_text("controleur van de overheid")
    expect(person.locator("#who")).not_to_contain_text("Olga")
    person.goto("/my/ar/")
    expect(person.locator("html")).to_have_attribute("dir", "rtl")
    is_for_everybody(person)
    press(person, "أغلق الصفحة")
    expect(person.locator("h1")).to_have_text("الصفحة مغلقة")
