"""Spreadsheets of three shapes: read, checked, entered, given back, undone (R-185 to R-189)."""

import io

import pytest
from openpyxl import load_workbook

from candidates.models import (
    Candidate,
    ImportedRow,
    ImportPart,
    ImportStatus,
    Placement,
    PlacementStatus,
)
from tests.candidates import sheets
from tests.candidates.importing import confirmed, matched, sent, undone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def numbered(contract):
    contract.reference = "C-0001"
    contract.save()
    return contract


@pytest.mark.parametrize("shape", sheets.SHAPES)
def test_good_rows_go_in_and_wrong_rows_come_back(shape, noord, sara):
    """N10: 980 go in, 20 are named."""
    name, write = sheets.SHAPES[shape]

    batch = matched(sent(noord, write(sheets.people()), by=sara, name=name), by=sara)

    assert (batch.status, batch.row_count) == (ImportStatus.CHECKED, 1_000)
    assert (batch.good_count, batch.wrong_count) == (980, 20)
    assert Placement.objects.count() == 0
    batch = confirmed(batch, by=sara)
    assert (batch.status, batch.written_count) == (ImportStatus.WRITTEN, 980)
    assert (Placement.objects.count(), Candidate.objects.count()) == (980, 980)
    assert ImportedRow.objects.filter(batch=batch).count() == 980
    said = _said(batch)
    assert len(said) == 20
    assert all(said)
    assert undone(batch, by=sara).status == ImportStatus.UNDONE
    assert set(Placement.objects.values_list("status", flat=True)) == {PlacementStatus.WITHDRAWN}


def _said(batch):
    """Read the last column of the rows that somebody sees."""
    answer = batch.files.get(part=ImportPart.ANSWER).content
    book = load_workbook(io.BytesIO(answer))
    page = book[batch.sheet] if batch.sheet in book.sheetnames else book.active
    first = batch.heading_row if batch.sheet in book.sheetnames else 1
    last = page.max_column
    assert page.cell(first, last).value == "Wat klopt er niet"  # as its sender reads
    return [
        page.cell(number, last).value
        for number in range(first + 1, page.max_row + 1)
        if not page.row_dimensions[number].hidden
    ]
