"""Words and colours for what pilots and lessons are, and what they changed."""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contracts.models import Clause, Contract, LetterTemplate
from network import rules
from network.models import (
    Lesson,
    LessonChange,
    LessonStatus,
    Obstacle,
    ObstacleStatus,
    Pilot,
    PilotStatus,
)
from sroi_portal.core.models import Authority, User

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


LESSON_TONES = {
    LessonStatus.PROPOSED: "warning",
    LessonStatus.RETURNED: "warning",
    LessonStatus.REVIEWED: "info",
    LessonStatus.PUBLISHED: "positive",
}


@register.inclusion_tag("core/badge.html")
def lesson_status(lesson: Lesson) -> dict[str, object]:
    tone = LESSON_TONES[LessonStatus(lesson.status)]
    return {"label": lesson.get_status_display(), "tone": tone}


@register.inclusion_tag("network/parts/changed_by.html", takes_context=True)
def changed_by(context: Any, thing: Any) -> dict[str, object]:
    """List the lessons, with their pilots, because of which this table or rule changed."""
    return _changes(context["user"], object_uuid=thing.uuid)


@register.inclusion_tag("network/parts/changed_by.html", takes_context=True)
def letter_changed_by(
    context: Any, authority: Authority, kind: str, language: str
) -> dict[str, object]:
    """List those because of which any version of this letter changed."""
    versions = LetterTemplate.objects.filter(authority=authority, kind=kind, language=language)
    return _changes(context["user"], object_uuid__in=versions.values("uuid"))


@register.inclusion_tag("network/parts/changed_by.html", takes_context=True)
def clause_changed_by(context: Any, clause: Clause) -> dict[str, object]:
    """List those because of which any version of this text changed, each with its version."""
    versions = Clause.objects.filter(code=clause.code)
    found = _changes(context["user"], object_uuid__in=versions.values("uuid"))
    return found | {"names_version": True}


def _changes(user: Any, **of: Any) -> dict[str, object]:
    if not isinstance(user, User):  # tables and rules are public, lessons are for who signs in
        return {"changes": []}
    seen = Lesson.objects.published()
    rows = LessonChange.objects.filter(lesson__in=seen, **of).select_related("lesson__pilot")
    return {"changes": list(rows.defer("lesson__search").order_by("changed_on", "pk"))}


OBSTACLE_TONES = {
    ObstacleStatus.OPEN: "warning",
    ObstacleStatus.PICKED_UP: "info",
    ObstacleStatus.SOLVED: "positive",
    ObstacleStatus.ACCEPTED: "neutral",
}


@register.inclusion_tag("core/badge.html")
def obstacle_status(obstacle: Obstacle) -> dict[str, object]:
    tone = OBSTACLE_TONES[ObstacleStatus(obstacle.status)]
    return {"label": obstacle.get_status_display(), "tone": tone}


@register.simple_tag
def category_named(group: dict[str, Any]) -> str:
    language = "en" if get_language() == "en" else "nl"
    return group[f"contract__category__name_{language}"] or _("no category")


@register.inclusion_tag("network/parts/contract_network.html", takes_context=True)
def contract_network(context: Any, contract: Contract) -> dict[str, object]:
    """Show pilots and open obstacles of a contract; two queries."""
    user: User = context["user"]
    pilots = Pilot.objects.visible_to(user).filter(places__contract=contract)
    obstacles = Obstacle.objects.visible_to(user).filter(contract=contract).unended()
    return {
        "contract": contract,
        "pilots": list(pilots.order_by("-starts_on", "pk")),
        "obstacles": list(obstacles),
        "may_report": rules.may_report_obstacle(user, contract),
        "may_learn": rules.may_propose_lesson(user),
    }
