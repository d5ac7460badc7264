"""Mail before, on and after the day that something is due; who is done hears nothing (F01, F03)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts import clocks
from contracts.actions.telling import people_of
from contracts.models import ACCEPTING, Contract, ContractStatus, FollowUp, Fulfilment, Signal
from sroi_portal.core import audit, mail, terms
from sroi_portal.core.models import AuditEvent, NoticeKind, User

ACCEPT_WORKING_DAYS = 2
AHEAD = dt.timedelta(days=2)
AGAIN = dt.timedelta(days=7)
BEFORE_CONTACT = (ContractStatus.AWARDED, ContractStatus.HANDED_OVER, ContractStatus.ACTIVE)
CALLING = (Signal.TALK, Signal.ACT)
PEOPLE = ("manager", "officer", "supplier", "escalates_to", "authority__escalates_to")
EVER = dt.datetime.min.replace(tzinfo=dt.UTC)


class ClockKind(StrEnum):
    """What is due; each tells its stages by itself."""

    HAND_OVER = "hand_over"
    CONTACT = "contact"
    PLAN = "plan"
    STEP = "step"
    REPORT = "report"
    ANSWER = "answer"


class Stage(StrEnum):
    """Two days before, on the day, the day after, a week later; then a named person (R-252)."""

    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"
    REPEATED = "repeated"
    ESCALATED = "escalated"


LABELS: dict[str, str | Promise] = {
    ClockKind.HAND_OVER: _("Acceptance by the contract manager"),
    ClockKind.CONTACT: _("First contact with the supplier"),
    ClockKind.PLAN: _("Plan of approach, agreed by both sides"),
    ClockKind.STEP: _("Next step of the follow-up"),
    ClockKind.REPORT: _("Report of turnover by the supplier"),
    ClockKind.ANSWER: _("Check of contributions"),
}
OWN_TEMPLATES = ("hand_over_overdue", "contact_soon", "contact_today", "contact_overdue")
SAID = {"hand_over_overdue": "hand_over_waiting"}  # as events say it
LATE_ONLY = (ClockKind.HAND_OVER, ClockKind.REPORT, ClockKind.ANSWER)


@dataclass(frozen=True, slots=True)
class Due:
    """Something of a contract that is not done; what was told before `since` was about another."""

    contract: Contract
    kind: str
    due_on: dt.date
    since: dt.datetime = EVER

    def stage_on(self, today: dt.date) -> Stage | None:
        """Say what is told on a day; what is late for long goes to the named person at once."""
        late = today - self.due_on
        if late > 2 * AGAIN:
            return Stage.ESCALATED
        if late > AGAIN:
            return Stage.REPEATED
        if late > dt.timedelta(0):
            return Stage.OVERDUE
        if self.kind in LATE_ONLY or -late > AHEAD:
            return None
        return Stage.TODAY if not late else Stage.SOON

    def mark(self, stage: Stage) -> str:
        said = f"{self.kind}_{stage}"
        return SAID.get(said, said)


@transaction.atomic
def remind(*, at: dt.datetime) -> int:
    """Write the mails of today; a second time the same day writes none."""
    count = remind_due(_dues(timezone.localdate(at)), at=at)
    return count + _warn_of_signals(at=at)


@transaction.atomic
def remind_due(dues: Iterable[Due], *, at: dt.datetime) -> int:
    """Tell of each what its day asks, unless it was told."""
    found = list(dues)
    told = _told(due.contract for due in found)
    today = timezone.localdate(at)
    count = 0
    for due in found:
        stage = due.stage_on(today)
        if stage is None:
            continue
        last = told.get((due.contract.uuid, due.mark(stage)))
        if last is None or last < due.since:
            remind_contract(due, stage, at=at)
            count += 1
    return count


@transaction.atomic
def remind_contract(due: Due, stage: Stage, *, at: dt.datetime) -> None:
    """Tell the named manager and the officer what waits; in the end the named person as well."""
    contract = due.contract
    people: list[User | None] = [contract.manager, contract.officer]
    if due.kind == ClockKind.PLAN:  # the supplier writes it
        people = [*people_of(contract), contract.manager or contract.officer]
    if stage == Stage.ESCALATED:
        people.insert(0, contract.named_person)
    own = f"{due.kind}_{stage}"
    template = due.mark(stage) if own in OWN_TEMPLATES else f"clock_{stage}"
    context = {"contract": contract, "label": LABELS[due.kind], "due_on": due.due_on}
    mail.send(
        f"contracts/mail/{template}.txt",
        to=_once(people),
        at=at,
        context=context,
        notice=NoticeKind.REMINDER,
    )
    audit.record(contract, "remind_contract", by=None, at=at, changed=[due.mark(stage)])


@transaction.atomic
def warn_manager(contract: Contract, signal: str, *, at: dt.datetime) -> None:
    """Tell the manager that the forecast calls for a talk, or for action (F05, R-253)."""
    context = {"contract": contract, "signal": Signal(signal).label}
    template = f"contracts/mail/signal_{signal}.txt"
    people = _once([contract.manager])
    mail.send(template, to=people, at=at, context=context, notice=NoticeKind.REMINDER)
    audit.record(contract, "warn_manager", by=None, at=at, changed=[signal])


def _dues(today: dt.date) -> Iterator[Due]:
    """Find what is due of all contracts: one query for terms, one for reports of turnover."""
    for contract in _open(today).order_by("pk"):
        if contract.status == ContractStatus.HANDED_OVER and contract.handed_over_at:
            named_at = contract.handed_over_at
            last = terms.working_days_after(timezone.localdate(named_at), ACCEPT_WORKING_DAYS)
            yield Due(contract, ClockKind.HAND_OVER, last, named_at)
        if contract.contacted_on is None and contract.contact_due_on:
            yield Due(contract, ClockKind.CONTACT, contract.contact_due_on)
    yield from (
        Due(contract, ClockKind.PLAN, contract.plan_due_on)
        for contract in _without_plan(today).order_by("pk")
        if contract.plan_due_on
    )
    yield from _steps(today)
    running: QuerySet[Contract] = _with_people(Contract.objects.all())
    for contract in clocks.on_turnover(running).order_by("pk"):
        period = clocks.missing(contract, today)
        if period:
            over = terms.ended_at(period.ends_on)
            yield Due(contract, ClockKind.REPORT, period.due_on, over)


def _steps(today: dt.date) -> Iterator[Due]:
    """Find steps of a follow-up whose next day comes; what was told before was of another."""
    steps = FollowUp.objects.due_on(today + AHEAD).select_related(
        *(f"contract__{name}" for name in PEOPLE)
    )
    yield from (
        Due(step.contract, ClockKind.STEP, step.next_on, terms.starts_at(step.next_on - AHEAD))
        for step in steps
        if step.next_on
    )


def _open(today: dt.date) -> "QuerySet[Contract]":
    without_contact = Q(
        status__in=BEFORE_CONTACT, contacted_on=None, contact_due_on__lte=today + AHEAD
    )
    return _with_people(
        Contract.objects.filter(Q(status=ContractStatus.HANDED_OVER) | without_contact)
    )


def _without_plan(today: dt.date) -> "QuerySet[Contract]":
    """Keep running contracts whose plan is due and not agreed; a framework has none."""
    return _with_people(
        Contract.objects.filter(
            status__in=ACCEPTING,
            is_framework=False,
            plan_agreed_on=None,
            plan_due_on__lte=today + AHEAD,
        )
    )


def _with_people(contracts: "QuerySet[Contract]") -> "QuerySet[Contract]":
    return contracts.select_related(*PEOPLE)


def _warn_of_signals(*, at: dt.datetime) -> int:
    """Tell each change of signal once; one that is no reason to call only ends the last one."""
    changed = Fulfilment.objects.exclude(signal=F("told_signal"))
    calling = changed.filter(
        signal__in=CALLING, contract__status=ContractStatus.ACTIVE
    ).select_related("contract__manager", "contract__supplier")
    count = 0
    for fulfilment in calling.order_by("pk"):
        warn_manager(fulfilment.contract, fulfilment.signal, at=at)
        count += 1
    changed.update(told_signal=F("signal"))
    return count


def _told(contracts: Iterable[Contract]) -> dict[tuple[object, str], dt.datetime]:
    """Say when each mark was told last; one query."""
    events = AuditEvent.objects.filter(
        verb="remind_contract", object_uuid__in={contract.uuid for contract in contracts}
    ).order_by("at")
    return {
        (object_uuid, mark): moment
        for object_uuid, changed, moment in events.values_list("object_uuid", "changed", "at")
        for mark in changed
    }


def _once(people: Iterable[User | None]) -> list[User]:
    return list(dict.fromkeys(person for person in people if person))
