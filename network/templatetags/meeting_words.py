"""Words and colours of meetings, who comes, questions between people and milestones."""

from typing import Any

from django import template

from network.models import (
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingStatus,
    Milestone,
    MilestoneStatus,
    PersonQuestion,
    PersonQuestionStatus,
)

register = template.Library()
TONES: dict[str, str] = {
    MeetingStatus.PROPOSED: "warning",
    MeetingStatus.PLANNED: "positive",
    MeetingStatus.DECLINED: "neutral",
    MeetingStatus.CANCELLED: "negative",
    AttendanceStatus.COMING: "positive",
    AttendanceStatus.WAITING: "warning",
    PersonQuestionStatus.ASKED: "warning",
    PersonQuestionStatus.ANSWERED: "positive",
    MilestoneStatus.PUBLISHED: "positive",
    MilestoneStatus.WITHDRAWN: "neutral",
}


@register.inclusion_tag("core/badge.html")
def network_status(about: Meeting | Attendance | PersonQuestion | Milestone) -> dict[str, Any]:
    return {"label": about.get_status_display(), "tone": TONES[about.status]}
