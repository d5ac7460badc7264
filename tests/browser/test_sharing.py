"""A good example in a browser: proposed, reviewed, published, found, and suggested on a contract."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
TITLE = "Koffie met de ploegbaas"
TYPED = {
    "title": TITLE,
    "summary": "Een kop koffie vooraf bracht meer dan een brief achteraf.",
    "question": "Hoe leert de ploeg nieuwe mensen kennen?",
    "done": "Een kop koffie op de eerste dag.",
    "outcome": "Niemand viel af in de eerste maand.",
    "helped": "mensen die lang thuis zaten",
    "year": "2025",
    "ask": "voorbeelden@example.org",
}


def test_an_example_travels_from_one_contract_to_another(page, portal, sign_in, world):
    contract = world.contract
    sign_in(page, world.sara)
    page.goto(f"{portal}{contract.get_absolute_url()}")
    page.locator(f"a[href$='?contract={contract.pk}'][href*='examples/new']").click()
    form = page.locator("main form.form[method=post]")
    for name, value in TYPED.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    address = page.url

    sign_in(page, world.ada)
    page.goto(f"{portal}{reverse('network:example-list')}?show=proposed")
    page.get_by_role("link", name=TITLE).click()
    page.locator("form[action$='/publish/'] button").click()
    expect(page.locator(".page-head__title .badge")).to_have_count(0)

    sign_in(page, world.bram)
    page.goto(f"{portal}{reverse('network:example-list')}")
    page.locator("[name=q]").fill("koffie")
    page.locator("form.filters button[type=submit]").click()
    page.get_by_role("link", name=TITLE).click()
    expect(page).to_have_url(address)

    sign_in(page, world.cora)
    page.goto(f"{portal}{contract.get_absolute_url()}")
    suggested = page.locator("section[aria-labelledby=suggested-examples]")
    expect(suggested.get_by_role("link", name=TITLE)).to_be_visible()
