"""Quantities of the ledger: signed, in their unit, to the last decimal that was posted."""

from decimal import Decimal

from django import template

from contracts.models import LedgerUnit
from contracts.templatetags.unit_words import signed

register = template.Library()


@register.simple_tag
def posted(quantity: Decimal, unit: str, goal_unit: str | None) -> str:
    """Write it with its sign; a unit of its own under the name that was agreed."""
    written = signed(quantity, unit)
    return f"{written} {goal_unit}" if unit == LedgerUnit.OWN and goal_unit else written
