"""Tables for a spreadsheet: in the order of the page, safe to open."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

BYTE_ORDER_MARK = "\ufeff"  # tells a spreadsheet program that this is UTF-8
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def answer(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Send a table with semicolons, as Dutch spreadsheet programs read it."""
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter=";")
    table.writerow(header)
    table.writerows([cell(value) for value in row] for row in rows)
    file_name = f"{name}-{timezone.localdate():%Y-%m-%d}.csv"
    return HttpResponse(
        BYTE_ORDER_MARK + written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )


def cell(value: object) -> str:
    """Write a value; a text that a program would take for a formula stays a text (VS-01)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    text = str(value)
    is_number = isinstance(value, int | Decimal)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) and not is_number else text
