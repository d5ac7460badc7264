"""Lists as CSV and XLSX, row by row: the rows of the page, safe to open (G03, VS-01)."""

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from sroi_portal.core import csv_files
from sroi_portal.core.acting import DatabaseRole, Sight, acting_as

CHUNK = 2_000
NUMBER_FORMAT, DAY_FORMAT, MOMENT_FORMAT = "#,##0.00", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
WIDTH, WIDE = 18, 42  # of a column, in characters
SPILLS_AT = 8 * 1024 * 1024  # bytes kept in memory; more goes to a temporary file

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

    def rows(self) -> Iterator[list[Any]]:
        """Read in chunks; labels are in the language of who asks."""
        names = [column.field for column in self.columns]
        labels = [column.labels() if column.labels else None for column in self.columns]
        for row in self.found.values_list(*names).iterator(chunk_size=CHUNK):
            yield [
                value if known is None else known.get(value, "")
                for value, known in zip(row, labels, strict=True)
            ]


def words_of(choices: Any) -> Callable[[], Labels]:
    return lambda: {value: str(label) for value, label in choices.choices}


def answer(sheet: Sheet, kind: str, sees: Sight) -> FileResponse | StreamingHttpResponse:
    """Send the rows as a file of this kind.

    :raises Http404: for a kind that is not made.
    """
    name = f"{sheet.name}-{timezone.localdate():%Y-%m-%d}.{kind}"
    if kind == "xlsx":
        return FileResponse(xlsx_file(sheet), as_attachment=True, filename=name)
    if kind != "csv":
        raise Http404
    return StreamingHttpResponse(
        csv_lines(sheet, sees),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def csv_lines(sheet: Sheet, sees: Sight) -> Iterator[str]:
    """Stream after the request's transaction is over, so with rights of its own.

    Dutch spreadsheet programs expect a semicolon and a decimal comma, English ones do not.
    """
    is_dutch = (get_language() or "nl").startswith("nl")
    table = csv.writer(_Echo(), delimiter=";" if is_dutch else ",")
    names = sheet.headings()
    found = sheet.rows()
    yield csv_files.BYTE_ORDER_MARK + table.writerow(names)
    with acting_as(DatabaseRole.WEB, sees):
        for row in found:
            yield table.writerow([_in_csv(value, is_dutch=is_dutch) for value in row])


def xlsx_file(sheet: Sheet) -> IO[bytes]:
    """Write one sheet; amounts are numbers and days are days."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.name.capitalize())
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns):
        page.column_dimensions[_letter(number)].width = WIDE if column.is_wide else WIDTH
    page.append(_bold(page, sheet.headings()))
    for row in sheet.rows():
        page.append([_in_xlsx(page, value) for value in row])
    file = tempfile.SpooledTemporaryFile(max_size=SPILLS_AT)  # noqa: SIM115 - closed by the response
    book.save(file)
    file.seek(0)
    return file


class _Echo:
    """A file that gives back what is written, for csv.writer."""

    def write(self, text: str) -> str:
        return text


def _bold(page: Any, texts: Iterable[str]) -> list[WriteOnlyCell]:
    cells = [WriteOnlyCell(page, value=text) for text in texts]
    for cell in cells:
        cell.font = Font(bold=True)
    return cells


def _in_csv(value: object, *, is_dutch: bool) -> str:
    text = csv_files.cell(value)
    return text.replace(".", ",") if is_dutch and isinstance(value, Decimal) else text


def _in_xlsx(page: Any, value: object) -> Any:
    if isinstance(value, str):
        return csv_files.cell(ILLEGAL_CHARACTERS_RE.sub("", value))
    if isinstance(value, dt.datetime):
        return _formatted(page, timezone.localtime(value).replace(tzinfo=None), MOMENT_FORMAT)
    if isinstance(value, dt.date):
        return _formatted(page, value, DAY_FORMAT)
    return _formatted(page, value, NUMBER_FORMAT) if isinstance(value, Decimal) else value


def _formatted(page: Any, value: Any, shown: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=value)
    cell.number_format = shown
    return cell


def _letter(number: int) -> str:
    return chr(ord("A") + number)
