"""Signing in as a person does, with a passkey of a virtual authenticator."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from sroi_portal.core.models import RoleName
from tests import factories
from tests.client import PortalClient

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "een lang genoeg wachtwoord"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def olga(transactional_db):
    person = factories.UserFactory(name="Olga", email="olga@example.org")
    person.set_password(PASSWORD)
    person.save()
    ministry = factories.AuthorityFactory()
    factories.RoleAssignmentFactory(user=person, authority=ministry, role=RoleName.COORDINATOR)
    return person


@pytest.fixture
def said(page):
    """What the browser complained of: a refused script, a missing file, an error."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def sign_in(page, site, email):
    page.goto(f"{site}/account/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")


def sign_out(page, site):
    page.goto(f"{site}/account/logout/")
    page.locator("main button[type=submit]").click()


def found_by_axe(page):
    found = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        answer = Axe().run(page, options=WCAG).response
        found += [f"{width}: {one['id']}" for one in answer["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        found += [f"{width}: wider than the screen"] if wide else []
    return found


def test_a_passkey_is_added_and_opens_the_door(page, site, olga, said):
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    sign_in(page, site, olga.email)
    expect(page).to_have_url(f"{site}/account/second-factor/")
    page.goto(f"{site}/account/passkey/add/")
    assert found_by_axe(page) == []
    page.locator("[name=passwordless]").check()
    page.locator("form[data-passkey=make] button").click()
    expect(page).to_have_url(f"{site}/account/second-factor/codes/")
    sign_out(page, site)

    sign_in(page, site, olga.email)
    expect(page).to_have_url(f"{site}/account/second-factor/code/")
    assert found_by_axe(page) == []
    page.locator("form[data-passkey=ask] button").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    sign_out(page, site)

    page.goto(f"{site}/account/login/")
    page.locator("form[data-passkey=ask] button").click()
    page.wait_for_url(lambda url: "/account/login/" not in url)
    page.goto(f"{site}/account/")
    expect(page.locator("dl.facts")).to_contain_text("olga@example.org")
    assert [text for text in said if "Content Security Policy" in text] == []


def test_a_passkey_that_is_not_there_says_so(page, site, said):
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{site}/account/login/")
    page.locator("form[data-passkey=ask] button").click()
    expect(page.locator("[data-passkey-state]")).not_to_be_empty()


def test_signing_in_without_javascript_and_by_keyboard(browser, site, olga):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, site, olga.email)
    page.locator("main a[href$='/second-factor/app/']").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/account/second-factor/app/")
    page.locator("[name=code]").fill("000000")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    context.close()


def test_axe_finds_nothing_in_the_mailbox_of_a_demonstration(page, site):
    page.goto(f"{site}/mailbox/")
    assert found_by_axe(page) == []


def enter(page, site, person):
    """Give the browser the session of somebody who signed in."""
    session = PortalClient().sign_in(person).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": session, "url": site}])


def test_who_comes_too_late_signs_in_elsewhere_and_loses_no_text(page, site):
    sara = factories.UserFactory(name="Sara", email="sara@example.org")
    sara.set_password(PASSWORD)
    sara.save()
    enter(page, site, sara)
    page.goto(f"{site}/account/password/change/")
    page.locator("[name=oldpassword]").fill("what I typed")
    page.evaluate("document.getElementById('session-dialog').showModal()")
    Session.objects.all().delete()
    page.locator("[data-session-stay]").click()
    expect(page.locator("[data-session-gone]")).to_be_visible()

    with page.context.expect_page() as opened:
        page.locator("[data-session-gone] a").click()
    elsewhere = opened.value
    elsewhere.locator("[name=login]").fill(sara.email)
    elsewhere.locator("[name=password]").fill(PASSWORD)
    elsewhere.locator("[name=password]").press("Enter")
    elsewhere.wait_for_url(lambda url: "/account/login/" not in url)

    page.locator("[data-session-stay]").click()
    expect(page.locator("#session-dialog")).to_be_hidden()
    expect(page.locator("[name=oldpassword]")).to_have_value("what I typed")
    page.locator("main form .form-actions button").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
