"""What became of somebody, and what the firm says was really added: beside a placement."""

from typing import Any

from django import template

from candidates import actions, rules
from candidates.models import Additionality, Placement

register = template.Library()


@register.inclusion_tag("candidates/parts/placement_lasting.html", takes_context=True)
def placement_lasting(context: Any, placement: Placement) -> dict[str, Any]:
    """Show what was asked and said so far; the firm itself finds where to answer."""
    return {
        "placement": placement,
        "questions": list(actions.asked_of(placement)),
        "stated": Additionality.objects.filter(placement=placement).first(),
        "may_state": rules.may_state_additionality(context["user"], placement),
    }
