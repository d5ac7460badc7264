"""A table as a workbook: a sheet for the table, its limits, its rows and its bonuses."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from contracts.toml_tables.columns import FLAGS, NO, SHEETS, TABLE, YES, Column, Kind, Sheet
from contracts.toml_tables.documents import MOST_ROWS, Document
from contracts.toml_tables.fields import Problem, TableError
from contracts.toml_tables.tables import Table, TableReader
from contracts.toml_tables.writing import as_data
from sroi_portal.core import workbooks

WIDEST = 60
MOST_IN_A_LIST = 255  # characters that a list of choices may have in a workbook
BETWEEN_CODES = re.compile(r"[\s,;]+")

type Row = Mapping[str, Any]


class _Found(NamedTuple):
    """The rows of a sheet by the names of a file, and where each stands."""

    rows: list[dict[str, Any]]
    places: list[str]


def as_workbook(table: Table) -> bytes:
    """Write a table as a spreadsheet (XLSX) that reads back to the same table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    data = as_data(table)
    for sheet in SHEETS:
        rows = [data[sheet.name]] if sheet is TABLE else data[sheet.name]
        _write(book.create_sheet(sheet.title), sheet, rows)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def from_workbook(content: bytes, reader: TableReader) -> Table:
    """Read a spreadsheet (XLSX).

    :raises TableError: with each sheet and row that is wrong, and why.
    """
    try:
        sheets = workbooks.rows_of(content, most_rows=MOST_ROWS + 1)
    except workbooks.UnreadableWorkbookError as reason:
        raise TableError([Problem(_("file"), str(reason))]) from reason
    problems: list[Problem] = []
    data: dict[str, Any] = {}
    places: dict[str, list[str]] = {}
    for sheet in SHEETS:
        found = _read(sheet, sheets.get(sheet.title, []), problems)
        places[sheet.name] = found.places
        data[sheet.name] = next(iter(found.rows), {}) if sheet is TABLE else found.rows
    problems += [
        Problem(title, _("this is not a known sheet; the sheets are: %(titles)s") % _titles())
        for title in sheets.keys() - {sheet.title for sheet in SHEETS}
    ]
    return reader.read_document(Document.of(data, places, problems))


def _titles() -> dict[str, str]:
    return {"titles": ", ".join(sheet.title for sheet in SHEETS)}


def _write(page: Worksheet, sheet: Sheet, rows: Iterable[Row]) -> None:
    page.append([column.heading for column in sheet.columns])
    for row in rows:
        page.append([_cell(column, row.get(column.name)) for column in sheet.columns])
    for cells in page.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, str):
                cell.data_type = "s"  # never a formula
    for cell in page[1]:
        cell.font = Font(bold=True)
    page.freeze_panes = "B2"
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        longest = max(len(str(cell.value or "")) for cell in page[letter])
        page.column_dimensions[letter].width = min(max(longest + 2, 10), WIDEST)
        _offer_choices(page, column, letter)


def _offer_choices(page: Worksheet, column: Column, letter: str) -> None:
    choices = (YES, NO) if column.kind is Kind.FLAG else column.choices
    listed = f'"{",".join(choices)}"'
    if choices and len(listed) <= MOST_IN_A_LIST:
        offer = DataValidation(type="list", formula1=listed, allow_blank=True)
        offer.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
        page.add_data_validation(offer)


def _cell(column: Column, value: Any) -> Any:
    if column.kind is Kind.CODES:
        value = ", ".join(value or ())
    if value is None or value == "":
        return None
    if column.kind is Kind.FLAG:
        return YES if value else NO
    return value if column.kind in {Kind.NUMBER, Kind.DAY} else workbooks.quoted(str(value))


def _read(sheet: Sheet, found: list[tuple[Any, ...]], problems: list[Problem]) -> _Found:
    """Give the rows of a sheet that are not empty; a heading that nobody knows is refused."""
    headings = [str(each).strip() if each is not None else "" for each in next(iter(found), ())]
    known = {column.heading.lower(): column for column in sheet.columns}
    columns = [known.get(heading.lower()) for heading in headings]
    place = _("sheet %(sheet)s") % {"sheet": sheet.title}
    for heading, column in zip(headings, columns, strict=True):
        if heading and column is None:
            problems.append(Problem(place, _("“%(heading)s” is no heading") % {"heading": heading}))
    rows, places = [], []
    for number, cells in enumerate(found[1:], start=2):
        said = [
            (column, value)
            for column, value in zip(columns, cells, strict=False)
            if column is not None and value is not None and value != ""
        ]
        if said:
            rows.append({column.name: READERS[column.kind](value) for column, value in said})
            places.append(_("%(sheet)s, row %(row)s") % {"sheet": place, "row": number})
    return _Found(rows, places or [place])


def _text(value: Any) -> str:
    """Take what somebody typed as text, also where the program made a number of it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return workbooks.unquoted(str(value).strip())


def _number(value: Any) -> Any:
    """Take a number, also when it stands there as text; what is none is left to be refused."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(str(value))
    if isinstance(value, str):
        text = value.strip().replace(",", ".")
        if re.fullmatch(r"-?\d{1,12}", text, re.ASCII):
            return int(text)
        if re.fullmatch(r"-?\d{1,12}\.\d{1,9}", text, re.ASCII):
            return Decimal(text)
    return value


def _day(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.date()
    try:
        return dt.date.fromisoformat(value.strip()) if isinstance(value, str) else value
    except ValueError:
        return value


def _flag(value: Any) -> Any:
    return FLAGS.get(value.strip().lower(), value) if isinstance(value, str) else value


def _codes(value: Any) -> list[str]:
    return [code for code in BETWEEN_CODES.split(_text(value)) if code]


READERS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _text,
    Kind.CODES: _codes,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.DAY: _day,
}
