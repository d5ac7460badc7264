"""What a spreadsheet may be, and how what stands in it is read."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidates.models import ImportBatch
from candidates.sheets import cells, reading
from candidates.sheets.headings import meaning, normal
from sroi_portal.core.uploads import UploadRefusedError, spreadsheets
from tests.candidates import odd_spreadsheets
from tests.hostile_spreadsheets import placed, sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "noon")]
ODD = dict(odd_spreadsheets.spreadsheets())
TRIED = (
    "empty.csv",
    "document.csv",
    "page.csv",
    "password.xlsx",
    "half.xlsx",
    "disguised.csv",
    "macros.xlsx",
    "entities.xlsx",
    "far_cell.xlsx",
    "odd_row.xlsx",
    "repeated_wide.ods",
    "bsn_number.xlsx",
    "bsn_hidden.xlsx",
    "twice.xlsx",
)


@pytest.mark.parametrize("name", TRIED)
def test_an_odd_spreadsheet_ends_in_a_sentence_and_nothing_is_kept(name, client, sara):
    """R-185."""
    file = SimpleUploadedFile(name, ODD[name])
    page = client.sign_in(sara).post(
        reverse("candidates:import-new"), {"supplier": sara.supplier_ids[0], "file": file}
    )

    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("name", ["bomb.xlsx", "wide.xlsx", "large.csv", "broken_names.xlsx"])
def test_what_would_fill_the_memory_is_refused(name):
    with pytest.raises(UploadRefusedError):
        spreadsheets.accept(SimpleUploadedFile(name, ODD[name]))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(sheets(3), id="far cells on three sheets"),
        pytest.param(placed("xl/other/one.xml", 300), id="a sheet in another folder"),
        pytest.param(placed("xl/media/one.png", 300), id="a sheet as a picture"),
    ],
)
def test_what_names_more_cells_than_it_holds_is_refused(content):
    """A few bytes would have the reader keep room for millions."""
    with pytest.raises(UploadRefusedError):
        spreadsheets.accept(SimpleUploadedFile("lijst.xlsx", content))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5-1-2026", dt.date(2026, 1, 5)),
        ("05.01.26", dt.date(2026, 1, 5)),
        ("2026-01-05 00:00:00", dt.date(2026, 1, 5)),
        ("20260105", dt.date(2026, 1, 5)),
        ("5 jan. 2026", dt.date(2026, 1, 5)),
        (dt.datetime(2026, 1, 5, 10, 30), dt.date(2026, 1, 5)),  # noqa: DTZ001 - of a cell
    ],
)
def test_a_day_is_read_as_it_is_written(typed, day):
    assert cells.day_of(typed) == day


@pytest.mark.parametrize("typed", ["29-02-2026", "1-13-2026", "01-01-1066", 46000.0, True])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(cells.MistakeError):
        cells.day_of(typed)


@pytest.mark.parametrize(
    ("typed", "hours"),
    [("32,5 uur", "32.50"), ("7:30", "7.50"), (dt.timedelta(hours=36), "36"), ("0,25", "0.25")],
)
def test_hours_are_read_as_they_are_written(typed, hours):
    assert cells.hours_of(typed) == Decimal(hours)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Begin-datum", "starts_on"),
        ("Einddatm", "ends_on"),
        ("UREN PER WEEK", "hours_per_week"),
        ("Doel groep", "block"),
        ("Opmerkingen", ""),
    ],
)
def test_a_heading_is_recognised_by_likeness(heading, field):
    assert meaning(normal(heading), {})[1] == field


def test_what_the_supplier_said_goes_before_likeness():
    assert meaning("doelgroep", {"doelgroep": ""})[1] == ""


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("a;b\n1;2".encode("utf-16"), ["a", "b"]),
        (b"a\tb\n1\t2", ["a", "b"]),
        ("\ufeffé,b\n1,2".encode(), ["é", "b"]),
        ("é;b,c\n1;2".encode("cp1252"), ["é", "b,c"]),
    ],
)
def test_a_text_is_read_whatever_program_wrote_it(content, row):
    assert next(reading.csv_rows(content)) == row
