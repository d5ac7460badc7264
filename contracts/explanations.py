"""Explanation lines in words; each can be recomputed to the cent from its own numbers (E09)."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from contracts.valuation import Line
from sroi_portal.core.templatetags import formats
from suppliers.models import CertificateKind


class Sentence(NamedTuple):
    """A line in words, and what it adds to the total or takes off."""

    text: str
    amount_eur: Decimal | None


SENTENCES = {
    "table": _("Table: %(table)s of %(publisher)s, version %(version)s."),
    "table_since": _(
        "Table: %(table)s of %(publisher)s, version %(version)s, valid from %(valid_from_on)s."
    ),
    "round_down": _("Amounts are rounded down to whole cents."),
    "row_full_time_year": _("Row: %(row)s. A full-time year is worth %(value_eur)s."),
    "row_month": _("Row: %(row)s. A full-time month is worth %(value_eur)s."),
    "row_learning_year": _("Row: %(row)s. A learning year of 12 months is worth %(value_eur)s."),
    "row_hour": _("Row: %(row)s. An hour is worth %(value_eur)s."),
    "row_day": _("Row: %(row)s. A day is worth %(value_eur)s."),
    "row_invoice_share": _("Row: %(row)s. The invoice counts, without VAT."),
    "row_actual_cost": _("Row: %(row)s. The cost counts, without VAT."),
    "row_flat": _("Row: %(row)s. Each time is worth %(value_eur)s."),
    "row_agreed": _("Row: %(row)s. The amount that was agreed counts."),
    "norm": _("A full-time week in this table: %(norm_hours_per_week)s."),
    "norm_assumed": _(
        "This table does not say how many hours a full-time week has."
        " We assume %(norm_hours_per_week)s."
    ),
    "part_calendar": _(
        "A whole calendar month counts as 1. Other days count as a part of their own month."
    ),
    "part_year_days": _("Days count as a part of their own year."),
    "no_cap": _("This table sets no limit to the number of months that count."),
    "counts_always": _("In this row work counts for as long as it lasts."),
    "general_row": _(
        "This table counts at most %(general_months)s, and this row at most %(row_months)s."
        " The limit of the row holds."
    ),
    "general_lowest": _(
        "This table counts at most %(general_months)s, and this row at most %(row_months)s."
        " The lowest of both holds."
    ),
    "cap_from_employment": _(
        "The limit runs from the start of the employment on %(started_on)s."
        " From %(ended_on)s on nothing counts."
    ),
    "cap_months": _(
        "For one person at most %(most_months)s count."
        " Used before: %(used_months)s. Left: %(left_months)s."
    ),
    "cap_hours": _(
        "For one person at most %(most_months)s of full-time work count."
        " Used before: %(used_months)s. Left: %(left_months)s."
    ),
    "bonus": _("Bonus: %(bonus)s. A full-time year is worth %(value_eur)s more."),
    "bonus_condition": _("No bonus for: %(bonus)s. The conditions do not hold."),
    "bonus_given": _("No bonus for: %(bonus)s. It was given before, and counts once."),
    "bonus_lower": _("No bonus for: %(bonus)s. Only the highest bonus counts."),
    "bonus_once": _("Bonus, once: %(bonus)s, %(value_eur)s."),
    "rate": _("Together a full-time year is worth %(rate_eur)s."),
    "before_contract": _(
        "The days from %(starts_on)s do not count before the contract starts on %(contract_on)s."
    ),
    "no_hours": _("From %(starts_on)s to %(ends_on)s nobody worked: this does not count."),
    "below_minimum": _(
        "From %(starts_on)s to %(ends_on)s: %(hours_per_week)s a week."
        " This does not count: the minimum is %(minimum_hours_per_week)s a week."
    ),
    "above_norm": _(
        "%(hours_per_week)s a week is more than a full-time week. We count %(norm_hours_per_week)s."
    ),
    "above_norm_counts": _(
        "%(hours_per_week)s a week is more than a full-time week of %(norm_hours_per_week)s."
        " In this table all hours count."
    ),
    "any_hours": _("This row counts the same for any number of hours."),
    "stretch_calendar": _(
        "From %(starts_on)s to %(ends_on)s: %(hours_per_week)s a week."
        " %(parts)s × %(counted)s/%(norm)s hours = %(full_time_months)s full-time,"
        " at %(rate_eur)s ÷ 12."
    ),
    "stretch_year_days": _(
        "From %(starts_on)s to %(ends_on)s: %(hours_per_week)s a week."
        " %(parts)s year × 12 × %(counted)s/%(norm)s hours = %(full_time_months)s full-time,"
        " at %(rate_eur)s ÷ 12."
    ),
    "room": _(
        "In %(month)s only %(room_months)s full-time was free, beside other work of this person."
        " %(less_months)s full-time does not count, at %(rate_eur)s ÷ 12."
    ),
    "over_cap": _(
        "The limit is reached. %(less_months)s full-time does not count, at %(rate_eur)s ÷ 12."
    ),
    "share": _("Of this, %(share_pct)s is claimed on this contract."),
    "share_above_whole": _("%(share_pct)s is more than the whole. We count the whole."),
    "no_share": _("Nothing of this is claimed on this contract."),
    "sum": _("Together, rounded once: %(rate_eur)s ÷ 12 × %(full_time_months)s = %(sum_eur)s."),
    "sum_once_share": _(
        "Together, rounded once:"
        " (%(rate_eur)s ÷ 12 × %(full_time_months)s + %(once_eur)s) × %(share_pct)s"
        " = %(sum_eur)s."
    ),
    "limit": _(
        "What is done in this way may be at most %(limit_pct)s of the obligation."
        " Of that %(left_eur)s was left."
    ),
    "limit_left": _("Of what may be done in this way %(left_eur)s was left."),
    "dates_reversed": _(
        "Nothing counts: the last day, %(ends_on)s, is before the first day, %(starts_on)s."
    ),
    "ended_before_contract": _(
        "Nothing counts: the work ended on %(ends_on)s, before the contract started on"
        " %(contract_on)s."
    ),
    "look_back": _(
        "Nothing counts: the employment started on %(started_on)s, before %(first_on)s."
        " That is more than %(look_back_months)s before the contract."
    ),
    "same_employer": _(
        "Nothing counts: this person worked for the same employer until %(ended_on)s."
        " That is less than %(apart_months)s before %(started_on)s."
    ),
    "certificate": _(
        "Nothing counts: on %(ends_on)s the partner did not hold “%(certificate)s”,"
        " which this row asks."
    ),
    "bracket_days": _(
        "When the employment started the benefit had lasted %(benefit_months)s."
        " Only the days on which it lasts as long as this row asks count."
    ),
    "bracket_shorter": _(
        "Nothing counts: when the employment started the benefit had lasted %(benefit_months)s."
        " This row begins at %(edge_months)s."
    ),
    "bracket_longer": _(
        "Nothing counts: when the employment started the benefit had lasted %(benefit_months)s."
        " This row ends at %(edge_months)s."
    ),
    "priced_hour": _("Hours: %(quantity)s × %(value_eur)s."),
    "priced_day": _("Days: %(quantity)s × %(value_eur)s."),
    "priced_flat": _("Number: %(quantity)s × %(value_eur)s."),
    "claimed_lower": _("A lower amount is claimed: %(claimed_eur)s."),
    "claimed_invoice_share": _("Invoice: %(claimed_eur)s."),
    "claimed_actual_cost": _("Cost: %(claimed_eur)s."),
    "claimed_agreed": _("Agreed: %(claimed_eur)s."),
    "vat": _("This includes %(vat_pct)s VAT, which does not count."),
    "recognition": _("Of this, %(recognition_pct)s counts."),
    "daily_max": _("At most %(daily_max_eur)s a day counts. Number of days: %(days)s."),
    "total": _("This counts for %(total_eur)s."),
}


def sentences(lines: Iterable[Line]) -> list[Sentence]:
    """Say the lines in the reader's language."""
    return [
        Sentence(str(SENTENCES[line.code]) % _words(line.numbers), line.amount_eur)
        for line in lines
    ]


def _words(numbers: Mapping[str, str]) -> dict[str, str]:
    return {_name(name): _word(name, text) for name, text in numbers.items() if _is_ours(name)}


def _name(name: str) -> str:
    return name.removesuffix("_nl").removesuffix("_en")


def _is_ours(name: str) -> bool:
    """Leave out the label in the other language."""
    other = "_nl" if (get_language() or "nl").startswith("en") else "_en"
    return not name.endswith(other)


def _word(name: str, text: str) -> str:
    """Format by the unit in the name."""
    for ending, write in WRITERS.items():
        if text and name.endswith(ending):
            return write(text)
    return text


def _months(text: str) -> str:
    """Write an exact number of months, with a decimal one beside a fraction that says little."""
    number = sum(map(Fraction, text.split()), Fraction(0))
    unit = ngettext("month", "months", 1 if number <= 1 and number else 2)
    if number.denominator <= 12:
        return f"{text} {unit}"
    about = formats.number(Decimal(number.numerator) / number.denominator)
    return _("%(exact)s (about %(about)s) %(unit)s") % {
        "exact": text,
        "about": about,
        "unit": unit,
    }


def _percentage(text: str) -> str:
    return f"{formats.number(Decimal(text))}%"


WRITERS: dict[str, Callable[[str], str]] = {
    "_eur": lambda text: formats.euro(Decimal(text)),
    "_on": lambda text: formats.day(dt.date.fromisoformat(text)),
    "_pct": _percentage,
    "_months": _months,
    "hours_per_week": lambda text: formats.hours(Decimal(text)),
    "month": lambda text: formats.month(dt.date.fromisoformat(text)),
    "counted": lambda text: formats.number(Decimal(text)),
    "norm": lambda text: formats.number(Decimal(text)),
    "quantity": lambda text: formats.number(Decimal(text)),
    "days": lambda text: formats.number(Decimal(text)),
    "parts": lambda text: f"({text})" if "+" in text else text,
    "certificate": lambda text: str(CertificateKind(text).label),
}
