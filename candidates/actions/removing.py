"""Details of people go after a contract: announced, removed, accounted for (K02, R-420)."""

import datetime as dt
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates import retention
from candidates.actions.forgetting import forget_people, forget_unknown, forget_words
from candidates.actions.voicing import purge_personal_links
from candidates.models import (
    Additionality,
    AgreedJob,
    FollowUp,
    FollowUpAnswer,
    PaidHours,
    PathConsent,
    PathPerson,
    PathPlan,
    PathStep,
    Removal,
    RemovalPart,
    RemovalStatus,
    SharedPath,
)
from contracts.models import Contract
from sroi_portal.core import audit, mail
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, move, save


@transaction.atomic
def announce_removals(*, by: User | None, at: dt.datetime) -> int:
    """Warn four weeks before details go: who manages the contract, and who enters its work."""
    today = timezone.localdate(at)
    known = set(Removal.objects.announced().values_list("contract", "part"))
    made: list[Removal] = []
    for due in retention.details_due(today + retention.WARNED):
        if (due.contract.pk, due.part.value) in known:
            continue
        removal = Removal(
            contract=due.contract,
            authority_id=due.contract.authority_id,
            supplier_id=due.contract.supplier_id,
            part=due.part,
            due_on=max(due.on, today + retention.WARNED),
            announced_at=at,
        )
        save(removal)
        audit.record(removal, "announce_removals", by=by, at=at)
        made.append(removal)
    for contract in dict.fromkeys(each.contract for each in made):
        _warn(contract, [each for each in made if each.contract == contract], at=at)
    return len(made)


@transaction.atomic
def remove_details(*, by: User | None, at: dt.datetime) -> int:
    """Forget paths that are over, then remove what was announced and is still due."""
    today = timezone.localdate(at)
    for path in retention.paths_due(at):
        forget_path(path, by=by, at=at)
    forget_unknown(by=by, at=at)  # in no account: no work of a contract went with them
    due = {(each.contract.pk, each.part.value) for each in retention.details_due(today)}
    waiting = Removal.objects.announced().filter(due_on__lte=today).order_by("pk")
    removals = [each for each in waiting if (each.contract_id, each.part) in due]
    for each in removals:
        removal = lock(each)
        removal.counts = _removed(removal, by=by, at=at)
        removal.done_at = at
        move(removal, RemovalStatus.DONE, verb="remove_details", by=by, at=at)
    return len(removals)


@transaction.atomic
def forget_path(path: SharedPath, *, by: User | None, at: dt.datetime) -> None:
    """Forget the plan of a path and who walked it; that suppliers shared one stays."""
    path = lock(path)
    plans = PathPlan.objects.filter(path=path)
    forget_words([path, *plans])
    PathPerson.objects.filter(path=path).delete()
    for model in (PathStep, PathConsent):
        model._default_manager.filter(plan__in=plans).delete()
    audit.record_many(plans, "forget_path", by=by, at=at)
    plans.delete()
    path.title = _("Shared path")
    save(path)
    audit.record(path, "forget_path", by=by, at=at, changed=["title"])


def _removed(removal: Removal, *, by: User | None, at: dt.datetime) -> dict[str, int]:
    """Delete the rows of a part and count them by table."""
    if removal.part == RemovalPart.PEOPLE:
        gone = forget_people(removal.contract, by=by, at=at)
        return gone | {"references": forget_unknown(by=by, at=at)}
    if removal.part == RemovalPart.SAID:
        return {"letters": purge_personal_links(by=by, at=at, of=removal.contract)}
    of_contract = {"placement__contract": removal.contract_id}
    if removal.part == RemovalPart.WORK:
        return {
            "paid hours": _delete(PaidHours, of_contract),
            "jobs": _delete(AgreedJob, of_contract, by=by, at=at),
        }
    return {
        "answers": _delete(FollowUpAnswer, of_contract),
        "questions": _delete(FollowUp, of_contract, by=by, at=at),
        "statements": _delete(Additionality, of_contract, by=by, at=at),
    }


def _delete(
    model: type[models.Model],
    of_contract: dict[str, int],
    *,
    by: User | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Delete rows with what was said about them; with `at` each leaves an event."""
    rows: Any = model._default_manager.filter(**of_contract)
    if at:
        gone = list(rows)
        forget_words(gone)
        audit.record_many(gone, "remove_details", by=by, at=at)
    count: int = rows.delete()[0]
    return count


def _warn(contract: Contract, removals: list[Removal], *, at: dt.datetime) -> None:
    people = User.objects.filter(
        memberships__supplier=contract.supplier_id,
        memberships__ended_at__isnull=True,
        memberships__may_enter=True,
        is_active=True,
    )
    managers = [contract.manager] if contract.manager else []
    mail.send(
        "candidates/mail/announce_removals.txt",
        to=dict.fromkeys([*managers, *people.distinct().order_by("pk")]),
        at=at,
        context={"contract": contract, "removals": removals},
    )
