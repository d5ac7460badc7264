"""Open a spreadsheet and give its rows, as they stand, from the first to the last."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from candidates.models import SheetKind
from sroi_portal.core.uploads.texts import decoded

type Cell = str | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
type Row = list[Cell]

MOST_ROWS = 100_000
SNIFFED = 64 * 1024
DELIMITERS = ";\t,|"
ONLY = ""  # the name of the one sheet of a CSV file


class UnreadableSheetError(Exception):
    """The file cannot be read, or holds nothing."""


@dataclass(frozen=True)
class Book:
    """The sheets that somebody can see, by name."""

    kind: str
    content: bytes
    names: tuple[str, ...]

    def rows(self, name: str) -> Iterator[Row]:
        """Give every row from the top, empty ones too: the number of a row is its place.

        :raises UnreadableSheetError: when the file is broken.
        """
        if self.kind == SheetKind.CSV:
            return csv_rows(self.content)
        return _sheet_rows(self.content, name)

    def top(self, name: str, count: int) -> list[Row]:
        return list(islice(self.rows(name), count))


def opened(kind: str, content: bytes) -> Book:
    """Open a file.

    :raises UnreadableSheetError: when it is broken or shows no sheet.
    """
    if kind == SheetKind.CSV:
        return Book(kind, content, (ONLY,))
    with _workbook(content) as book:
        names = tuple(
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
        )
    if not names:
        raise UnreadableSheetError(_("The file has no sheet that can be seen."))
    return Book(kind, content, names)


def csv_rows(content: bytes) -> Iterator[Row]:
    """Read a text with semicolons, commas or tabs, whichever the first lines use most alike."""
    text = decoded(content) or ""
    lines = io.StringIO(text, newline="")
    try:
        for row in csv.reader(lines, delimiter=delimiter_of(text[:SNIFFED])):
            yield list(row)
    except csv.Error as fault:
        raise _broken() from fault


def delimiter_of(text: str) -> str:
    """Take the mark that stands on every one of the first lines, most often."""
    said = text.split("\n", 1)[0].strip().lower()
    if said.startswith("sep=") and len(said) == len("sep=;"):
        return said[-1]
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    counts = {mark: sorted(line.count(mark) for line in lines) for mark in DELIMITERS}
    return max(DELIMITERS, key=lambda mark: counts[mark][len(lines) // 2] if lines else 0)


def _workbook(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as fault:
        raise _broken() from fault


def _sheet_rows(content: bytes, name: str) -> Iterator[Row]:
    with _workbook(content) as book:
        sheet = _sheet(book, name)
        if sheet.start is None:
            return
        before: Row = [""] * sheet.start[1]  # the reader leaves out columns that are empty
        for row in sheet.iter_rows():
            yield before + row if before else row


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError) as fault:
        raise _broken() from fault


def _broken() -> UnreadableSheetError:
    return UnreadableSheetError(
        _("The file cannot be read. Open it, save it as XLSX, and try again.")
    )
