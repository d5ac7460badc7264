"""Open a spreadsheet and give its rows, as they stand, from the first to the last."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from candidates.models import SheetKind
from sroi_portal.core import personal
from sroi_portal.core.uploads.spreadsheets import MOST_COLUMNS
from sroi_portal.core.uploads.texts import decoded

type Cell = str | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
type Row = list[Cell]

MOST_ROWS = 100_000
HEADINGS = 20  # rows above the placements
NINE_DIGITS = (1e8, 999_999_999)  # fewer are dates and other numbers
MANY_DIGITS = re.compile(r"\d(?:\D?\d){7}")
SNIFFED = 64 * 1024
DELIMITERS = ";\t,|"
ONLY = ""  # the name of the one sheet of a CSV file


class UnreadableSheetError(Exception):
    """The file cannot be read, or holds nothing."""


class Book:
    """The sheets of a file; those that somebody can see, by name."""

    def __init__(self, kind: str, content: bytes) -> None:
        self.kind, self.content = kind, content
        self._workbook = None if kind == SheetKind.CSV else _workbook(content)
        self._sheets: dict[str, CalamineSheet] = {}
        known = self._workbook.sheets_metadata if self._workbook else []
        self.names = tuple(
            sheet.name for sheet in known if sheet.visible == SheetVisibleEnum.Visible
        )
        self.all_names = tuple(sheet.name for sheet in known)
        if self._workbook is None:
            self.names = self.all_names = (ONLY,)

    def rows(self, name: str) -> Iterator[Row]:
        """Give every row from the top, empty ones too: the number of a row is its place.

        :raises UnreadableSheetError: when the file is broken.
        """
        if self._workbook is None:
            yield from csv_rows(self.content)
            return
        sheet = self._sheet(name)
        if sheet.start is None:
            return
        before: Row = [""] * sheet.start[1]  # the reader leaves out columns that are empty
        for row in sheet.iter_rows():
            yield before + row if before else row

    def top(self, name: str, count: int) -> list[Row]:
        return list(islice(self.rows(name), count))

    def height(self, name: str) -> int:
        """Say how many rows there are about: for a progress bar."""
        if self._workbook is None:
            return self.content.count(b"\n") + 1
        end = self._sheet(name).end
        return end[0] + 1 if end else 0

    def cells(self) -> int:
        """Say for how many cells a program keeps room, on all sheets."""
        if self._workbook is None:
            return 0
        ends = [self._sheet(name).end for name in self.all_names]
        return sum((end[0] + 1) * (end[1] + 1) for end in ends if end)

    def _sheet(self, name: str) -> CalamineSheet:
        if self._workbook is None or name not in self.all_names:
            raise UnreadableSheetError(_("The file has no sheet that can be seen."))
        if name not in self._sheets:
            self._sheets[name] = _read(self._workbook, name)
        return self._sheets[name]


def opened(kind: str, content: bytes) -> Book:
    """Open a file.

    :raises UnreadableSheetError: when it is broken or shows no sheet.
    """
    book = Book(kind, content)
    if not book.names:
        raise UnreadableSheetError(_("The file has no sheet that can be seen."))
    return book


def look_through(book: Book) -> None:
    """Refuse a file with a citizen service number, with nothing, or with more than is taken.

    :raises UnreadableSheetError: with the place of the first one.
    """
    is_empty = True
    for name in book.all_names:
        filled = 0
        for number, row in enumerate(book.rows(name), 1):
            if len(row) > MOST_COLUMNS:
                raise UnreadableSheetError(
                    _("The file has too many columns. Keep those with the placements.")
                )
            filled += any(not is_blank(cell) for cell in row)
            if filled > MOST_ROWS + HEADINGS:
                raise UnreadableSheetError(
                    _("The file has more than 100,000 rows. Split it into several files.")
                )
            if any(_is_bsn(cell) for cell in row):
                raise UnreadableSheetError(
                    _(
                        "Row %(row)s holds a number that looks like a citizen service number "
                        "(BSN). We never store one, so nothing of this file was kept. Take the "
                        "numbers out and send the file again."
                    )
                    % {"row": number}
                )
        is_empty = is_empty and not (filled and name in book.names)
    if is_empty:
        raise UnreadableSheetError(_("There is nothing in the file. Choose another file."))


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _is_bsn(cell: Cell) -> bool:
    if isinstance(cell, float):
        return NINE_DIGITS[0] <= cell <= NINE_DIGITS[1] and personal.contains_bsn(f"{cell:09.0f}")
    return isinstance(cell, str) and bool(MANY_DIGITS.search(cell)) and personal.contains_bsn(cell)


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
    with _faults_told():
        return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _read(book: CalamineWorkbook, name: str) -> CalamineSheet:
    with _faults_told():
        return book.get_sheet_by_name(name)


@contextmanager
def _faults_told() -> Iterator[None]:
    """Say in a sentence that the reader gave up; its own panic is no ordinary exception."""
    try:
        yield
    except (CalamineError, OSError, ValueError) as fault:
        raise _broken() from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise _broken() from fault


def _broken() -> UnreadableSheetError:
    return UnreadableSheetError(
        _("The file cannot be read. Open it, save it as XLSX, and try again.")
    )
