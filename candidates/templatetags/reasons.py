"""Whether a page tells somebody why a person counts (R-427)."""

from django import template

from candidates import rules
from candidates.models import Placement
from sroi_portal.core.models import User

register = template.Library()


@register.filter
def tells_why_to(placement: Placement, user: User) -> bool:
    return rules.sees_reason(user, placement)
