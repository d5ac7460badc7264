"""Quantities in the unit that steers a contract; goals are counted."""

from decimal import Decimal

from django import template
from django.utils.translation import ngettext

from contracts.models import LedgerUnit
from contracts.templatetags.unit_words import in_unit
from sroi_portal.core.templatetags import formats

register = template.Library()


@register.filter
def steered(quantity: Decimal | None, unit: str) -> str:
    """Write what is owed or done, also where goals are counted."""
    if quantity is None or unit != LedgerUnit.OWN:
        return in_unit(quantity, unit)
    goals = ngettext("goal", "goals", 1 if quantity == 1 else 2)
    return f"{formats.number(quantity)} {goals}"


@register.filter
def about(quantity: Decimal | None, unit: str) -> str:
    """Write a forecast, which is known neither to the cent nor to the minute."""
    if unit == LedgerUnit.EURO:
        return formats.euro_round(quantity)
    if quantity is not None and unit == LedgerUnit.HOUR:
        quantity = Decimal(round(quantity))
    return steered(quantity, unit)
