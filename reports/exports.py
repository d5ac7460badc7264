"""The list of contracts as CSV and XLSX: the rows of the page, safe to open (G03, VS-01)."""

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from contracts.models import Contract, ContractStatus, LegalForm, Signal
from sroi_portal.core import csv_files
from sroi_portal.core.acting import DatabaseRole, Sight, acting_as

CHUNK = 2_000
EURO_FORMAT, DAY_FORMAT = "#,##0.00", "yyyy-mm-dd"
SPILLS_AT = 8 * 1024 * 1024  # bytes kept in memory; more goes to a temporary file

type Labels = dict[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    heading: Any
    field: str
    labels: Callable[[], Labels] | None = None


def _of(choices: Any) -> Callable[[], Labels]:
    return lambda: {value: str(label) for value, label in choices.choices}


COLUMNS = (
    Column(_("Contracting authority"), "authority__name"),
    Column(_("Contract number"), "reference"),
    Column(_("Title"), "title"),
    Column(_("Supplier"), "supplier__name"),
    Column(_("KvK number"), "supplier__kvk"),
    Column(_("Category"), "category__name"),
    Column(_("Status"), "status", _of(ContractStatus)),
    Column(_("Legal form"), "legal_form", _of(LegalForm)),
    Column(_("Awarded on"), "awarded_on"),
    Column(_("First day"), "starts_on"),
    Column(_("Last day"), "ends_on"),
    Column(_("Contract value without VAT"), "value_eur"),
    Column(_("Owed"), "fulfilment__owed_eur"),
    Column(_("Verified"), "fulfilment__verified_eur"),
    Column(_("Submitted"), "fulfilment__submitted_eur"),
    Column(_("Not checked in time"), "fulfilment__unchecked_eur"),
    Column(_("Planned"), "fulfilment__planned_eur"),
    Column(_("Fulfilled"), "fulfilment__done_eur"),
    Column(_("Fulfilled in per cent"), "fulfilment__percentage"),
    Column(_("Expected by now"), "fulfilment__expected_eur"),
    Column(_("Forecast, low"), "fulfilment__forecast_low_eur"),
    Column(_("Forecast, high"), "fulfilment__forecast_high_eur"),
    Column(_("Signal"), "fulfilment__signal", _of(Signal)),
)


def headings() -> list[str]:
    return [str(column.heading) for column in COLUMNS]


def rows(contracts: QuerySet[Contract]) -> Iterator[list[Any]]:
    """Read in chunks; labels are in the language of who asks."""
    names = [_localised(column.field) for column in COLUMNS]
    labels = [column.labels() if column.labels else None for column in COLUMNS]
    for row in contracts.values_list(*names).iterator(chunk_size=CHUNK):
        yield [
            value if known is None else known.get(value, "")
            for value, known in zip(row, labels, strict=True)
        ]


def csv_lines(contracts: QuerySet[Contract], sees: Sight) -> Iterator[str]:
    """Stream after the request's transaction is over, so with rights of its own.

    Dutch spreadsheet programs expect a semicolon and a decimal comma, English ones do not.
    """
    is_dutch = _is_dutch()
    table = csv.writer(_Echo(), delimiter=";" if is_dutch else ",")
    names = headings()
    found = rows(contracts)
    yield csv_files.BYTE_ORDER_MARK + table.writerow(names)
    with acting_as(DatabaseRole.WEB, sees):
        for row in found:
            yield table.writerow([_in_csv(value, is_dutch=is_dutch) for value in row])


def xlsx_file(contracts: QuerySet[Contract]) -> IO[bytes]:
    """Write one sheet; amounts are numbers and days are days."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(str(_("Contracts")))
    sheet.freeze_panes = "A2"
    for number in range(len(COLUMNS)):
        sheet.column_dimensions[_letter(number)].width = 42 if number == 2 else 18
    bold = [WriteOnlyCell(sheet, value=heading) for heading in headings()]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    for row in rows(contracts):
        sheet.append([_in_xlsx(sheet, value) for value in row])
    file = tempfile.SpooledTemporaryFile(max_size=SPILLS_AT)  # noqa: SIM115 - closed by the response
    book.save(file)
    file.seek(0)
    return file


class _Echo:
    """A file that gives back what is written, for csv.writer."""

    def write(self, text: str) -> str:
        return text


def _localised(field: str) -> str:
    return field if field != "category__name" else f"{field}_{'nl' if _is_dutch() else 'en'}"


def _is_dutch() -> bool:
    return (get_language() or "nl").startswith("nl")


def _in_csv(value: object, *, is_dutch: bool) -> str:
    text = csv_files.cell(value)
    return text.replace(".", ",") if is_dutch and isinstance(value, Decimal) else text


def _in_xlsx(sheet: Any, value: object) -> Any:
    if isinstance(value, str):
        return csv_files.cell(ILLEGAL_CHARACTERS_RE.sub("", value))
    if not isinstance(value, Decimal | dt.date):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = EURO_FORMAT if isinstance(value, Decimal) else DAY_FORMAT
    return cell


def _letter(number: int) -> str:
    return chr(ord("A") + number)
