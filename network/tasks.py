"""Work of the network that keeps nobody waiting."""

from celery import shared_task
from django.utils import timezone

from network import actions
from sroi_portal.core.acting import DatabaseRole, acting_as


@shared_task
def expire_offers() -> None:
    with acting_as(DatabaseRole.WORKER):
        actions.expire_offers(at=timezone.now())
