"""Every task of the journey by keyboard alone: whatever has the focus is seen, and nothing traps it.

Days are typed with the same number for day and month: which of the two comes first is up to the
browser.
"""

import re
import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from playwright.sync_api import expect

from candidates.models import Placement, Share, ShareStatus
from contracts.models import Contract, ContractStatus, NoticeStatus
from reports.models import Report
from tests import scenario
from tests.browser.looking import path_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FURTHEST = 200  # presses of Tab
SLIDE = 50  # milliseconds between two looks at a page that scrolls
SLIDES = 100
LOOK = """wanted => {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    return {
        found: one.matches(wanted),
        what: one.outerHTML.slice(0, 150),
        marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
        somewhere: one !== document.body,
    };
}"""


class Keys:
    """Somebody without a mouse, on a page."""

    def __init__(self, page, portal):
        self.page, self.portal = page, portal

    def open(self, path):
        """Go to an address and, by the first link, past header and menu."""
        self.page.goto(f"{self.portal}{path}")
        self.press("Tab", "Enter")
        expect(self.page.locator("main")).to_be_focused()
        expect(self.page).to_have_url(f"{self.portal}{path}")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def look(self, wanted):
        """Whether this has the focus; what has it can be seen."""
        seen = self.page.evaluate(LOOK, wanted)
        if seen["somewhere"]:
            assert seen["marked"], f"no outline: {seen['what']}"
            if not seen["inside"]:
                self.comes_into_sight(seen["what"])
        return seen["found"]

    def comes_into_sight(self, what):
        """Scrolling and sliding take frames, and a busy machine draws few of them."""
        for _ in range(SLIDES):
            self.page.wait_for_timeout(SLIDE)
            if self.page.evaluate(LOOK, "*")["inside"]:
                return
        pytest.fail(f"out of sight: {what}")

    def reach(self, wanted, by="Tab"):
        for _ in range(FURTHEST):
            self.press(by)
            if self.look(wanted):
                return
        pytest.fail(f"{wanted} cannot be reached")

    def type(self, name, text):
        self.reach(f"main [name={name}]")
        self.page.keyboard.type(text)

    def pick(self, name, value):
        """Choose a radio button: Tab to the group, arrows within."""
        self.reach(f"main [name={name}]")
        self.press("Space")
        for _ in range(FURTHEST):
            if self.look(f"[value='{value}']"):
                return
            self.press("ArrowDown")
        pytest.fail(f"{name} cannot be {value}")

    def select(self, name):
        """Choose the first of a list that says something."""
        self.reach(f"main [name={name}]")
        self.press("ArrowDown")

    def send(self, button="main form button[type=submit]"):
        self.reach(button)
        self.enter()

    def enter(self):
        with self.page.expect_event("load"):
            self.press("Enter")


@pytest.fixture(scope="module")
def window(browser):
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def with_app(sign_in, world):
    """Somebody whose app shows codes."""
    data = {"secret": get_adapter().encrypt(SECRET)}
    Authenticator.objects.filter(user=world.oda, type=Authenticator.Type.TOTP).update(data=data)
    return world.oda


@pytest.fixture
def keys(window, sign_in, portal):
    def keys_of(person):
        sign_in(window, person)
        return Keys(window, portal)

    return keys_of


def at(page, address, *arguments):
    expect(page).to_have_url(re.compile(re.escape(reverse(address, args=arguments)) + "$"))


def test_sign_in(keys, with_app):
    person = keys(None)
    person.open("/account/login/")
    person.type("login", with_app.email)
    person.type("password", scenario.PASSWORD)
    person.enter()
    person.type("code", format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))
    person.enter()
    at(person.page, "home")


def test_sign_out_by_the_menu(keys, world):
    person = keys(world.vico)
    person.page.goto(f"{person.portal}/")
    person.reach("[popovertarget=account-menu]")
    menu = person.page.locator("#account-menu")
    person.press("Enter")
    expect(menu).to_be_visible()
    person.press("Escape")
    expect(menu).to_be_hidden()
    person.look("[popovertarget=account-menu]")
    person.press("Enter")
    person.send("#account-menu button")
    person.page.goto(f"{person.portal}/account/")
    expect(person.page).to_have_url(re.compile("/account/login/"))


def test_the_menu_of_a_phone(keys, world):
    person = keys(world.piet)
    person.page.set_viewport_size({"width": 320, "height": 640})
    person.page.goto(f"{person.portal}/")
    person.reach("[popovertarget=main-menu]")
    person.press("Enter")
    person.send("#main-menu [href='/contracts/']")
    at(person.page, "contracts:contract-list")
    person.page.set_viewport_size({"width": 1280, "height": 720})


def test_log_a_typed_contract(keys, world):
    person = keys(world.piet)
    person.open(reverse("contracts:contract-new"))
    person.type("supplier_search", "noord")
    person.send("main button[name=look_up]")
    person.pick("supplier", world.noord.pk)
    person.type("title", "Getypt contract")
    person.send("main .form-actions button")
    contract = Contract.objects.get(title="Getypt contract")
    at(person.page, "contracts:contract-edit", contract.pk)

    last = world.today.year - 1
    person.select("category")
    person.type("value_eur", "100.000")
    person.type("awarded_on", f"0101{last}")
    person.type("starts_on", f"0202{last}")
    person.type("ends_on", f"1212{last + 2}")
    person.select("legal_form")
    person.pick("base_kind", "contract_value")
    person.type("percentage", "5")
    expect(person.page.locator("output")).to_contain_text("5.000,00")
    person.type("reason", "Dienst met veel arbeid.")
    person.reach("details:has([name=deviation]) > summary")
    person.press("Enter")
    person.type("deviation", "Meer dan de regel vraagt.")
    person.select("value_table")
    person.send("main [name=award]")
    at(person.page, "contracts:contract-award", contract.pk)
    person.send("main form button")
    contract.refresh_from_db()
    assert contract.status == ContractStatus.AWARDED


def test_upload_a_notice(keys, world):
    person = keys(world.piet)
    person.open(reverse("contracts:notice-upload"))
    person.reach("main [type=file]")
    person.page.set_input_files(":focus", scenario.NOTICE)  # what the window of the system does
    person.send("main .form-actions button")
    at(person.page, "contracts:notice-confirm", world.notice.pk)
    person.reach("main [name=take]")
    person.press("Space")
    expect(person.page.locator("main [name=take]").first).not_to_be_checked()
    person.send("main [name=confirm]")
    world.notice.refresh_from_db()
    assert world.notice.status == NoticeStatus.IMPORTED


def test_hand_over(keys, world):
    person = keys(world.piet)
    person.open(reverse("contracts:contract-hand-over", args=[world.awarded.pk]))
    person.select("manager")
    person.send()
    world.awarded.refresh_from_db()
    assert world.awarded.manager == world.cora


def test_accept(keys, world):
    person = keys(world.cora)
    person.open(world.handed.get_absolute_url())
    person.send("main form[action$='/accept/'] button")
    world.handed.refresh_from_db()
    assert world.handed.status == ContractStatus.ACTIVE


def test_invite_and_join(keys, world):
    person = keys(world.cora)
    person.open(reverse("suppliers:invitation-send", args=[world.noord.pk]))
    person.type("email", "tweede@example.org")
    person.send()
    assert world.noord.invitations.filter(email="tweede@example.org").exists()

    person = keys(None)
    person.open(reverse("suppliers:invitation-accept", args=[world.token]))
    person.type("name", "Nadia")
    person.type("password", "een lang genoeg wachtwoord")
    person.send()
    assert world.noord.memberships.filter(user__name="Nadia").exists()


def test_enter_a_placement(keys, world):
    person = keys(world.sara)
    person.open(reverse("candidates:placement-new") + f"?contract={world.contract.pk}")
    day = f"0202{world.today.year - 1}"
    person.type("reference", "K-77")
    person.type("informed_on", day)
    person.type("hours_per_week", "32")
    person.type("starts_on", day)
    person.pick("contract_form", "temporary")
    person.pick("block", world.ww.pk)
    stated = f"e{world.kind.pk}"
    expect(person.page.locator(f"[name={stated}-seen_on]")).to_be_visible()
    expect(person.page.locator("#row-parts.htmx-request")).to_have_count(0)
    person.pick(f"{stated}-result", "seen")
    person.type(f"{stated}-seen_on", day)
    person.send("#outcome button[value=save]")
    placement = Placement.objects.latest("pk")
    at(person.page, "candidates:placement-detail", placement.pk)
    assert placement.evidence.get().stated_by == world.sara


def test_submit_a_contribution(keys, world):
    person = keys(world.sara)
    person.open(reverse("candidates:contribution-new", args=[world.fresh.pk]))
    last = world.today.year - 1
    person.type("starts_on", f"0202{last}")
    person.type("ends_on", f"0303{last}")
    person.send("main button[value=submit]")
    share = Share.objects.get(contribution__placement=world.fresh)
    at(person.page, "candidates:share-detail", share.pk)
    assert share.status == ShareStatus.SUBMITTED


def test_verify(keys, world):
    person = keys(world.olga)
    person.open(world.submitted.get_absolute_url())
    person.send("main form[action$='/verify/'] button")
    world.submitted.refresh_from_db()
    assert world.submitted.status == ShareStatus.VERIFIED


def test_issue_a_report(keys, world):
    person = keys(world.vera)
    person.open(world.over.get_absolute_url())
    person.send(f"main a[href='{reverse('reports:report-issue')}?contract={world.over.pk}']")
    person.send("main form button")
    at(person.page, "reports:report-detail", Report.objects.get(contract=world.over).pk)
    person.reach("main #printing a")


REFUSED = """
piet suppliers:supplier-new    -
piet contracts:tender-new      -
cora contracts:contract-refuse handed
sara candidates:share-edit     draft
olga candidates:share-reject   verified
"""


@pytest.mark.parametrize("row", REFUSED.strip().splitlines())
def test_a_refused_form_leads_to_what_is_wrong(keys, world, row):
    name, address, of = row.split()
    person = keys(getattr(world, name))
    person.open(path_of(world, address, of))
    field = person.page.locator("main form input:visible, main form textarea:visible").first
    person.reach(f"#{field.get_attribute('id')}")
    person.press("Control+A", "Delete")
    person.send("main .form-actions button")
    expect(person.page.locator(".error-summary")).to_be_focused()
    person.reach(".error-summary a")
    person.press("Enter")
    expect(person.page.locator("main [aria-invalid=true]").first).to_be_focused()


WALKED = """
nobody home                        -
piet   contracts:contract-edit     concept
piet   contracts:notice-confirm    notice
cora   contracts:contract-detail   contract
sara   candidates:contribution-new placement
olga   candidates:share-list       -
vera   reports:dashboard           -
"""


@pytest.mark.parametrize("row", WALKED.strip().splitlines())
def test_nothing_traps_the_focus(keys, world, row):
    """From the first link to the last and back, each time to the other end."""
    name, address, of = row.split()
    person = keys(getattr(world, name, None))
    person.page.goto(f"{person.portal}{path_of(world, address, of)}")
    person.reach(".skip")
    person.reach(".footer li:last-child a")
    person.reach(".skip", by="Shift+Tab")
