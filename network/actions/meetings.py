"""Meetings of the network: proposed, announced, changed, held (R-413)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network import timeline
from network.actions.attending import give_seats
from network.models import Attendance, AttendanceStatus, Lesson, Meeting, MeetingStatus
from sroi_portal.core import audit, mail, terms
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import NoticeKind, RoleAssignment, RoleName, User
from sroi_portal.core.status import RefusedError, lock, move, save

WHEN_AND_WHERE = {"starts_at", "ends_at", "place", "link"}
STANDING = (MeetingStatus.PROPOSED, MeetingStatus.PLANNED)


class MeetingStandsError(RefusedError):
    """The meeting cannot be changed or reported on as it stands."""


@transaction.atomic
def propose_meeting(
    facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Meeting:
    """Propose a meeting; an adviser announces it (R-413)."""
    meeting = Meeting(uuid=key or uuid.uuid4(), proposed_by=by, **({"holder": by} | dict(facts)))
    save(meeting)
    audit.record(meeting, "propose_meeting", by=by, at=at, moved=("", meeting.status))
    if not by.has_role(RoleName.ADVISER):
        _tell(meeting, _advisers(), "meeting_proposed", at=at)
    return meeting


@transaction.atomic
def plan_meeting(
    meeting: Meeting, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Announce it to the network; who is free signs up (R-413)."""
    meeting = lock(meeting, revision=revision)
    move(meeting, MeetingStatus.PLANNED, verb="plan_meeting", by=by, at=at)
    if meeting.proposed_by_id != by.pk:
        _tell(meeting, [meeting.proposed_by], "meeting_planned", at=at)
    timeline.renew()


@transaction.atomic
def decline_meeting(
    meeting: Meeting, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    meeting = lock(meeting, revision=revision)
    status = MeetingStatus.DECLINED
    move(meeting, status, verb="decline_meeting", by=by, at=at, remark=reason)
    _tell(meeting, [meeting.proposed_by], "meeting_declined", at=at)


@transaction.atomic
def change_meeting(
    meeting: Meeting,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Meeting:
    """Change it; who comes hears of another hour or place, who waits gets a seat that is new.

    :raises MeetingStandsError: when it is over, cancelled or not taken up.
    """
    meeting = lock(meeting, revision=revision)
    if meeting.status not in STANDING or meeting.is_over(at):
        raise MeetingStandsError(_("This meeting is over or cancelled. You cannot change it now."))
    changed = {name for name, value in facts.items() if getattr(meeting, name) != value}
    if not changed:
        return meeting
    for name in changed:
        setattr(meeting, name, facts[name])
    if changed & WHEN_AND_WHERE:
        meeting.reminded_on = None
    save(meeting)
    audit.record(meeting, "change_meeting", by=by, at=at, changed=changed)
    if changed & WHEN_AND_WHERE:
        _tell(meeting, _signed_up(meeting), "meeting_changed", at=at)
    give_seats(meeting, at=at)
    timeline.renew()
    return meeting


@transaction.atomic
def cancel_meeting(
    meeting: Meeting, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Call it off; who would come hears it (R-413).

    :raises MeetingStandsError: when it is over.
    """
    meeting = lock(meeting, revision=revision)
    if meeting.is_over(at):
        raise MeetingStandsError(_("This meeting is over: it cannot be cancelled any more."))
    status = MeetingStatus.CANCELLED
    move(meeting, status, verb="cancel_meeting", by=by, at=at, remark=reason)
    _tell(meeting, _signed_up(meeting), "meeting_cancelled", at=at)
    timeline.renew()


@transaction.atomic
def report_meeting(
    meeting: Meeting,
    report: str,
    *,
    by: User,
    at: dt.datetime,
    lessons: Iterable[Lesson] = (),
    revision: int | None = None,
) -> None:
    """Write down what was said, with the lessons that were drawn.

    :raises MeetingStandsError: before it has begun, or when it was not held.
    """
    meeting = lock(meeting, revision=revision)
    if meeting.status != MeetingStatus.PLANNED or meeting.starts_at > at:
        raise MeetingStandsError(_("A report is written when the meeting was held."))
    meeting.report, meeting.reported_by, meeting.reported_at = report, by, at
    save(meeting)
    meeting.lessons.set(lessons)
    audit.record(meeting, "report_meeting", by=by, at=at, changed=["report", "lessons"])


@transaction.atomic
def remind_meeting(meeting: Meeting, *, at: dt.datetime) -> None:
    """Tell who comes that it is near; once."""
    meeting = lock(meeting)
    meeting.reminded_on = timezone.localdate(at)
    save(meeting)
    audit.record(meeting, "remind_meeting", by=None, at=at)
    coming = _signed_up(meeting, AttendanceStatus.COMING)
    _tell(meeting, coming, "meeting_near", at=at, notice=NoticeKind.REMINDER)


def remind_meetings(*, at: dt.datetime) -> None:
    """Find what begins before the next working day is over (R-414)."""
    today = timezone.localdate(at)
    until = terms.ended_at(terms.working_days_after(today, 1))
    near = Meeting.objects.filter(status=MeetingStatus.PLANNED, reminded_on__isnull=True)
    starting = near.filter(starts_at__gte=terms.ended_at(today), starts_at__lt=until)
    for meeting in starting.order_by("pk"):
        remind_meeting(meeting, at=at)


def _signed_up(meeting: Meeting, *only: AttendanceStatus) -> list[User]:
    """Find who comes or waits; as the worker, because an adviser need not hold it."""
    wanted = only or (AttendanceStatus.COMING, AttendanceStatus.WAITING)
    with acting_as(DatabaseRole.WORKER):
        rows = Attendance.objects.filter(meeting=meeting, status__in=wanted)
        return [each.user for each in rows.in_turn().select_related("user")]


def _advisers() -> list[User]:
    held = RoleAssignment.objects.held().filter(role=RoleName.ADVISER, user__is_active=True)
    people = {each.user_id: each.user for each in held.select_related("user")}
    return [people[key] for key in sorted(people)]


def _tell(
    meeting: Meeting,
    to: list[User],
    what: str,
    *,
    at: dt.datetime,
    notice: NoticeKind | None = None,
) -> None:
    mail.send(
        f"network/mail/{what}.txt",
        to=to,
        at=at,
        context={"meeting": meeting},
        notice=notice,
        about=meeting,
    )
