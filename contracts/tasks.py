"""Work that keeps nobody waiting: tasks load and call."""

from celery import shared_task
from django.utils import timezone

from contracts import actions, fulfilment
from sroi_portal.core.acting import DatabaseRole, acting_as


@shared_task
def recompute_stale() -> None:
    """Bring fulfilment up to date where something was posted."""
    done = fulfilment.BURST
    while done == fulfilment.BURST:
        with acting_as(DatabaseRole.WORKER):
            now = timezone.now()
            done = fulfilment.recompute_burst(today=timezone.localdate(now), at=now)


@shared_task
def recompute_all() -> None:
    """Every night: expected, forecast and signal move with the calendar."""
    with acting_as(DatabaseRole.WORKER):
        now = timezone.now()
        fulfilment.recompute(today=timezone.localdate(now), at=now)
    judged = True
    while judged:
        with acting_as(DatabaseRole.WORKER):
            judged = actions.judge_older() > 0


@shared_task
def remind() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.remind(at=timezone.now())


@shared_task
def remind_periods() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.remind_periods(at=timezone.now())
