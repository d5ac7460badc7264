"""What of a contract waits for the word of a partner."""

from decimal import Decimal

from django import template

from candidates import confirmed
from contracts.models import Contract
from sroi_portal.core.models import User

register = template.Library()


@register.simple_tag
def unconfirmed_eur(contract: Contract, person: User) -> Decimal | None:
    """Give what was submitted of purchases that no partner confirmed; None when there is none."""
    return confirmed.unconfirmed_eur(contract, person)
