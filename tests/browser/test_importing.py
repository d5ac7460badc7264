"""A supplier's own spreadsheet in a browser: sent, columns, dry run, entered, given back, undone."""

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from candidates import tasks
from candidates.models import ImportBatch, ImportedRow, Placement, PlacementStatus
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


REFERENCES = {  # what each shape calls the number of a person
    "a program's workbook": "Kandidaatnummer",
    "a text of Windows": "Kenmerk",
    "an English report": "Employee number",
}


@pytest.mark.parametrize("shape", sheets.SHAPES)
def test_a_thousand_rows_go_in_and_twenty_come_back(page_of_sara, site, tmp_path, shape):
    """N10: 980 go in, 20 are named."""
    page = page_of_sara
    name, write = sheets.SHAPES[shape]
    (tmp_path / name).write_bytes(write(sheets.people()))

    page.goto(f"{site}/imports/")
    page.get_by_role("link", name="Send a spreadsheet").first.click()
    page.get_by_label("Your spreadsheet").set_input_files(tmp_path / name)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_label(REFERENCES[shape])).to_have_value("reference")
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_text("You may close this page")).to_be_visible()
    batch = worked(ImportBatch.objects.get(), tasks.check_import)

    enter = page.get_by_role("button", name="Enter 980 rows")
    enter.click()  # the page that waited loads anew by itself
    expect(page.get_by_text("You may close this page")).to_be_visible()
    batch = worked(batch, tasks.write_import)
    assert (batch.row_count, batch.good_count, batch.wrong_count) == (1_000, 980, 20)
    with page.expect_download() as given:
        page.get_by_role("link", name="Download the wrong rows").click()
    assert _said(batch, given.value.path()) == sheets.WRONG
    assert Placement.objects.count() == ImportedRow.objects.filter(batch=batch).count() == 980

    page.get_by_text("Undo this import").click()
    page.get_by_role("button", name="Undo everything").click()
    expect(page.get_by_text("You may close this page")).to_be_visible()
    worked(batch, tasks.undo_import)
    expect(page.get_by_text(re.compile("Import undone"))).to_be_visible()
    assert set(Placement.objects.values_list("status", flat=True)) == {PlacementStatus.WITHDRAWN}


def _said(batch, path):
    """Count the rows that are shown, each with what is wrong in its last column."""
    book = load_workbook(io.BytesIO(path.read_bytes()))
    is_own = batch.sheet in book.sheetnames
    page = book[batch.sheet] if is_own else book.active
    first, last = batch.heading_row if is_own else 1, page.max_column
    assert page.cell(first, last).value == "What is wrong"
    return sum(
        bool(page.cell(number, last).value)
        for number in range(first + 1, page.max_row + 1)
        if not page.row_dimensions[number].hidden
    )
