"""Words of the learning formula, and its part on the page of a pilot or contract."""

from typing import Any

from django import template

from contracts.models import Contract
from network import reflecting, rules
from network.models import Effect, Pilot, Reflection, ReflectionStatus

register = template.Library()
MOST = 4  # words of others on the page of a pilot or contract
TONES: dict[str, str] = {
    ReflectionStatus.DRAFT: "neutral",
    ReflectionStatus.SHARED: "positive",
}
EFFECT_TONES: dict[str, str] = {
    Effect.CHANGED: "positive",
    Effect.TOO_EARLY: "info",
    Effect.UNCHANGED: "neutral",
}


@register.inclusion_tag("core/badge.html")
def reflection_status(reflection: Reflection) -> dict[str, Any]:
    return {"label": reflection.get_status_display(), "tone": TONES[reflection.status]}


@register.inclusion_tag("core/badge.html")
def effect_badge(reflection: Reflection) -> dict[str, Any]:
    return {"label": reflection.get_effect_display(), "tone": EFFECT_TONES[reflection.effect]}


@register.inclusion_tag("network/parts/learning_here.html", takes_context=True)
def learning_here(context: Any, place: Pilot | Contract) -> dict[str, Any]:
    """Show what was learned on a pilot or contract, the own words first; a fixed few queries."""
    user = context["user"]
    rows = Reflection.objects.visible_to(user).filter(**reflecting.at(place))
    rows = rows.select_related("step", "author").order_by("status", "-shared_at", "-pk")
    return {
        "place": place,
        "is_pilot": isinstance(place, Pilot),
        "reflections": list(rows[:MOST]),
        "may_write": rules.may_write_reflection(user, place),
    }
