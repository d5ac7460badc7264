"""Lists as CSV and XLSX, row by row: the rows of the page, safe to open (G03, VS-01)."""

import csv
import datetime as dt
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from xlsxwriter.worksheet import Worksheet

from sroi_portal.core import csv_files
from sroi_portal.core.acting import DatabaseRole, Sight, acting_as

CSV, XLSX = "csv", "xlsx"
CHUNK = 2_000
FORMATS = ("#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm")  # of a number, a day and a moment
WIDTH, WIDE = 18, 42  # of a column, in characters
SPILLS_AT = 8 * 1024 * 1024  # bytes kept in memory; more goes to a temporary file
MOST_ROWS = 1_048_575  # below the heading
LONGEST_TEXT, LONGEST_NAME = 32_767, 31  # of a cell and of a sheet, in characters
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")

type Labels = dict[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a row, its heading, and the words for its codes."""

    heading: Any
    field: str
    labels: Callable[[], Labels] | None = None
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which rows go into a file, under which headings and which name."""

    name: str
    columns: tuple[Column, ...]
    found: QuerySet[Any]

    def headings(self) -> list[str]:
        return [str(column.heading) for column in self.columns]

    def rows(self, told: Callable[[int], None] = lambda _number: None) -> Iterator[list[Any]]:
        """Read in chunks and tell after each how many; labels are in the language of who asks."""
        names = [column.field for column in self.columns]
        labels = [column.labels() if column.labels else None for column in self.columns]
        found = self.found.values_list(*names).iterator(chunk_size=CHUNK)
        for number, row in enumerate(found, start=1):
            yield [
                value if known is None else known.get(value, "")
                for value, known in zip(row, labels, strict=True)
            ]
            if number % CHUNK == 0:
                told(number)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook, or one file of values between separators."""

    name: str
    headings: tuple[str, ...]
    rows: Iterable[Sequence[object]]
    wide: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class _Looks:
    """How a cell shows what it holds."""

    number: Any
    day: Any
    moment: Any


def words_of(choices: Any) -> Callable[[], Labels]:
    return lambda: {value: str(label) for value, label in choices.choices}


def answer(sheet: Sheet, kind: str, sees: Sight) -> HttpResponseBase:
    """Send the rows at once as a file of this kind."""
    name = file_name(sheet.name, kind)
    if kind == XLSX:
        return FileResponse(xlsx_file(sheet, sheet.rows()), as_attachment=True, filename=name)
    return StreamingHttpResponse(
        _streamed(sheet, sees),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def file_name(name: str, kind: str) -> str:
    return f"{name}-{timezone.localdate():%Y-%m-%d}.{kind}"


def _streamed(sheet: Sheet, sees: Sight) -> Iterator[str]:
    """Stream after the request's transaction is over, so with rights of its own."""
    with acting_as(DatabaseRole.WEB, sees):
        yield from csv_lines(sheet, sheet.rows())


def csv_lines(sheet: Sheet, rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Dutch spreadsheet programs expect a semicolon and a decimal comma, English ones do not."""
    is_dutch = _is_dutch()
    table = csv.writer(_Echo(), delimiter=";" if is_dutch else ",")
    yield csv_files.BYTE_ORDER_MARK + table.writerow(sheet.headings())
    for row in rows:
        yield table.writerow([_in_csv(value, is_dutch=is_dutch) for value in row])


def csv_file(sheet: Sheet, rows: Iterable[Sequence[object]]) -> IO[bytes]:
    """Write the lines to a file that is on disk when it is large."""
    file = tempfile.SpooledTemporaryFile(max_size=SPILLS_AT)  # noqa: SIM115 - closed by who asks
    for line in csv_lines(sheet, rows):
        file.write(line.encode())
    file.seek(0)
    return file


def xlsx_file(sheet: Sheet, rows: Iterable[Sequence[object]]) -> IO[bytes]:
    """Write one sheet; amounts are numbers and days are days."""
    headings, wide = sheet.headings(), [column.is_wide for column in sheet.columns]
    return workbook([Table(sheet.name.capitalize(), tuple(headings), rows, tuple(wide))])


def workbook(tables: Iterable[Table]) -> IO[bytes]:
    """Write a sheet for each table, row by row; what is written is kept on disk, not in memory."""
    file = tempfile.SpooledTemporaryFile(max_size=SPILLS_AT)  # noqa: SIM115 - closed by the response
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        looks = _Looks(*(book.add_format({"num_format": each}) for each in FORMATS))
        heading = book.add_format({"bold": True})
        for table in tables:
            page = book.add_worksheet(NOT_IN_A_NAME.sub(" ", table.name)[:LONGEST_NAME].strip())
            page.freeze_panes(1, 0)
            for place, name in enumerate(table.headings):
                is_wide = place < len(table.wide) and table.wide[place]
                page.set_column(place, place, WIDE if is_wide else WIDTH)
                page.write_string(0, place, name, heading)
            for number, row in enumerate(table.rows, start=1):
                for place, value in enumerate(row):
                    _write(page, number, place, value, looks)
    file.seek(0)
    return file


def csv_text(table: Table) -> str:
    """Write a whole table at once, in the language of who asks."""
    table_rows = io.StringIO(newline="")
    is_dutch = _is_dutch()
    written = csv.writer(table_rows, delimiter=";" if is_dutch else ",")
    written.writerow(table.headings)
    written.writerows([_in_csv(value, is_dutch=is_dutch) for value in row] for row in table.rows)
    return csv_files.BYTE_ORDER_MARK + table_rows.getvalue()


class _Echo:
    """A file that gives back what is written, for csv.writer."""

    def write(self, text: str) -> str:
        return text


def _in_csv(value: object, *, is_dutch: bool) -> str:
    text = csv_files.cell(value)
    return text.replace(".", ",") if is_dutch and isinstance(value, Decimal) else text


def _write(page: Worksheet, row: int, place: int, value: object, looks: _Looks) -> None:
    """Put a value in its cell; a text stays a text, whatever it looks like (VS-01)."""
    if value is None or value == "":
        return
    if isinstance(value, Decimal):
        page.write_number(row, place, value, looks.number)
    elif isinstance(value, dt.datetime):
        page.write_datetime(
            row, place, timezone.localtime(value).replace(tzinfo=None), looks.moment
        )
    elif isinstance(value, dt.date):
        page.write_datetime(row, place, value, looks.day)
    elif isinstance(value, int) and not isinstance(value, bool):
        page.write_number(row, place, value)
    else:
        text = csv_files.cell(value)
        page.write_string(row, place, NOT_IN_XML.sub("", text)[:LONGEST_TEXT])


def _is_dutch() -> bool:
    return (get_language() or "nl").startswith("nl")
