"""The only formatting of numbers, days and moments; every filter shows None as a dash."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

register = template.Library()

type Number = Decimal | int

NBSP = "\N{NO-BREAK SPACE}"
TO_DUTCH = str.maketrans(",.", ".,")
CENT, TENTH, WHOLE = Decimal("0.01"), Decimal("0.1"), Decimal(1)


@register.filter
def euro(amount: Number | None) -> str:
    return _dash() if amount is None else _euros(amount, CENT)


@register.filter
def euro_round(amount: Number | None) -> str:
    """Whole euros, halves up: for overviews, never for what somebody signs."""
    return _dash() if amount is None else _euros(amount, WHOLE)


@register.filter
def hours(amount: Number | None) -> str:
    if amount is None:
        return _dash()
    unit = ngettext("hour", "hours", 1 if amount == 1 else 2)
    return f"{number(amount)}{NBSP}{unit}"


@register.filter
def number(amount: Number | None) -> str:
    """At most two decimals, without zeros at the end."""
    if amount is None:
        return _dash()
    digits = f"{_rounded(amount, CENT):,.2f}".rstrip("0").rstrip(".")
    return _localised(digits)


@register.filter
def hundredths(amount: Number | None) -> str:
    """Write always two decimals: for figures that stand below each other."""
    return _dash() if amount is None else _localised(f"{_rounded(amount, CENT):,.2f}")


@register.filter
def hours_exact(amount: Number | None) -> str:
    """Write hours that stand below other hours."""
    if amount is None:
        return _dash()
    return f"{hundredths(amount)}{NBSP}{ngettext('hour', 'hours', 1 if amount == 1 else 2)}"


@register.filter
def rate(amount: Number | None) -> str:
    """At most six decimals, as an exchange rate has."""
    return _dash() if amount is None else _localised(f"{amount:,.6f}".rstrip("0").rstrip("."))


@register.filter
def count(amount: int | None) -> str:
    return _dash() if amount is None else _localised(f"{amount:,d}")


@register.filter
def pct(share: Number | None) -> str:
    return _dash() if share is None else f"{_localised(f'{_rounded(share, TENTH):,.1f}')}%"


@register.filter
def day(value: dt.date | None) -> str:
    """Write a day, or the day in Amsterdam of a moment."""
    if value is None:
        return _dash()
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
    return f"{value.day}{NBSP}{MONTHS[value.month]} {value.year}"


@register.filter
def moment(value: dt.datetime | None) -> str:
    if value is None:
        return _dash()
    value = timezone.localtime(value)
    return f"{day(value.date())}, {value:%H:%M}"


@register.filter
def month(value: dt.date | None) -> str:
    return _dash() if value is None else f"{MONTHS[value.month]} {value.year}"


def _euros(amount: Number, step: Decimal) -> str:
    rounded = _rounded(amount, step)
    digits = f"{abs(rounded):,}"
    minus = "-" if rounded < 0 else ""
    if _is_dutch():
        return f"€{NBSP}{minus}{digits.translate(TO_DUTCH)}"
    return f"{minus}€{digits}"


def _rounded(amount: Number, step: Decimal) -> Decimal:
    return Decimal(amount).quantize(step, ROUND_HALF_UP) + 0  # plus 0: no minus before a zero


def _localised(digits: str) -> str:
    return digits.translate(TO_DUTCH) if _is_dutch() else digits


def _is_dutch() -> bool:
    return (get_language() or "nl").startswith("nl")


def _dash() -> SafeString:
    return format_html(
        '<span aria-hidden="true">—</span><span class="visually-hidden">{}</span>', gettext("none")
    )
