"""Quantities with their unit: euros, hours, persons, full-time years, or what a goal names."""

from decimal import Decimal

from django import template
from django.utils.translation import ngettext

from contracts.models import Goal, LedgerUnit
from sroi_portal.core.templatetags import formats

register = template.Library()


@register.filter
def in_unit(quantity: Decimal | None, unit: str) -> str:
    """Write a quantity with the unit in which it is owed."""
    if quantity is None or unit == LedgerUnit.EURO:
        return formats.euro(quantity)
    if unit == LedgerUnit.HOUR:
        return formats.hours(quantity)
    written, plural = formats.number(quantity), 1 if quantity == 1 else 2
    if unit == LedgerUnit.PERSON:
        persons = ngettext("person", "persons", plural)
        return f"{written} {persons}"
    if unit == LedgerUnit.FTE_YEAR:
        years = ngettext("full-time year", "full-time years", plural)
        return f"{written} {years}"
    return written


@register.filter
def of_goal(quantity: Decimal | None, goal: Goal) -> str:
    """Write a quantity in the unit of a goal, under the name that was agreed."""
    if quantity is not None and goal.unit == LedgerUnit.OWN:
        return f"{formats.number(quantity)} {goal.unit_name}"
    return in_unit(quantity, goal.unit)


@register.filter
def goal_quantity(goal: Goal) -> str:
    return of_goal(goal.quantity, goal)


@register.filter
def signed(quantity: Decimal | None, unit: str) -> str:
    """Write a difference with its sign, also when it is more."""
    written = in_unit(quantity, unit)
    return f"+{written}" if quantity is not None and quantity > 0 else written
