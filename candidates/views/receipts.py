"""A valuation on a page: its lines in words, its months, its total."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from contracts import explanations, valuation
from sroi_portal.core.templatetags import formats


@dataclass(frozen=True)
class Receipt:
    lines: list[dict[str, str]]
    months: list[valuation.MonthAmount]
    total_eur: Decimal
    hours: Decimal


def receipt(value: valuation.Valuation | None) -> Receipt | None:
    """Put a valuation in words; the amounts of the lines sum to the total."""
    if value is None:
        return None
    told = explanations.sentences(line for line in value.lines if line.code != "total")
    return Receipt(
        lines=[
            {
                "label": each.text,
                "value": "" if each.amount_eur is None else _signed(each.amount_eur),
            }
            for each in told
        ],
        months=[month for month in value.by_month if month.amount_eur or month.hours],
        total_eur=value.total_eur,
        hours=sum((month.hours for month in value.by_month), Decimal(0)),
    )


def _signed(amount_eur: Decimal) -> str:
    return (
        formats.euro(amount_eur)
        if amount_eur >= 0
        else _("less %(amount)s") % {"amount": formats.euro(-amount_eur)}
    )
