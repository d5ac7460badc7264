"""A supplier's own spreadsheet in a browser: sent, columns, dry run, entered, given back, undone."""

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from candidates import tasks
from candidates.models import ImportBatch, Placement, PlacementStatus
from suppliers.models import MembershipRole
from tests import factories
from tests.candidates import sheets
from tests.candidates.importing import worked
from tests.client import PortalClient

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sara(transactional_db):
    """Has a contract with the number that the spreadsheet names."""
    noord = factories.SupplierFactory()
    person = factories.UserFactory(name="Sara", email="sara@example.org")
    factories.MembershipFactory(user=person, supplier=noord, role=MembershipRole.MEMBER)
    officer = factories.UserFactory()
    factories.active_contract(
        authority=factories.AuthorityFactory(),
        supplier=noord,
        officer=officer,
        manager=officer,
        value_table=factories.value_table(),
        reference="C-0001",
    )
    return person


@pytest.fixture
def page_of_sara(page, site, sara):
    session = PortalClient().sign_in(sara).cookies["session"].value
    page.context.add_cookies(
        [
            {"name": "session", "value": session, "url": site},
            {"name": "language", "value": "en", "url": site},
        ]
    )
    return page


def test_a_thousand_rows_go_in_and_twenty_come_back(page_of_sara, site, tmp_path):
    """N10, in the shape that a program keeps: merged headings, real dates, a hidden sheet."""
    page = page_of_sara
    name, write = sheets.SHAPES["a program's workbook"]
    (tmp_path / name).write_bytes(write(sheets.people()))

    page.goto(f"{site}/imports/")
    page.get_by_role("link", name="Send a spreadsheet").first.click()
    page.get_by_label("Your spreadsheet").set_input_files(tmp_path / name)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_label("Kandidaatnummer")).to_have_value("reference")
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_text("You may close this page")).to_be_visible()
    batch = worked(ImportBatch.objects.get(), tasks.check_import)

    enter = page.get_by_role("button", name="Enter 980 rows")
    enter.click()  # the page that waited loads anew by itself
    expect(page.get_by_text("You may close this page")).to_be_visible()
    worked(batch, tasks.write_import)
    with page.expect_download() as given:
        page.get_by_role("link", name="Download the wrong rows").click()
    assert _said(given.value.path()) == sheets.WRONG
    assert Placement.objects.count() == 980

    page.get_by_text("Undo this import").click()
    page.get_by_role("button", name="Undo everything").click()
    expect(page.get_by_text("You may close this page")).to_be_visible()
    worked(batch, tasks.undo_import)
    expect(page.get_by_text(re.compile("Import undone"))).to_be_visible()
    assert set(Placement.objects.values_list("status", flat=True)) == {PlacementStatus.WITHDRAWN}


def _said(path):
    """Count the rows that are shown, each with what is wrong."""
    page = load_workbook(io.BytesIO(path.read_bytes()))["Plaatsingen"]
    last = page.max_column
    return sum(
        bool(page.cell(number, last).value)
        for number in range(5, page.max_row + 1)
        if not page.row_dimensions[number].hidden
    )
