"""Suggestions of partners on the page of a contract."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from contracts.models import Contract
from network import partners, rules

register = template.Library()


@register.inclusion_tag("network/parts/suggested_partners.html", takes_context=True)
def suggested_partners(context: Context, contract: Contract) -> dict[str, Any]:
    """Show to both sides which social enterprises fit, and why; a fixed number of queries."""
    if not rules.may_see_partners_suggested(context["user"], contract):
        return {"suggestions": []}
    return {"suggestions": partners.for_contract(contract, timezone.localdate())}
