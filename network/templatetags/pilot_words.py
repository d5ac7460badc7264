"""Words and colours for what pilots are."""

from django import template

from network.models import Pilot, PilotStatus

register = template.Library()

PILOT_TONES = {
    PilotStatus.IDEA: "neutral",
    PilotStatus.PREPARING: "info",
    PilotStatus.RUNNING: "positive",
    PilotStatus.CLOSING: "warning",
    PilotStatus.FINISHED: "neutral",
    PilotStatus.STOPPED: "negative",
}


@register.inclusion_tag("core/badge.html")
def pilot_status(pilot: Pilot) -> dict[str, object]:
    tone = PILOT_TONES[PilotStatus(pilot.status)]
    return {"label": pilot.get_status_display(), "tone": tone}
