"""Spreadsheets (XLSX) from outside: hostile until proven otherwise; and texts that stay texts."""

import datetime as dt
import io
import zipfile
import zlib
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from sroi_portal.core.csv_files import STARTS_A_FORMULA

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED_BYTES = 20 * 1024 * 1024
MOST_PARTS = 200
MOST_SHEETS = 20
MOST_COLUMNS = 100
NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
NEVER = ("vbaproject.bin", "externallinks/", "activex/", "embeddings/")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # of XML
    TypeError,
    ValueError,
)


class UnreadableWorkbookError(Exception):
    """The file is no spreadsheet, or not one that is opened here."""


type Cell = str | int | float | bool | dt.date | dt.time | dt.timedelta | None


def rows_of(content: bytes, *, most_rows: int) -> dict[str, list[tuple[Cell, ...]]]:
    """Read the values of each sheet, never a formula; its empty ends are left out.

    :raises UnreadableWorkbookError: with a sentence that says why and what to do.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableWorkbookError(
            _("The file is larger than 2 MB. Take out what does not belong to it.")
        )
    try:
        return _sheets(_written_anew(content), most_rows)
    except BROKEN as fault:
        raise UnreadableWorkbookError(
            _("The file cannot be read. Save it again as a spreadsheet (XLSX).")
        ) from fault


def _written_anew(content: bytes) -> io.BytesIO:
    """Unpack every part, however small it says it is, and pack it again: no bomb is left."""
    unpacked, packed = 0, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        names = [part.filename for part in old.infolist()]
        if len(names) > MOST_PARTS or len(names) != len(set(names)) or not set(names) >= NEEDED:
            raise zipfile.BadZipFile
        if any(never in name.lower() for name in names for never in NEVER):
            raise UnreadableWorkbookError(
                _("The file holds macros, links or other files. Save it without them, as XLSX.")
            )
        for name in names:
            with old.open(name) as part:
                said = part.read(MOST_UNPACKED_BYTES - unpacked + 1)
            unpacked += len(said)
            if unpacked > MOST_UNPACKED_BYTES:
                raise UnreadableWorkbookError(
                    _("The file is too large once it is unpacked. Make it smaller.")
                )
            new.writestr(name, said)
    packed.seek(0)
    return packed


def _sheets(packed: io.BytesIO, most_rows: int) -> dict[str, list[tuple[Cell, ...]]]:
    book = load_workbook(packed, read_only=True, data_only=True, keep_links=False)
    try:
        if len(book.worksheets) > MOST_SHEETS:
            raise UnreadableWorkbookError(_("The file has too many sheets."))
        return {page.title: _rows(page, most_rows) for page in book.worksheets}
    finally:
        book.close()


def _rows(page: Any, most_rows: int) -> list[tuple[Cell, ...]]:
    """Take what is said, and no empty ends; one row too many is for who counts them."""
    page.reset_dimensions()
    bounds = {"max_row": most_rows + 1, "max_col": MOST_COLUMNS, "values_only": True}
    rows = [_without_end(row) for row in page.iter_rows(**bounds)]
    while rows and not rows[-1]:
        del rows[-1]
    return rows


def _without_end(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    last = max((place for place, cell in enumerate(row, 1) if cell not in {None, ""}), default=0)
    return row[:last]


def quoted(text: str) -> str:
    """Write a text so that no program takes it for a formula (VS-01); `unquoted` takes it back."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) or _is_quoted(text) else text


def unquoted(text: str) -> str:
    return text[1:] if _is_quoted(text) else text


def _is_quoted(text: str) -> bool:
    return text.startswith("'") and text[1:].startswith((*STARTS_A_FORMULA, "'"))
