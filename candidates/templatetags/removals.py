"""What goes of the people of a contract: a line on its page."""

from typing import Any

from django import template

from candidates.models import Removal
from contracts.models import Contract

register = template.Library()


@register.inclusion_tag("candidates/parts/contract_removals.html")
def contract_removals(contract: Contract) -> dict[str, Any]:
    """List what was announced and what was removed; nothing as long as there is neither."""
    return {"removals": list(Removal.objects.filter(contract=contract).order_by("due_on", "pk"))}
