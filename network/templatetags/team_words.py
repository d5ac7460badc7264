"""Words of questions to the advice team."""

from typing import Any

from django import template

from network.models import AdviceAnswer, AdviceQuestion, AdviceStatus, AnswerStatus

register = template.Library()
TONES: dict[str, str] = {
    AdviceStatus.ASKED: "warning",
    AdviceStatus.TAKEN: "info",
    AdviceStatus.ANSWERED: "positive",
    AdviceStatus.WITHDRAWN: "neutral",
    AnswerStatus.PROPOSED: "warning",
    AnswerStatus.PUBLISHED: "positive",
}


@register.inclusion_tag("core/badge.html")
def advice_status(about: AdviceQuestion | AdviceAnswer) -> dict[str, Any]:
    return {"label": about.get_status_display(), "tone": TONES[about.status]}
