"""What is typed in a cell: a text, a day, hours; the Dutch way, the English way, or a real date."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from candidates.models.placement import MOST_HOURS
from candidates.sheets.reading import Cell
from sroi_portal.core.form_fields import plain
from sroi_portal.core.workbooks import unquoted

LEAST_HOURS = Decimal("0.25")
FIRST_YEAR, LAST_YEAR = 1990, 2100
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari february",
            "mrt maart mar march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
YEAR_FIRST = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})")
MONTH_NAMED = re.compile(r"(\d{1,2})[ \-.]+([a-z]{3,9})\.?[ \-.]+(\d{4})")
TIME_AFTER = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?$")
HOURS_AFTER = re.compile(
    r"\s*(?:uur|uren|u|hours|hour|h)\.?(?:\s*(?:p\.?/?w\.?|per week|a week))?$"
)
CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?")


class MistakeError(Exception):
    """What is typed cannot be meant; the code is a key of `sentences.COMPLAINTS`."""

    def __init__(self, code: str, **said: str) -> None:
        super().__init__(code)
        self.code, self.said = code, said


def text_of(cell: Cell) -> str:
    """Write a cell as somebody reads it."""
    if isinstance(cell, str):
        return unquoted(cell.strip())
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return f"{cell:%d-%m-%Y}" if cell.time() == dt.time() else f"{cell:%d-%m-%Y %H:%M}"
    return f"{cell:%d-%m-%Y}" if isinstance(cell, dt.date) else str(cell)


def day_of(cell: Cell) -> dt.date:
    """Read a day.

    :raises MistakeError: when it is none, or lies outside what can be meant.
    """
    if isinstance(cell, dt.datetime):
        day: dt.date | None = cell.date()
    elif isinstance(cell, dt.date):
        day = cell
    else:
        day = _day(text_of(cell).casefold())
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise MistakeError("day", said=short(cell))
    return day


@lru_cache(maxsize=8192)
def _day(text: str) -> dt.date | None:
    text = TIME_AFTER.sub("", text.strip())
    try:
        if match := DAY_FIRST.fullmatch(text):
            return dt.date(_year(match[3]), int(match[2]), int(match[1]))
        if match := YEAR_FIRST.fullmatch(text):
            return dt.date(int(match[1]), int(match[2]), int(match[3]))
        if match := MONTH_NAMED.fullmatch(text):
            return dt.date(int(match[3]), MONTHS.get(match[2], 0), int(match[1]))
    except ValueError:
        return None
    return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == len("26") else 0)


def hours_of(cell: Cell) -> Decimal:
    """Read hours a week.

    :raises MistakeError: when they are none, or more or less than can be.
    """
    hours = _hours(cell)
    if hours is None or not hours.is_finite():
        raise MistakeError("hours", said=short(cell))
    if not LEAST_HOURS <= hours <= MOST_HOURS:
        raise MistakeError("hours_limits", said=short(cell))
    if round(hours, 2) != hours:
        raise MistakeError("hours_decimals", said=short(cell))
    return round(hours, 2)


def _hours(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float | int):
        return Decimal(repr(round(cell, 6)))
    if isinstance(cell, dt.timedelta):
        return Decimal(int(cell.total_seconds())) / 3600
    if isinstance(cell, dt.time):
        return Decimal(cell.hour * 60 + cell.minute) / 60
    return _written_hours(cell.strip().casefold()) if isinstance(cell, str) else None


@lru_cache(maxsize=2048)
def _written_hours(text: str) -> Decimal | None:
    if match := CLOCK.fullmatch(text):
        return Decimal(int(match[1]) * 60 + int(match[2])) / 60
    try:
        return Decimal(plain(HOURS_AFTER.sub("", unquoted(text))))
    except InvalidOperation:
        return None


def short(cell: Cell) -> str:
    text = text_of(cell)
    return text if len(text) <= 40 else f"{text[:39]}…"
