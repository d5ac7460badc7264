"""How many come to a meeting: read as the worker, because who comes is for the holder (R-415)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from network.models import Attendance, AttendanceStatus, Meeting
from sroi_portal.core.acting import DatabaseRole, acting_as


@dataclass(frozen=True, slots=True)
class Counted:
    coming: int = 0
    waiting: int = 0


def count(meetings: Iterable[Meeting]) -> dict[int, Counted]:
    """Count by the key of the meeting; one query."""
    with acting_as(DatabaseRole.WORKER):
        rows = (
            Attendance.objects.filter(meeting__in=[each.pk for each in meetings])
            .values("meeting", "status")
            .annotate(many=Count("pk"))
            .order_by("meeting", "status")
        )
        found: dict[int, dict[str, int]] = {}
        for row in rows:
            found.setdefault(row["meeting"], {})[row["status"]] = row["many"]
    return {
        key: Counted(each.get(AttendanceStatus.COMING, 0), each.get(AttendanceStatus.WAITING, 0))
        for key, each in found.items()
    }


def count_of(meeting: Meeting) -> Counted:
    return count([meeting]).get(meeting.pk, Counted())


def free_seats(meeting: Meeting) -> int | None:
    """Give the seats that are left; None: as many as come."""
    if meeting.seats is None:
        return None
    return max(meeting.seats - count_of(meeting).coming, 0)
