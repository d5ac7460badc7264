"""The whole journey in a browser: from a published notice to a report that can be kept."""

import datetime as dt
import io
import json
import os
import re
import time
from pathlib import Path

import pikepdf
import pypdf
import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from candidates.models import EvidenceResult
from contracts import fulfilment
from contracts.models import Block, Contract, ValueTable
from contracts.valuation import Unit
from sroi_portal.core.models import Outgoing, RoleName
from tests import factories, processes

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PASSWORD = "een lang genoeg wachtwoord"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
WRITTEN = Path(__file__).parents[1] / "contracts" / "notices" / "written" / "award.xml"
ROLES = {
    "piet": RoleName.OFFICER,
    "cora": RoleName.MANAGER,
    "olga": RoleName.COORDINATOR,
    "vera": RoleName.POLICY_MAKER,
}
COLLEAGUE = "nieuw@example.org"


def published():
    """A notice of one settled contract with a Dutch firm, as it was published."""
    if "SROI_SHARED" not in os.environ:
        return WRITTEN
    folder = Path(os.environ["SROI_SHARED"]) / "data" / "eforms"
    expected = json.loads((folder / "public_expected.json").read_text())
    return folder / "public" / next(one["file"] for one in expected if fits(one))


def fits(one):
    is_dutch = [buyer["country"] for buyer in one["buyers"]] == ["NLD"]
    is_settled = len(one["contracts"]) == len(one["winners"]) == 1
    if not (is_dutch and is_settled and one["contracts"][0]["conclusion_date"]):
        return False
    numbers = one["winners"][0]["identifiers"]
    values = [won["value"] for won in one["tenders"] if won["id"] in one["winning_tender_ids"]]
    in_euros = values[0] is not None and values[0]["currency"] == "EUR"
    return in_euros and any(re.fullmatch(r"\d{8}", number) for number in numbers)


@pytest.fixture
def people(transactional_db):
    """Officials with a password and an app; people of the supplier are still to be invited."""
    ministry = factories.AuthorityFactory(name="Ministerie van Voorbeelden")
    secret = {"secret": get_adapter().encrypt(SECRET)}
    made = {}
    for name, role in ROLES.items():
        made[name] = factories.UserFactory(name=name.capitalize(), email=f"{name}@example.org")
        made[name].set_password(PASSWORD)
        made[name].save()
        factories.RoleAssignmentFactory(user=made[name], authority=ministry, role=role)
        Authenticator.objects.create(user=made[name], type=Authenticator.Type.TOTP, data=secret)
    factories.CategoryFactory()
    call_command("load_value_tables", stdout=io.StringIO())
    return made


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request):
    return request.param


@pytest.fixture
def page_of(browser, site, worker, scripts):
    """Everybody has a browser of their own."""
    contexts = []

    def page_of(person=None):
        context = browser.new_context(base_url=site, locale="nl-NL", java_script_enabled=scripts)
        contexts.append(context)
        page = contexts[-1].new_page()
        if person:
            sign_in(page, person)
        return page

    yield page_of
    for context in contexts:
        context.close()


def sign_in(page, person):
    page.goto("/account/login/")
    fill(page, login=person.email, password=PASSWORD)
    send(page)
    fill(page, code=format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))
    send(page)
    page.wait_for_url(lambda url: "/account/" not in url)


def fill(page, **values):
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(str(value))


def send(page, having=""):
    """Press the button of a form and wait for the page that comes."""
    with page.expect_navigation():
        page.locator(f"main .form-actions button{having}").first.click()


def press(page, action):
    with page.expect_navigation():
        page.locator(f"form[action$='{action}'] button").click()


def log_from_notice(page):
    page.goto("/notices/upload/")
    page.locator("main [name=file]").set_input_files(published())
    send(page)
    send(page, "[name=confirm]")
    expect(page).to_have_url(re.compile(r"/contracts/\d+/edit/"))
    complete(page)
    send(page, "[name=award]")
    expect(page).to_have_url(re.compile("/award/"))
    send(page)
    return Contract.objects.get()


def complete(page):
    """Fill in what the notice does not say, in such a way that work can be over."""
    year = timezone.localdate().year
    table = ValueTable.objects.published().filter(blocks__unit=Unit.FULL_TIME_YEAR).first()
    page.locator("[name=category]").select_option(index=1)
    page.locator("[name=legal_form]").select_option(index=1)
    page.locator("[name=value_table]").select_option(str(table.pk))
    page.locator("[name=base_kind][value=contract_value]").check()
    fill(page, percentage="5", reason="Dienst met veel arbeid.")
    fill(page, starts_on=dt.date(year - 1, 1, 1), ends_on=dt.date(year + 1, 12, 31))
    if not page.locator("[name=awarded_on]").input_value():
        fill(page, awarded_on=dt.date(year - 1, 1, 1))


def hand_over(page, contract, manager):
    page.goto(f"/contracts/{contract.pk}/hand-over/")
    page.locator("[name=manager]").select_option(str(manager.pk))
    send(page)


def accept_and_invite(page, contract):
    page.goto(f"/contracts/{contract.pk}/")
    press(page, "/accept/")
    page.goto(f"/suppliers/{contract.supplier_id}/invite/")
    fill(page, email=COLLEAGUE)
    send(page)


def join(page):
    mail = Outgoing.objects.get(to_address=COLLEAGUE)
    page.goto(re.search(r"/invitations/[\w-]+/", mail.body)[0])
    fill(page, name="Nadia", password=PASSWORD)
    send(page)


def claim_work(page, contract, *, scripts):
    """Enter a person who worked and what was seen of that, and submit a month that is over."""
    row = Block.objects.filter(table=contract.value_table, unit=Unit.FULL_TIME_YEAR).first()
    first = dt.date(timezone.localdate().year - 1, 2, 1)
    page.goto(f"/placements/new/?contract={contract.pk}")
    fill(page, reference="K-01", hours_per_week="32", starts_on=first, informed_on=first)
    page.locator("[name=contract_form]").first.check()
    page.locator(f"[name=block][value='{row.pk}']").check()
    if not scripts:
        send(page, "[value=next]")
    kind = row.evidence_kinds.first()
    page.locator(f"[name=e{kind.pk}-result][value=seen]").check()
    fill(page, **{f"e{kind.pk}-seen_on": first})
    send(page, "[value=save]")
    expect(page).to_have_url(re.compile(r"/placements/\d+/$"))
    page.goto(f"{page.url}contributions/new/")
    fill(page, starts_on=first, ends_on=first.replace(day=28))
    send(page, "[value=submit]")
    expect(page).to_have_url(re.compile(r"/shares/\d+/$"))
    return page.url, kind


def report_on(page, contract, *, scripts):
    """The PDF of a report, once the worker has printed it."""
    page.goto(f"/reports/new/?contract={contract.pk}")
    send(page)
    printing = page.locator("#printing")
    if scripts:
        printing.wait_for(state="detached", timeout=60_000)
        page.goto(page.url)
    while printing.count():
        with page.expect_navigation():
            printing.get_by_role("link").click()
    download = page.locator("a[href$='/pdf/']")
    return page.request.get(download.get_attribute("href")).body()


def verified(page):
    return page.locator("dl.figures .figure__value").nth(1)


def test_a_notice_becomes_a_report(page_of, people, scripts):
    piet = page_of(people["piet"])
    contract = log_from_notice(piet)
    hand_over(piet, contract, people["cora"])
    cora = page_of(people["cora"])
    accept_and_invite(cora, contract)
    nadia = page_of()
    join(nadia)
    claimed, kind = claim_work(nadia, contract, scripts=scripts)

    cora.goto(f"/contracts/{contract.pk}/")
    before = verified(cora).inner_text()
    olga = page_of(people["olga"])
    olga.goto(claimed)
    stated = olga.locator("main li", has_text=kind.label)
    expect(stated.filter(has_text=str(EvidenceResult.SEEN.label))).to_have_count(1)
    press(olga, "/verify/")
    if scripts:
        expect(verified(cora)).not_to_have_text(before, timeout=60_000)
    processes.until(lambda: fulfilment.stale_count() == 0)
    cora.reload()
    amount = re.search(r"[\d.]+,\d\d", verified(cora).inner_text())[0]
    assert amount not in before
    pdf = report_on(page_of(people["vera"]), contract, scripts=scripts)
    text = " ".join(
        " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages).split()
    )
    assert contract.title in text
    assert amount in text
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert bool(opened.Root.MarkInfo.Marked)
        assert str(opened.Root.Lang).startswith("nl")
        assert str(opened.docinfo.Title)
    call_command("check_ledger", stdout=io.StringIO())  # ends the test when a contract differs
