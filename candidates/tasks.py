"""Work that keeps nobody waiting: tasks load and call."""

from celery import shared_task
from django.utils import timezone

from candidates import actions
from candidates.actions import importing
from candidates.agreed_jobs import posting
from candidates.models import Evidence
from sroi_portal.core import jobs
from sroi_portal.core.acting import DatabaseRole, acting_as


@shared_task
def remind_of_evidence() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.remind_of_evidence(by=None, at=timezone.now())


@shared_task
def ask_follow_ups() -> None:
    """Every night: questions about lasting work whose day has come, and a reminder of the others."""
    with acting_as(DatabaseRole.WORKER):
        now = timezone.now()
        actions.ask_follow_ups(by=None, at=now)
        actions.remind_follow_ups(by=None, at=now)


@shared_task
def scan_waiting() -> None:
    """Scan what is held back, one by one; stop as soon as the scanner does not answer."""
    with acting_as(DatabaseRole.WORKER):
        waiting = list(Evidence.objects.waiting_for_scanner()[:100])
    for evidence in waiting:
        with acting_as(DatabaseRole.WORKER):
            if not actions.scan_evidence(evidence, by=None, at=timezone.now()):
                return


@shared_task
def mark_unchecked() -> None:
    """Say of what the authorities missed that they missed it; opens its own transactions."""
    actions.mark_unchecked(at=timezone.now())


@shared_task
def remind_checkers() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.remind_checkers(at=timezone.now())
        actions.escalate_answers(at=timezone.now())


@shared_task
def check_import(job_uuid: str, batch_uuid: str) -> None:
    """Check every row of a spreadsheet."""
    jobs.run(
        job_uuid,
        lambda job: importing.check(batch_uuid, job, now=timezone.now),
        now=timezone.now,
    )


@shared_task
def write_import(job_uuid: str, batch_uuid: str) -> None:
    """Enter the good rows of a spreadsheet."""
    jobs.run(
        job_uuid,
        lambda job: importing.write(batch_uuid, job, now=timezone.now),
        now=timezone.now,
    )


@shared_task
def undo_import(job_uuid: str, batch_uuid: str) -> None:
    """Take back what a spreadsheet entered."""
    jobs.run(
        job_uuid,
        lambda job: importing.undo(batch_uuid, job, now=timezone.now),
        now=timezone.now,
    )


@shared_task
def purge_imports() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.purge_imports(by=None, at=timezone.now())


@shared_task
def purge_personal_links() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.purge_personal_links(by=None, at=timezone.now())


@shared_task
def remove_details() -> None:
    """Every night: announce what goes in four weeks, and remove what was announced."""
    with acting_as(DatabaseRole.WORKER):
        now = timezone.now()
        actions.announce_removals(by=None, at=now)
        actions.remove_details(by=None, at=now)


@shared_task
def verify_many(job_uuid: str, bulk_uuid: str) -> None:
    jobs.run(
        job_uuid,
        lambda job: actions.verify_many(bulk_uuid, job, now=timezone.now),
        now=timezone.now,
    )


@shared_task
def post_closed_months() -> None:
    """Every night: the paid hours of the month that is over, for the banenafspraak."""
    posting.post_closed_months(at=timezone.now())
