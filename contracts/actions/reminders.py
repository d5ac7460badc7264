"""Mail before, on and after the day that something is due; who is done hears nothing (F01, F03)."""

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from contracts.models import Contract, ContractStatus
from sroi_portal.core import audit, mail, terms
from sroi_portal.core.models import AuditEvent, User

ACCEPT_WORKING_DAYS = 2
AHEAD = dt.timedelta(days=2)
BEFORE_CONTACT = (ContractStatus.AWARDED, ContractStatus.HANDED_OVER, ContractStatus.ACTIVE)


class Stage(StrEnum):
    """Each is told once; after a new hand-over the first may be told again."""

    HAND_OVER_WAITING = "hand_over_waiting"
    CONTACT_SOON = "contact_soon"
    CONTACT_TODAY = "contact_today"
    CONTACT_OVERDUE = "contact_overdue"


@transaction.atomic
def remind(*, at: dt.datetime) -> int:
    """Write the mails of today; a second time the same day writes none."""
    contracts = list(_open().select_related("manager", "officer").order_by("pk"))
    told = _told(contracts)
    today = timezone.localdate(at)
    count = 0
    for contract in contracts:
        for stage in _stages(contract, today):
            since = _since(contract, stage)
            if not any(moment >= since for moment in told.get((contract.uuid, stage), ())):
                remind_contract(contract, stage, at=at)
                count += 1
    return count


@transaction.atomic
def remind_contract(contract: Contract, stage: Stage, *, at: dt.datetime) -> None:
    """Tell the named manager and the officer what waits, and that they were told."""
    people: list[User] = [contract.officer]
    if contract.manager and contract.manager != contract.officer:
        people.insert(0, contract.manager)
    template = f"contracts/mail/{stage}.txt"
    mail.send(template, to=people, at=at, context={"contract": contract})
    audit.record(contract, "remind_contract", by=None, at=at, changed=[stage])


def _open() -> QuerySet[Contract]:
    without_contact = Q(status__in=BEFORE_CONTACT, contacted_on=None, contact_due_on__isnull=False)
    found: QuerySet[Contract] = Contract.objects.filter(
        Q(status=ContractStatus.HANDED_OVER) | without_contact
    )
    return found


def _stages(contract: Contract, today: dt.date) -> Iterator[Stage]:
    if contract.status == ContractStatus.HANDED_OVER and contract.handed_over_at:
        named_on = timezone.localdate(contract.handed_over_at)
        if today > terms.working_days_after(named_on, ACCEPT_WORKING_DAYS):
            yield Stage.HAND_OVER_WAITING
    due_on = contract.contact_due_on
    if contract.contacted_on is None and due_on:
        if today > due_on:
            yield Stage.CONTACT_OVERDUE
        elif today == due_on:
            yield Stage.CONTACT_TODAY
        elif today >= due_on - AHEAD:
            yield Stage.CONTACT_SOON


def _since(contract: Contract, stage: Stage) -> dt.datetime:
    if stage == Stage.HAND_OVER_WAITING and contract.handed_over_at:
        return contract.handed_over_at
    return dt.datetime.min.replace(tzinfo=dt.UTC)


def _told(contracts: list[Contract]) -> dict[tuple[object, str], list[dt.datetime]]:
    events = AuditEvent.objects.filter(
        verb="remind_contract", object_uuid__in=[contract.uuid for contract in contracts]
    )
    told: dict[tuple[object, str], list[dt.datetime]] = {}
    for object_uuid, changed, moment in events.values_list("object_uuid", "changed", "at"):
        for stage in changed:
            told.setdefault((object_uuid, stage), []).append(moment)
    return told
