"""What a contract owes and what counts, in the unit that steers it: for lists."""

from django import template

from contracts.facts import standing
from contracts.models import Fulfilment
from contracts.templatetags.standing_words import about
from sroi_portal.core.money import ZERO
from sroi_portal.core.templatetags import formats

register = template.Library()


@register.filter
def owed_of(fulfilment: Fulfilment | None) -> str:
    """Write what a contract owes in the unit that steers it; a dash when that is nothing."""
    found = standing(fulfilment, ZERO) if fulfilment else None
    return about(found.owed, found.unit) if found else formats.euro_round(None)


@register.filter
def done_of(fulfilment: Fulfilment | None) -> str:
    """Write what counts, as `owed_of` writes what is owed."""
    found = standing(fulfilment, ZERO) if fulfilment else None
    if found:
        return about(found.done, found.unit)
    return formats.euro_round(fulfilment.done_eur if fulfilment else None)


@register.filter
def expected_of(fulfilment: Fulfilment) -> str:
    """Write what was to be expected by now; a dash where nothing is owed in euros."""
    return formats.euro_round(fulfilment.expected_eur if fulfilment.owed_eur > 0 else None)
