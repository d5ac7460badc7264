"""Mail about periods that nobody stated: before, on and after the day, then escalated (F01, F02)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from contracts import clocks
from contracts.actions.telling import people_of
from contracts.models import Contract
from sroi_portal.core import audit, mail
from sroi_portal.core.models import AuditEvent, NoticeKind

AHEAD = dt.timedelta(days=5)
AGAIN = dt.timedelta(days=7)
REPEATED = 3  # times after the day; then the contract manager is told
SOON, TODAY, OVERDUE, ESCALATED = "soon", "today", "overdue", "escalated"

type Told = Counter[tuple[object, str]]


@transaction.atomic
def remind_periods(*, at: dt.datetime) -> int:
    """Write the mails of today; who has stated hears nothing, a second run writes none (R-243)."""
    today = timezone.localdate(at)
    contracts = [
        (contract, period)
        for contract in _asked().order_by("pk")
        for period in clocks.unstated(contract, today)[:1]
    ]
    told = _told(contract for contract, _period in contracts)
    count = 0
    for contract, period in contracts:
        stage = due_stage(period, today)
        mark = f"{stage}:{period.ends_on}"
        if stage and not told[contract.uuid, mark]:
            remind_period(contract, period, stage, at=at)
            count += 1
    return count


@transaction.atomic
def remind_period(
    contract: Contract, period: clocks.Period, stage: str, *, at: dt.datetime
) -> None:
    """Tell who looks after it for the supplier; in the end tell the contract manager."""
    kind, people = stage.partition("-")[0], list(people_of(contract))
    if kind == ESCALATED:
        people = [contract.manager] if contract.manager else []
    mail.send(
        f"contracts/mail/period_{kind}.txt",
        to=people,
        at=at,
        context={"contract": contract, "period": period},
        notice=NoticeKind.REMINDER,
    )
    mark = f"{stage}:{period.ends_on}"
    audit.record(contract, "remind_period", by=None, at=at, changed=[mark])


def due_stage(period: clocks.Period, today: dt.date) -> str:
    """Say which reminder belongs to a day: soon, today, overdue-1 to -3, escalated, or none."""
    if today < period.due_on - AHEAD:
        return ""
    if today < period.due_on:
        return SOON
    if today == period.due_on:
        return TODAY
    number = (today - period.due_on - dt.timedelta(days=1)) // AGAIN + 1
    return f"{OVERDUE}-{number}" if number <= REPEATED else ESCALATED


def _asked() -> QuerySet[Contract]:
    contracts: QuerySet[Contract] = Contract.objects.all()
    return clocks.to_state(contracts).select_related("manager", "authority", "supplier")


def _told(contracts: Iterable[Contract]) -> Told:
    """Count the marks of all reminders so far; one query."""
    events = AuditEvent.objects.filter(
        verb="remind_period", object_uuid__in=[contract.uuid for contract in contracts]
    )
    told: Told = Counter()
    for object_uuid, changed in events.values_list("object_uuid", "changed"):
        told.update((object_uuid, mark) for mark in changed)
    return told
