"""Work that keeps nobody waiting: tasks load and call."""

from celery import shared_task
from django.utils import timezone

from reports import actions, batches, burden, fixed_tables, open_contracts, printing
from sroi_portal.core import jobs


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
def publish_tables() -> None:
    """Every night: a table about people appears once its period is closed."""
    now = timezone.now()
    fixed_tables.publish_due(today=timezone.localdate(now), at=now)


@shared_task
def publish_open_data() -> None:
    """Every night, after the tables: contracts as open data, and what reporting asks of people."""
    now = timezone.now()
    open_contracts.publish(at=now)
    burden.publish_due(today=timezone.localdate(now), at=now)
