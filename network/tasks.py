"""Work of the network that keeps nobody waiting."""

from celery import shared_task
from django.utils import timezone

from network import actions, magazine, public_magazine, timeline
from network.actions import showing
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
def print_public_edition(job_uuid: str, edition_uuid: str) -> None:
    """Print the copy of an edition that anybody may download."""
    jobs.run(
        job_uuid,
        lambda job: public_magazine.print_copy(edition_uuid, job, now=timezone.now),
        now=timezone.now,
    )


@shared_task
def remind_meetings() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.remind_meetings(at=timezone.now())


@shared_task
def tidy_people() -> None:
    """Take away pages and drafts of who left, old questions to people, and who came to what."""
    with acting_as(DatabaseRole.WORKER):
        at = timezone.now()
        actions.remove_ended_pages(at=at)
        actions.remove_ended_drafts(at=at)
        actions.erase_person_questions(at=at)
        actions.erase_attendances(at=at)


@shared_task
def renew_timeline() -> None:
    """Every night: what pilots and days make of it."""
    with acting_as(DatabaseRole.WORKER):
        timeline.renew()


@shared_task
def rename_places() -> None:
    """Every night, and after a merger: the names on the public places."""
    showing.rename_places()


@shared_task
def remind_late_advice() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.remind_late_advice(at=timezone.now())
