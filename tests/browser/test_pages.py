"""Every page, in every state: nothing for axe to find, nothing too wide.

A line says who opens which address of what. `filled` is the page as it stands, on a phone and on a
desk; `empty` the page of somebody who has nothing yet and `error` what comes back when its form is
sent without a word in it, both on a phone. `none` is no page: a file, a fragment, or what answers
only to a button. The lines stand in `pages/`, a file for each part of the portal.
"""

import re
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.urls import reverse
from playwright.sync_api import expect

from tests import test_access

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

FOLDER = Path(__file__).parent / "pages"
LINES = list(test_access.rows_of(FOLDER))
ROWS = [row for row in LINES if row[0] != "none"]
FIND_FAULTS = """async () => {
    const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const found = await axe.run({runOnly: standards, resultTypes: ["violations"]});
    const faults = found.violations.map(
        one => `${one.id}: ${one.help} ${one.nodes.slice(0, 3).map(node => node.target)}`
    );
    const wider = document.documentElement.scrollWidth - innerWidth;
    return wider > 0 ? [...faults, `${wider} pixels wider than the screen`] : faults;
}"""
PHONE, DESK = 320, 1280
SEND_EMPTY = """form => {
    for (const field of form.elements) {
        if (field.type === "hidden" || field.type === "submit") continue;
        if (field.type === "radio" || field.type === "checkbox") field.checked = false;
        else field.value = "";
    }
    form.noValidate = true;
    form.requestSubmit();
}"""
WITH_FIELDS = (
    "main form[method=post]:has(:is(input:not([type=hidden]), select, textarea):not([form]))"
)
WRONG = re.compile(r"\s*Fout:")


@pytest.fixture(scope="module")
def window(browser):
    """One page for all, so that the browser keeps the style sheets; axe is at hand in it."""
    context = browser.new_context(locale="nl-NL")
    context.add_init_script(path=AXE_FILE_PATH)
    yield context.new_page()
    context.close()


@pytest.fixture
def visit(window, sign_in, portal):
    """Open an address as a person, and remember what the browser complained of."""
    window.complaints = []
    listeners = {
        "console": lambda message: window.complaints.extend(complaint(window, message)),
        "pageerror": lambda error: window.complaints.append(str(error)),
        "request": lambda asked: window.complaints.extend(stranger(portal, asked)),
    }

    def open_as(person, path):
        window.goto("about:blank")  # what the page before still asks is not asked by this person
        window.complaints.clear()
        sign_in(window, person)
        window.set_viewport_size({"width": PHONE, "height": 800})
        window.goto(f"{portal}{path}")
        return window

    for event, listener in listeners.items():
        window.on(event, listener)
    yield open_as
    for event, listener in listeners.items():
        window.remove_listener(event, listener)


def complaint(window, message):
    """Errors and refused scripts; that the page itself is a 404 is no error."""
    is_page_itself = message.location.get("url", "") == window.url
    if message.type in ("error", "warning") and not is_page_itself:
        yield message.text


def stranger(portal, request):
    if not request.url.startswith((portal, "data:", "blob:")):
        yield f"asks {request.url}"


def path_of(world, address, name):
    if address.startswith("/"):
        return address
    address, _, query = address.format(**vars(world)).partition("?")
    numbers = ["closed"] if name == "closed" else test_access.arguments(world, name)
    return f"{reverse(address, args=numbers)}?{query}".rstrip("?")


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_a_page_is_for_everybody(world, visit, row):
    state, person, address, name = row
    page = visit(getattr(world, person, None), path_of(world, address, name))
    if state == "error":
        page.locator(WITH_FIELDS).first.evaluate(SEND_EMPTY)
        expect(page).to_have_title(WRONG)
        page.wait_for_load_state()
    assert page.locator("h1").count() == 1
    assert page.evaluate(FIND_FAULTS) == []
    if state == "filled":
        page.set_viewport_size({"width": DESK, "height": 800})
        assert page.evaluate(FIND_FAULTS) == []
    assert page.complaints == []


def test_every_page_is_looked_at():
    named = {row[2].partition("?")[0] for row in LINES}
    assert {row[0] for row in test_access.ROWS} == named - {"/nowhere/"}
