"""Each definition in a browser: choose, look, issue, wait, take along, and compare with the page."""

import datetime as dt
import io
import re
import uuid
from decimal import Decimal

import pikepdf
import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from contracts import fulfilment, ledger
from contracts.models import Account
from reports.models import Definition, Report
from sroi_portal.core.models import RoleName
from tests import factories
from tests.client import PortalClient
from tests.network import trying
from tests.reports import printed

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PRINTED_WITHIN = 120_000  # milliseconds, on a machine that does more


@pytest.fixture
def contract(transactional_db):
    """A contract of which work of this year is verified and waits."""
    with transaction.atomic():
        return _busy(timezone.now())


def _busy(now):
    ministry = factories.AuthorityFactory(name="Ministerie van Voorbeelden")
    manager = factories.UserFactory(name="Cora")
    factories.RoleAssignmentFactory(user=manager, authority=ministry, role=RoleName.MANAGER)
    made = factories.active_contract(
        authority=ministry,
        supplier=factories.SupplierFactory(name="Leverancier Noord", kvk="99990001"),
        manager=manager,
        value_table=factories.ValueTableFactory(),
        category=factories.CategoryFactory(),
    )
    month = dt.date(timezone.localdate().year, 1, 1)
    days = {"starts_on": month, "ends_on": month.replace(month=12, day=31)}
    pilot = trying.pilot(ministry, manager, **days)
    trying.add_place(pilot, made, by=manager)
    for account, euros in (
        (Account.VERIFIED, "1234.56"),
        (Account.VERIFIED, "2000.00"),
        (Account.SUBMITTED, "500.50"),
    ):
        wanted = ledger.Wanted(made.pk, account, month, Decimal(euros))
        source = ledger.Source("candidates.share", uuid.uuid4())
        ledger.post(source, [wanted], by=manager, at=now)
    fulfilment.recompute(today=timezone.localdate(), at=now)
    return made


@pytest.fixture
def page(browser, site, worker, contract):
    """The browser of a policy maker."""
    vera = factories.UserFactory(name="Vera")
    role = RoleName.POLICY_MAKER
    factories.RoleAssignmentFactory(user=vera, authority=contract.authority, role=role)
    context = browser.new_context(base_url=site, locale="nl-NL")
    session = PortalClient().sign_in(vera).cookies["session"].value
    context.add_cookies([{"name": "session", "value": session, "url": site}])
    yield context.new_page()
    context.close()


def _asked(definition, contract):
    """Say what the report is about, as the form asks it."""
    authority, year = contract.authority_id, timezone.localdate().year
    about = {
        Definition.CONTRACT: f"contract={contract.pk}",
        Definition.PORTFOLIO: f"authority={authority}",
        Definition.SUPPLIER: f"authority={authority}&supplier={contract.supplier_id}",
        Definition.CATEGORY: f"authorities={authority}&category={contract.category_id}",
        Definition.QUALITY: f"authorities={authority}",
        Definition.ANNUAL: f"authorities={authority}&year={year}",
        Definition.JOBS: f"authorities={authority}&year={year}",
        Definition.PILOTS: f"authorities={authority}&year={year}",
    }
    return f"/reports/new/?definition={definition.value}&{about[definition]}"


@pytest.mark.parametrize("definition", Definition)
def test_a_report_is_issued_printed_and_says_what_its_page_says(page, contract, definition):
    page.goto(_asked(definition, contract))
    with page.expect_navigation():
        page.locator("main .form-actions button").click()
    expect(page).to_have_url(re.compile(r"/reports/\d+/$"))
    download = page.locator("a[href$='/pdf/']")
    expect(download).to_be_visible(timeout=PRINTED_WITHIN)  # the progress bar went

    report = Report.objects.get()
    assert report.definition == definition
    pdf = page.request.get(download.get_attribute("href")).body()
    on_paper, on_page = printed.words(pdf), page.locator("main article").inner_text()
    assert report.number in on_paper
    assert printed.squeeze("€ 3.234,56") in on_paper
    assert printed.amounts(on_page) <= printed.amounts(on_paper)
    names = [name for name, _text in printed.tags(pdf)]
    assert names.count("H1") == 1
    assert {"H2", "Table", "TH", "Figure"} <= set(names)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "nl"
        assert report.number in str(document.docinfo.Title)
