"""Work of the network that keeps nobody waiting."""

from celery import shared_task
from django.utils import timezone

from network import actions, magazine
from sroi_portal.core import jobs
from sroi_portal.core.acting import DatabaseRole, acting_as


@shared_task
def expire_offers() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.expire_offers(at=timezone.now())


@shared_task
def withdraw_unpermitted() -> None:
    """Destroy quotes whose permission was withdrawn on the page of the person."""
    with acting_as(DatabaseRole.WORKER):
        actions.withdraw_unpermitted(at=timezone.now())


@shared_task
def print_edition(job_uuid: str, edition_uuid: str) -> None:
    """Print an edition of the magazine."""
    jobs.run(
        job_uuid,
        lambda job: magazine.print_edition(edition_uuid, job, now=timezone.now),
        now=timezone.now,
    )


@shared_task
def remind_late_advice() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.remind_late_advice(at=timezone.now())
