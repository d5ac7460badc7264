"""Colours for how a text of the library stands."""

from django import template

from contracts.models import Clause, ClauseStatus

register = template.Library()
TONES = {
    ClauseStatus.DRAFT: "neutral",
    ClauseStatus.PROPOSED: "warning",
    ClauseStatus.PUBLISHED: "positive",
    ClauseStatus.SUPERSEDED: "neutral",
    ClauseStatus.WITHDRAWN: "negative",
}


@register.inclusion_tag("core/badge.html")
def clause_status(clause: Clause) -> dict[str, object]:
    return {"label": clause.get_status_display(), "tone": TONES[ClauseStatus(clause.status)]}
