"""Mail before evidence ends and on that day; who renewed it, or ended the work, hears nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from candidates.actions.evidence import address_of, contract_of, told_of
from candidates.models import IS_SEEN, Evidence, PlacementStatus
from contracts.models.contract import ACCEPTING
from sroi_portal.core import audit, mail
from sroi_portal.core.models import AuditEvent, User

if TYPE_CHECKING:
    import uuid

SOON = dt.timedelta(days=14)


class Stage(StrEnum):
    """Each is told once of a statement."""

    SOON = "evidence_soon"
    TODAY = "evidence_today"


@transaction.atomic
def remind_of_evidence(*, by: User | None, at: dt.datetime) -> int:
    """Write the mails of today; a second time the same day writes none (R-204)."""
    today = timezone.localdate(at)
    ending = list(_ending(today))
    told = _told(ending)
    count = 0
    for evidence in ending:
        stage = Stage.TODAY if evidence.valid_until == today else Stage.SOON
        if stage not in told[evidence.uuid]:
            _remind("remind_of_evidence", evidence, stage, by=by, at=at)
            count += 1
    return count


def _ending(today: dt.date) -> Iterator[Evidence]:
    """Find what ends within two weeks, of work that goes on after it and of claims that wait."""
    ending = Evidence.objects.current().filter(
        result__in=IS_SEEN, valid_until__range=(today, today + SOON)
    )
    of_work = ending.filter(
        Q(placement__ends_on=None) | Q(placement__ends_on__gt=today),
        placement__status=PlacementStatus.RUNNING,
        placement__contract__status__in=ACCEPTING,
    )
    for rows in (of_work, ending.of_open_claims()):
        told = rows.select_related("placement__contract", "supplier", "stated_by")
        yield from told.order_by("pk").iterator()


def _remind(
    verb: str, evidence: Evidence, stage: Stage, *, by: User | None, at: dt.datetime
) -> None:
    context = {
        "evidence": evidence,
        "contract": contract_of(evidence),
        "address": address_of(evidence),
    }
    mail.send(f"candidates/mail/{stage}.txt", to=told_of(evidence), at=at, context=context)
    audit.record(evidence, verb, by=by, at=at, changed=[stage])


def _told(ending: Iterable[Evidence]) -> "dict[uuid.UUID, set[str]]":
    events = AuditEvent.objects.filter(
        verb="remind_of_evidence", object_uuid__in=[each.uuid for each in ending]
    )
    told: dict[uuid.UUID, set[str]] = defaultdict(set)
    for object_uuid, changed in events.values_list("object_uuid", "changed"):
        told[object_uuid].update(changed)
    return told
