"""What goes back: the supplier's own columns, and one more that says what is wrong (R-186)."""

import copy
import datetime as dt
import io
import tempfile
from collections.abc import Sequence
from typing import IO, Any, Protocol

import xlsxwriter
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, PatternFill

from candidates.models import ImportBatch, SheetKind
from candidates.sheets.reading import Book, Cell, Row
from sroi_portal.core.csv_files import STARTS_A_FORMULA
from sroi_portal.core.workbooks import quoted

MOST_ROWS_ANEW = 20_000  # the very same workbook comes back up to here
MOST_CELLS_ANEW = 600_000  # on all its sheets: it is kept in memory, some 500 bytes a cell
WIDTH, WIDE = 18, 70  # of a column, in characters
PAPER = "FDE7E4"
DAY_FORMAT = "dd-mm-yyyy"


class Answer(Protocol):
    """A workbook that is being written."""

    def add(self, number: int, cells: Row, sentence: str) -> None: ...

    def finished(self) -> bytes:
        """Give the file; nothing when no row was wrong."""
        ...


def begun(batch: ImportBatch, book: Book) -> Answer:
    """Take the very same workbook when it is an XLSX of reasonable size; else a new one."""
    is_small = book.height(batch.sheet) <= MOST_ROWS_ANEW and book.cells() <= MOST_CELLS_ANEW
    if batch.kind == SheetKind.XLSX and is_small:
        return SameWorkbook(batch, book)
    top = book.top(batch.sheet, batch.heading_row)
    return NewWorkbook(top[-1] if top else [])


class NewWorkbook:
    """Only the wrong rows, written one after the other in constant memory."""

    def __init__(self, headings: Sequence[Cell]) -> None:
        self._headings: Sequence[Cell] | None = headings  # until the first row is written
        self._width = len(headings)
        self._at = 1

    def _begin(self, headings: Sequence[Cell]) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed when finished
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._file, options)
        self._page = self._book.add_worksheet()
        self._page.freeze_panes(1, 0)
        self._page.set_column(0, max(self._width - 1, 0), WIDTH)
        self._page.set_column(self._width, self._width, WIDE)
        self._day = self._book.add_format({"num_format": DAY_FORMAT})
        self._bold = self._book.add_format({"bold": True})
        self._wrong = self._book.add_format({"bg_color": f"#{PAPER}", "text_wrap": True})
        for column, heading in enumerate([*headings, _("What is wrong")]):
            self._page.write_string(0, column, _safe(str(heading)), self._bold)

    def add(self, number: int, cells: Row, sentence: str) -> None:  # noqa: ARG002 - as the other
        if self._headings is not None:
            self._begin(self._headings)
            self._headings = None
        for column, cell in enumerate(cells[: self._width]):
            self._write(column, cell)
        self._page.write_string(self._at, self._width, _safe(sentence), self._wrong)
        self._at += 1

    def _write(self, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            if cell:
                self._page.write_string(self._at, column, _safe(cell))
        elif isinstance(cell, bool):
            self._page.write_boolean(self._at, column, cell)
        elif isinstance(cell, float | int):
            self._page.write_number(self._at, column, cell)
        elif isinstance(cell, dt.date):
            self._page.write_datetime(self._at, column, cell, self._day)
        else:
            self._page.write_string(self._at, column, str(cell))

    def finished(self) -> bytes:
        if self._headings is not None:
            return b""
        self._book.close()
        self._file.seek(0)
        content = self._file.read()
        self._file.close()
        return content


class SameWorkbook:
    """The supplier's own file: rows that are sound are hidden, formulas are what they came to."""

    def __init__(self, batch: ImportBatch, book: Book) -> None:
        self._batch, self._content = batch, book.content
        self._said: dict[int, str] = {}
        top = book.top(batch.sheet, batch.heading_row)
        widest = max((_filled(row) for row in book.rows(batch.sheet)), default=0)
        headings = [str(cell) for cell in top[-1]] if top else []
        again = headings.index(_("What is wrong")) if _("What is wrong") in headings else widest
        self._column = again + 1

    def add(self, number: int, cells: Row, sentence: str) -> None:  # noqa: ARG002 - as the other
        self._said[number] = sentence

    def finished(self) -> bytes:
        if not self._said:
            return b""
        book: Any = load_workbook(io.BytesIO(self._content), data_only=True, keep_links=False)
        for page in book.worksheets:
            _make_safe(page)
        page = book[self._batch.sheet]
        self._say(page)
        written = io.BytesIO()
        book.save(written)
        return written.getvalue()

    def _say(self, page: Any) -> None:
        first = self._batch.heading_row
        heading = page.cell(first, self._column, _("What is wrong"))
        if self._column > 1:
            heading._style = copy.copy(page.cell(first, self._column - 1)._style)  # noqa: SLF001
        page.column_dimensions[heading.column_letter].width = WIDE
        for number in range(first + 1, page.max_row + 1):
            sentence = self._said.get(number)
            page.row_dimensions[number].hidden = sentence is None
            cell = page.cell(number, self._column)
            cell.value = _safe(sentence) if sentence else None
            if sentence:
                cell.fill = PatternFill("solid", fgColor=PAPER)
                cell.alignment = Alignment(wrap_text=True, vertical="top")


def _filled(row: Row) -> int:
    return max((place for place, cell in enumerate(row, 1) if cell != ""), default=0)


def _make_safe(page: Any) -> None:
    """Let no text of the file be taken for a formula (VS-01)."""
    for row in page.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(STARTS_A_FORMULA):
                cell.value = quoted(cell.value)


def _safe(text: str) -> str:
    return quoted(ILLEGAL_CHARACTERS_RE.sub("", text))[:32_000]
