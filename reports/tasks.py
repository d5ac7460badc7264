"""Work that keeps nobody waiting: tasks load and call."""

from celery import shared_task
from django.utils import timezone

from reports import (
    actions,
    batches,
    burden,
    dated,
    fixed_tables,
    jobs_tables,
    lasting_tables,
    open_contracts,
    peers,
    printing,
    schedules,
    summaries,
)
from sroi_portal.core import jobs
from sroi_portal.core.acting import DatabaseRole, acting_as


@shared_task
def print_report(job_uuid: str, report_uuid: str) -> None:
    """Print a report once."""
    jobs.run(
        job_uuid,
        lambda job: printing.print_report(report_uuid, job, now=timezone.now),
        now=timezone.now,
    )


@shared_task
def make_batch(job_uuid: str, batch_uuid: str) -> None:
    """Make many reports once."""
    jobs.run(
        job_uuid,
        lambda job: batches.make_batch(batch_uuid, job, now=timezone.now),
        now=timezone.now,
    )


@shared_task
def write_digests() -> None:
    actions.write_digests(at=timezone.now())


@shared_task
def refresh_figures() -> None:
    """Sum again what was touched, so that dashboards read it ready."""
    with acting_as(DatabaseRole.WORKER):
        summaries.refresh_due()


@shared_task
def publish_tables() -> None:
    """Every night: a table about people appears once its period is closed."""
    now = timezone.now()
    fixed_tables.publish_due(today=timezone.localdate(now), at=now)
    lasting_tables.publish_due(today=timezone.localdate(now), at=now)
    jobs_tables.publish_due(today=timezone.localdate(now), at=now)
    with acting_as(DatabaseRole.WORKER):
        dated.tell_timeline()


@shared_task
def publish_open_data() -> None:
    """Every night, after the tables: contracts, what reporting asks of people, and the middle."""
    now = timezone.now()
    open_contracts.publish(at=now)
    burden.publish_due(today=timezone.localdate(now), at=now)
    peers.publish_due(today=timezone.localdate(now))


@shared_task
def issue_scheduled() -> None:
    """Every morning: what is due after a quarter, also when nights were missed."""
    schedules.issue_due(at=timezone.now())
