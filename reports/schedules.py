"""Issue what is due after a quarter: on its first working day, or as soon as anybody can (R-292)."""

import datetime as dt
import logging

from django.utils import timezone

from reports.actions import schedules
from reports.models import ReportSchedule, ScheduleStatus
from sroi_portal.core import quarters, terms
from sroi_portal.core.acting import DatabaseRole, acting_as

logger = logging.getLogger(__name__)


def issue_due(*, at: dt.datetime) -> int:
    """Issue every report of the last quarter that is due and was not issued yet; say how many.

    Each in a transaction of its own: whoever is killed goes on where it was, and what cannot be
    made keeps nobody else waiting.
    """
    today = timezone.localdate(at)
    first_of_this = quarters.first_day(today)
    if today < terms.on_working_day(first_of_this):
        return 0
    with acting_as(DatabaseRole.WORKER):
        running = ReportSchedule.objects.filter(
            status=ScheduleStatus.RUNNING, set_at__lt=terms.starts_at(first_of_this)
        )
        due = list(running.order_by("pk").values_list("pk", flat=True))
    last = quarters.first_day(first_of_this - terms.DAY)
    return sum(_issue_one(pk, last, at=at) for pk in due)


def _issue_one(pk: int, quarter: dt.date, *, at: dt.datetime) -> bool:
    try:
        with acting_as(DatabaseRole.WORKER):
            schedule = ReportSchedule.objects.select_related("owner").get(pk=pk)
            made = schedules.issue_scheduled(schedule, quarter, by=schedule.owner, at=at)
    except Exception:
        logger.exception("schedule %s could not be issued", pk)
        with acting_as(DatabaseRole.WORKER):
            schedules.fail_schedule(ReportSchedule.objects.get(pk=pk), at=at)
        return False
    return made is not None
