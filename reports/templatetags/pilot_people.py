"""People of a pilot on its page: what was published of it, and nothing that was not (R-327)."""

from typing import Any

from django import template

from network.models import Pilot
from reports import published

register = template.Library()


@register.inclusion_tag("reports/parts/pilot_people.html")
def published_people(pilot: Pilot) -> dict[str, Any]:
    """Show by year who began in it; one query."""
    years = published.of_pilot(pilot.uuid)
    shown = [people for _year, people in years if people is not None]
    return {
        "is_shared": pilot.shared_at is not None,
        "years": years,
        "total": sum(shown) if len(shown) > 1 else None,
        "hides": len(shown) < len(years),
    }
