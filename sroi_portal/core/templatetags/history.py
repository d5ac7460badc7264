"""`{% history object %}` or `{% history list_of_objects %}`: what happened, in words."""

from collections.abc import Iterable

from django import template
from django.urls import reverse

from sroi_portal.core import history as happenings
from sroi_portal.core.models import Recorded

register = template.Library()


@register.inclusion_tag("core/history.html")
def history(recorded: Recorded | Iterable[Recorded]) -> dict[str, object]:
    """Show it only on a page of the object itself: who sees the object sees its history."""
    objects = [recorded] if isinstance(recorded, Recorded) else list(recorded)
    return {"events": happenings.of(objects), "whole": objects[0] if objects else None}


@register.filter
def history_url(recorded: Recorded) -> str:
    """Give the address of all that happened to an object, with filters."""
    return reverse("core:object-history", args=[recorded._meta.label_lower, recorded.uuid])
