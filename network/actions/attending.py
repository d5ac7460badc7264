"""Who comes to a meeting: signed up, waiting for a seat, signed off (R-414, R-415)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from network import attending
from network.models import ATTENDANCE_KEPT, Attendance, AttendanceStatus, Meeting
from sroi_portal.core import audit, mail
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save


class SignUpClosedError(RefusedError):
    """Nobody can sign up or off any more."""


@transaction.atomic
def sign_up(meeting: Meeting, *, by: User, at: dt.datetime) -> Attendance:
    """Take a seat, or a place on the waiting list when all are taken (R-414).

    :raises SignUpClosedError: after the last day, or when it is cancelled.
    """
    meeting = lock(meeting)
    if not meeting.takes_people(at):
        raise SignUpClosedError(_("You can no longer sign up for this meeting."))
    known = Attendance.objects.filter(meeting=meeting, user=by).first()
    attendance = lock(known) if known else Attendance(meeting=meeting, user=by, signed_at=at)
    if attendance.status != AttendanceStatus.OFF:
        return attendance
    if not known:
        save(attendance)
    is_full = attending.free_seats(meeting) == 0
    attendance.signed_at = at
    status = AttendanceStatus.WAITING if is_full else AttendanceStatus.COMING
    move(attendance, status, verb="sign_up", by=by, at=at)
    return attendance


@transaction.atomic
def sign_off(meeting: Meeting, *, by: User, at: dt.datetime) -> None:
    """Give the seat back; who waits longest gets it (R-414).

    :raises SignUpClosedError: when the meeting has begun, or one was not signed up.
    """
    meeting = lock(meeting)
    known = Attendance.objects.filter(meeting=meeting, user=by).first()
    if known is None or meeting.starts_at <= at:
        raise SignUpClosedError(_("You can no longer sign off from this meeting."))
    attendance = lock(known)
    move(attendance, AttendanceStatus.OFF, verb="sign_off", by=by, at=at)
    give_seats(meeting, at=at)


@transaction.atomic
def give_seats(meeting: Meeting, *, at: dt.datetime) -> None:
    """Give seats that came free to who waits longest, and tell them; the meeting is locked."""
    with acting_as(DatabaseRole.WORKER):
        waiting = Attendance.objects.filter(meeting=meeting, status=AttendanceStatus.WAITING)
        free = attending.free_seats(meeting)
        for each in waiting.in_turn()[: waiting.count() if free is None else free]:
            attendance = lock(each)
            move(attendance, AttendanceStatus.COMING, verb="give_seats", by=None, at=at)
            mail.send(
                "network/mail/seat_free.txt",
                to=[attendance.user],
                at=at,
                context={"meeting": meeting},
                about=meeting,
            )


@transaction.atomic
def erase_attendance(attendance: Attendance, *, at: dt.datetime) -> None:
    """Forget that somebody came (R-415)."""
    attendance = lock(attendance)
    audit.record(attendance, "erase_attendance", by=None, at=at)
    attendance.delete()


def erase_attendances(*, at: dt.datetime) -> int:
    """Forget who came to meetings that are long over; how many came went with them."""
    old = Attendance.objects.filter(meeting__ends_at__lt=at - ATTENDANCE_KEPT)
    rows = list(old.order_by("pk"))
    for attendance in rows:
        erase_attendance(attendance, at=at)
    return len(rows)
