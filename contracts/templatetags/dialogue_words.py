"""Colours for how a talk about a tender stands."""

from django import template

from contracts.models import Dialogue, DialogueStatus

register = template.Library()
TONES = {
    DialogueStatus.PLANNED: "info",
    DialogueStatus.HELD: "positive",
    DialogueStatus.WITHDRAWN: "negative",
}


@register.inclusion_tag("core/badge.html")
def dialogue_status(dialogue: Dialogue) -> dict[str, object]:
    tone = TONES[DialogueStatus(dialogue.status)]
    return {"label": dialogue.get_status_display(), "tone": tone}
