"""The clock's own work: hints for what waits, mail, the day's seal, what has expired."""

import datetime as dt

from celery import current_app, shared_task
from django.core.management import call_command
from django.utils import timezone

from sroi_portal.core import audit, jobs, list_files, mail, retention
from sroi_portal.core.acting import DatabaseRole, acting_as


@shared_task
def queue_due() -> None:
    """Hint again at work whose message was lost or whose worker died."""
    with acting_as(DatabaseRole.WORKER):
        waiting = jobs.due(at=timezone.now())
    for job in waiting:
        current_app.send_task(job.task, args=(str(job.uuid), *job.args), ignore_result=True)
    current_app.send_task("sroi_portal.core.tasks.send_mail", ignore_result=True)


@shared_task
def send_mail() -> None:
    mail.send_waiting(at=timezone.now())


@shared_task
def seal_day() -> None:
    with acting_as(DatabaseRole.WORKER):
        audit.seal_day(timezone.localdate() - dt.timedelta(days=1))


@shared_task
def clean_up() -> None:
    """Sessions, sign-in failures and sent mail that nobody needs any more."""
    with acting_as(DatabaseRole.WORKER):
        call_command("clearsessions")
        retention.remove_expired(at=timezone.now())


@shared_task
def make_list_file(job_uuid: str, file_uuid: str) -> None:
    """Write a large list once."""
    jobs.run(
        job_uuid,
        lambda job: list_files.make(file_uuid, job, now=timezone.now),
        now=timezone.now,
    )
