"""Every page, in every state: nothing for axe to find, nothing too wide.

A line says who opens which address of what. `filled` is the page as it stands, on a phone and on a
desk; `empty` the page of somebody who has nothing yet and `error` what comes back when its form is
sent without a word in it, both on a phone.
"""

import re

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.urls import reverse
from playwright.sync_api import expect

from tests import test_access

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

PAGES = """
state  person address                          object
filled nobody /nowhere/                        -
filled sara   /nowhere/                        -
filled sara   contracts:contract-new           -
filled nobody home                             -
filled nobody core:privacy                     -
filled nobody core:accessibility               -
filled nobody core:contact                     -
filled nobody core:changelog                   -
filled nobody core:glossary                    -
filled nobody core:session-ended               -
filled nobody core:session-ended?sent=1        -
filled nobody account_login                    -
error  nobody account_login                    -
filled nobody account_reset_password           -
error  nobody account_reset_password           -
filled nobody account_reset_password_done      -
filled nobody account_reset_password_from_key  key
filled nobody account_reset_password_from_key_done -
filled nobody contracts:value-table-list       -
filled nobody contracts:value-table-detail     table
filled nobody contracts:value-table-compare    -
filled nobody contracts:value-table-compare?left={table.pk}&right={table.pk} -
filled ada    contracts:value-table-compare?left={table.pk}&right={draft_table.pk}&all=on -
filled ada    contracts:value-table-list       -
filled ada    contracts:value-table-list?q=xyzzy -
filled ada    contracts:value-table-detail     draft_table
filled adam   contracts:value-table-detail     proposed_table
filled ada    contracts:value-table-new        -
error  ada    contracts:value-table-new        -
filled ada    contracts:value-table-import     -
error  ada    contracts:value-table-import     -
filled ada    contracts:value-table-copy       table
error  ada    contracts:value-table-copy       table
filled ada    contracts:value-table-edit       draft_table
filled ada    contracts:value-table-settings   draft_table
error  ada    contracts:value-table-settings   draft_table
filled ada    contracts:value-table-part-new   new_row
filled ada    contracts:value-table-part-new?kind=placement&unit=full_time_year new_row
error  ada    contracts:value-table-part-new?kind=purchase&unit=invoice_share new_row
filled ada    contracts:value-table-part-new   new_bonus
error  ada    contracts:value-table-part-new   new_bonus
filled ada    contracts:value-table-part-new   new_limit
filled ada    contracts:value-table-part-edit  drafted_row
error  ada    contracts:value-table-part-edit  drafted_row
filled ada    contracts:value-table-part-edit  drafted_bonus
filled ada    contracts:value-table-propose    draft_table
filled ada    contracts:value-table-discard    draft_table
filled adam   contracts:value-table-return     proposed_table
error  adam   contracts:value-table-return     proposed_table
filled adam   contracts:value-table-approve    proposed_table
filled ada    contracts:value-table-withdraw   table
error  ada    contracts:value-table-withdraw   table
filled nobody contracts:rule-list              -
filled ada    contracts:rule-list              -
filled nobody contracts:rule-detail            rule
filled nobody contracts:rule-detail?value_eur=900000&nature=services&starts_on=2026-01-01&ends_on=2026-12-31 rule
filled ada    contracts:rule-detail            draft_rule
filled ada    contracts:rule-new               -
error  ada    contracts:rule-new               -
filled ada    contracts:rule-edit              draft_rule
error  ada    contracts:rule-edit              draft_rule
filled ada    contracts:rule-copy              rule
filled ada    contracts:rule-publish           draft_rule
filled ada    contracts:rule-withdraw          rule
error  ada    contracts:rule-withdraw          rule
filled nobody candidates:what-if               -
filled nobody candidates:what-if?table={table.pk}&block={ww.pk}&hours_per_week=32&starts_on=2026-01-01 -
filled nobody candidates:what-if?table={table.pk}&block={ww.pk}&owed_eur=40000&line=1~{ww.code}~2026-01-01~2026-06-30~32~~~~~&line=2~{ww.code}~2026-01-01~2026-12-31~24~~~~~ -
filled nobody suppliers:invitation-accept      token
error  nobody suppliers:invitation-accept      token
filled nobody suppliers:invitation-accept      closed

filled sara   home                             -
filled piet   home                             -
filled cora   home                             -
filled olga   home                             -
filled vera   home                             -
filled ada    home                             -
filled anna   home                             -
filled adam   home                             -
empty  bram   home                             -
empty  otto   home                             -
empty  paul   home                             -
empty  mona   home                             -
empty  vico   home                             -

filled sara   core:profile                     -
filled olga   account_change_password          -
error  olga   account_change_password          -
filled olga   account_logout                   -
filled olga   account_reauthenticate           -
error  olga   account_reauthenticate           -
filled olga   mfa_index                        -
empty  sara   mfa_index                        -
filled sara   mfa_activate_totp                -
error  sara   mfa_activate_totp                -
filled olga   mfa_deactivate_totp              -
filled olga   mfa_generate_recovery_codes      -
empty  olga   mfa_list_webauthn                -
filled olga   mfa_add_webauthn                 -
filled olga   mfa_reauthenticate               -
error  olga   mfa_reauthenticate               -
filled adam   core:person-list                 -
empty  adam   core:person-list?q=nobody        -
filled adam   core:person-new                  -
error  adam   core:person-new                  -
filled adam   core:person-detail               piet
error  adam   core:person-detail               piet
filled olga   core:job-progress                job

filled piet   suppliers:supplier-list          -
empty  piet   suppliers:supplier-list?q=nobody -
filled piet   suppliers:supplier-new           -
error  piet   suppliers:supplier-new           -
filled piet   suppliers:supplier-detail        noord
empty  bram   suppliers:supplier-detail        zuid
filled sara   suppliers:supplier-detail        noord
filled piet   suppliers:certificate-new        noord
error  piet   suppliers:certificate-new        noord
filled piet   suppliers:certificate-edit       certificate
error  piet   suppliers:certificate-edit       certificate
filled piet   suppliers:certificate-end        certificate
error  piet   suppliers:certificate-end        certificate
filled sara   suppliers:member-list            noord
filled bram   suppliers:member-list            zuid
filled piet   suppliers:invitation-send        noord
error  piet   suppliers:invitation-send        noord

filled piet   contracts:tender-list            -
empty  paul   contracts:tender-list            -
filled piet   contracts:tender-new             -
error  piet   contracts:tender-new             -
filled piet   contracts:tender-detail          tender
filled cora   contracts:tender-detail          tender
filled piet   contracts:tender-edit            tender
filled piet   contracts:lot-new                tender
error  piet   contracts:lot-new                tender
filled piet   contracts:lot-edit               lot
filled piet   contracts:notice-upload          -
error  piet   contracts:notice-upload          -
filled piet   contracts:notice-confirm         notice
filled piet   contracts:contract-list          -
filled sara   contracts:contract-list          -
empty  bram   contracts:contract-list          -
empty  paul   contracts:contract-list          -
empty  mona   contracts:contract-list          -
filled piet   contracts:contract-new           -
error  piet   contracts:contract-new           -
filled piet   contracts:contract-detail        concept
filled piet   contracts:contract-detail        awarded
filled cora   contracts:contract-detail        handed
filled cora   contracts:contract-detail        contract
filled sara   contracts:contract-detail        contract
filled cora   contracts:contract-detail        over
filled cora   contracts:contract-detail?known_on=2026-03-31 contract
filled cora   contracts:contract-ledger        contract
filled sara   contracts:contract-ledger?account=verified&known_on=2026-03-31 contract
empty  cora   contracts:contract-ledger?month_from=nonsense contract
filled cora   contracts:contract-ledger        tailored
filled piet   contracts:contract-ledger        framework
filled piet   contracts:contract-edit          concept
error  piet   contracts:contract-edit          concept
filled piet   contracts:contract-supplier      concept
error  piet   contracts:contract-supplier      concept
filled piet   contracts:contract-award         concept
filled piet   contracts:contract-cancel        concept
error  piet   contracts:contract-cancel        concept
filled piet   contracts:contract-hand-over     awarded
error  piet   contracts:contract-hand-over     awarded
filled cora   contracts:contract-refuse        handed
error  cora   contracts:contract-refuse        handed
filled cora   contracts:contact-record         contract
error  cora   contracts:contact-record         contract
filled cora   contracts:reserved-record        reserved
error  cora   contracts:reserved-record        reserved
filled piet   contracts:contract-detail        reserved
filled cora   contracts:contract-detail        on_turnover
filled sara   contracts:contract-detail        on_turnover
filled cora   contracts:contract-detail        tailored
filled sara   contracts:contract-detail        tailored
filled piet   contracts:contract-detail        framework
filled piet   contracts:contract-detail        call_off
filled piet   contracts:obligation-change      contract
error  piet   contracts:obligation-change      contract
filled cora   contracts:turnover-list          on_turnover
filled sara   contracts:turnover-list          on_turnover
empty  sara   contracts:turnover-list          contract
filled sara   contracts:turnover-report        on_turnover
error  sara   contracts:turnover-report        on_turnover
filled sara   contracts:turnover-correct       turnover
error  sara   contracts:turnover-correct       turnover
filled piet   contracts:goal-set               tailored
error  piet   contracts:goal-set               tailored
filled piet   contracts:goal-change            goal
error  piet   contracts:goal-change            goal
filled cora   contracts:goal-give-up           goal
error  cora   contracts:goal-give-up           goal
filled cora   contracts:progress-record        goal
error  cora   contracts:progress-record        goal
filled piet   contracts:members-set            reserved
filled piet   contracts:members-set            contract
filled piet   contracts:call-off-log           framework
error  piet   contracts:call-off-log           framework

filled sara   candidates:placement-list        -
empty  bram   candidates:placement-list        -
filled sara   candidates:placement-new         -
filled sara   candidates:placement-new?contract={contract.pk} -
error  sara   candidates:placement-new?contract={contract.pk} -
empty  bram   candidates:placement-new         -
filled sara   candidates:placement-detail      placement
filled sara   candidates:placement-detail      fresh
filled olga   candidates:placement-detail      placement
filled sara   candidates:hours-change          placement
error  sara   candidates:hours-change          placement
filled sara   candidates:placement-end         placement
error  sara   candidates:placement-end         placement
filled sara   candidates:candidate-inform      placement
error  sara   candidates:candidate-inform      placement
filled sara   candidates:evidence-new          placement
filled sara   candidates:evidence-new?kind={kind.pk} placement
error  sara   candidates:evidence-new?kind={kind.pk} placement
filled sara   candidates:contribution-new      placement
error  sara   candidates:contribution-new      placement
filled olga   candidates:share-list            -
filled sara   candidates:share-list            -
empty  otto   candidates:share-list            -
empty  bram   candidates:share-list            -
filled sara   candidates:share-detail          draft
filled sara   candidates:share-detail          submitted
filled sara   candidates:share-detail          returned
filled sara   candidates:share-detail          rejected
filled sara   candidates:share-detail          verified
filled olga   candidates:share-detail          submitted
filled olga   candidates:share-detail          verified
filled cora   candidates:share-detail          submitted
filled sara   candidates:share-explanation     submitted
filled olga   candidates:share-explanation     verified
filled sara   candidates:share-edit            draft
error  sara   candidates:share-edit            draft
filled olga   candidates:share-return          submitted
error  olga   candidates:share-return          submitted
filled olga   candidates:share-reject          submitted
error  olga   candidates:share-reject          submitted
filled olga   candidates:share-revoke          verified
error  olga   candidates:share-revoke          verified

filled vera   reports:dashboard                -
empty  vico   reports:dashboard                -
filled vera   reports:report-list              -
empty  vico   reports:report-list              -
filled vera   reports:report-issue             -
filled vera   reports:report-issue?contract={contract.pk} -
filled vera   reports:report-issue?authority={ministry.pk} -
filled vera   reports:report-detail            report
filled vera   reports:report-detail            portfolio
filled vera   reports:report-detail            unprinted
"""
ROWS = [line.split() for line in PAGES.splitlines()[2:] if line]
# what answers with a file, a fragment, another page, or only to a button
NO_PAGES = set(
    """
    core:health core:robots core:security-txt core:keep-alive core:sessions-end core:rights-overview
    core:role-give core:role-take core:account-close core:account-open core:password-link-send
    suppliers:member-end suppliers:invitation-withdraw
    contracts:value-table-export contracts:value-table-part-move contracts:value-table-part-remove
    contracts:contract-fulfilment contracts:obligation-preview contracts:contract-accept
    contracts:rule-discard contracts:ledger-export
    candidates:contribution-preview candidates:evidence-file candidates:placement-withdraw
    candidates:share-explanation-pdf
    candidates:share-submit candidates:share-withdraw candidates:share-verify
    reports:report-progress reports:report-download reports:report-reprint reports:contract-export
    set_language account_set_password mfa_authenticate mfa_login_webauthn mfa_reauthenticate_webauthn
    mfa_view_recovery_codes mfa_download_recovery_codes mfa_edit_webauthn mfa_remove_webauthn
    """.split()  # noqa: SIM905 - a list as one reads it
)
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
    looked_at = {row[2].partition("?")[0] for row in ROWS}
    assert {row[0] for row in test_access.ROWS} - NO_PAGES == looked_at - {"/nowhere/"}
