"""Nothing is fetched, and what goes wrong stops the print."""

import io
import itertools
import logging
import zlib

import page
import pikepdf
import pytest
from pypdf import PdfReader

from sroi_portal.core import pdf, pdf_archives
from tests.conftest import NOON

pytestmark = pytest.mark.slow
SHEET = "css/report.css"
PAGE = "<html lang=nl><head><title>Proef</title></head><body><h1>Proef</h1>{}</body></html>"


@pytest.mark.parametrize(
    "asks",
    [
        '<img src="https://example.org/x.png" alt="x">',
        '<img src="file:///etc/passwd" alt="x">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<style>@import "file:///etc/passwd";</style>',
    ],
)
def test_a_document_gets_no_file_and_no_address(asks):
    with pytest.raises(pdf.PrintError):
        pdf.render(PAGE.format(asks), stylesheet=SHEET)


def test_no_stream_of_the_archive_ends_as_a_line_does():
    """A checker that reads the end of a stream backwards finds it where it was written."""
    ends_in_return = (f'{{"n": {n}}}'.encode() for n in itertools.count())
    content = next(each for each in ends_in_return if zlib.compress(each).endswith(b"\r"))
    attached = pdf_archives.Attached("facts.json", "Proef", content, NOON)
    made = pdf.render_for_archive(PAGE.format(""), attached, stylesheet=SHEET).archive
    assert b"\r\nendstream" not in made
    with pikepdf.open(io.BytesIO(made)) as document:
        assert document.attachments["facts.json"].get_file().read_bytes() == content
    assert page.validate_pdf_bytes(made, profile="3a").failures == []


def test_a_picture_without_text_stops_the_print():
    dot = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
    with pytest.raises(pdf.PrintError):
        pdf.render(PAGE.format(f'<img src="{dot}">'), stylesheet=SHEET)


def test_each_page_is_heard():
    heard = []
    many = '<p style="break-after: page">x</p>' * 4
    pdf.render(PAGE.format(many), stylesheet=SHEET, on_page=heard.append)
    assert heard[:4] == [1, 2, 3, 4]


def test_listening_leaves_no_trace():
    progress = logging.getLogger("weasyprint.progress")
    before = (progress.level, progress.propagate, list(progress.handlers))
    pdf.render(PAGE.format(""), stylesheet=SHEET)
    assert (progress.level, progress.propagate, list(progress.handlers)) == before


def test_an_unknown_style_sheet_is_refused():
    with pytest.raises(pdf.PrintError):
        pdf.render(PAGE.format(""), stylesheet="css/nowhere.css")


def test_a_line_that_is_just_full_does_not_break_after_its_first_word():
    """The space before the end tag is one that no browser would show."""
    words = (
        "In 2022, 2 pilots ran. 2 lessons were published. "
        "Because of 1 of them a text, table or rule was changed."
    )
    said = f'<p class="part__lead">{words}\n  </p>'
    made = pdf.render(PAGE.format(said), stylesheet=SHEET)
    assert words in PdfReader(io.BytesIO(made)).pages[0].extract_text()
