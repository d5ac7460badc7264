"""How a page is looked at: nothing for axe to find, nothing too wide.

A line of `pages/` says who opens which address of what. `filled` is the page as it stands, on a
phone and on a desk; `empty` the page of somebody who has nothing yet and `error` what comes back
when its form is sent without a word in it, both on a phone. `none` is no page: a file, a fragment,
or what answers only to a button.
"""

import re
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import expect

from tests import test_access

FOLDER = Path(__file__).parent / "pages"
OF_CONTRACTS = ("contracts", "office", "plans", "settling")  # a file of tests of their own
COVERED = """() => {
    // A link that is made as large as its row covers whatever does not lie above it.
    const large = [...document.querySelectorAll("main a")].filter(
        link => getComputedStyle(link, "::after").position === "absolute"
    );
    const row = link => {
        let place = link;
        while (place && getComputedStyle(place).position === "static") place = place.parentElement;
        return place;
    };
    return large.flatMap(link => [...(row(link) || link).querySelectorAll("a, button, summary, input, select")]
        .filter(other => other !== link && other.type !== "hidden")
        .filter(other => getComputedStyle(other).position === "static")
        .map(other => `covered: ${other.textContent.trim() || other.name}`));
}"""
FIND_FAULTS = f"""async () => {{
    const covered = {COVERED};
    const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const found = await axe.run({{runOnly: standards, resultTypes: ["violations"]}});
    const faults = found.violations.map(
        one => `${{one.id}}: ${{one.help}} ${{one.nodes.slice(0, 3).map(node => node.target)}}`
    );
    faults.push(...covered());
    const wider = document.documentElement.scrollWidth - innerWidth;
    return wider > 0 ? [...faults, `${{wider}} pixels wider than the screen`] : faults;
}}"""
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


def rows(*, of_contracts):
    """Read the lines of the pages of contracts, or of all others: two workers share them."""
    files = sorted(FOLDER.glob("*.txt"))
    wanted = [each for each in files if each.name.startswith(OF_CONTRACTS) is of_contracts]
    return [row for file in wanted for row in test_access.lines_of(file) if row[0] != "none"]


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


def look(world, visit, row):
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
