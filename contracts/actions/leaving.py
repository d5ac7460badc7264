"""Somebody leaves: all contracts of that person go to a colleague in one go (R-251)."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.actions.handing_over import NotAManagerError
from contracts.models import Contract, ContractStatus
from sroi_portal.core import audit, mail
from sroi_portal.core.models import Authority, RoleName, User
from sroi_portal.core.status import move, save

OPEN = (
    ContractStatus.DRAFT,
    ContractStatus.AWARDED,
    ContractStatus.HANDED_OVER,
    ContractStatus.ACTIVE,
    ContractStatus.SETTLING,
)
PERSON = {RoleName.OFFICER: "officer", RoleName.MANAGER: "manager"}


class NotSuccessorError(NotAManagerError):
    """The successor does not hold the role for this authority, or is the same person."""


@transaction.atomic
def hand_over_contracts(
    leaver: User,
    successor: User,
    role: RoleName,
    authority: Authority,
    *,
    by: User,
    at: dt.datetime,
) -> int:
    """Name the successor on every open contract; each is its own event, and all are one mail.

    A new manager accepts what runs, as with every hand-over; an officer has it at once.

    :raises NotSuccessorError: when the successor cannot look after them.
    """
    if successor == leaver or not successor.has_role(role, authority.pk):
        raise NotSuccessorError(
            _("%(name)s does not hold this role for this authority.") % {"name": successor.name}
        )
    theirs = contracts_of(leaver, role, authority).order_by("pk")
    found = list(theirs.select_for_update(of=("self",)))
    for contract in found:
        if role == RoleName.MANAGER:
            _name_manager(contract, successor, by=by, at=at)
        else:
            contract.officer = successor
            save(contract)
            audit.record(contract, "hand_over_contracts", by=by, at=at, changed=["officer"])
    if found and successor != by:
        context = {"count": len(found), "name": leaver.name, "authority": authority}
        mail.send("contracts/mail/hand_over_contracts.txt", to=[successor], at=at, context=context)
    return len(found)


@transaction.atomic
def accept_contracts(*, by: User, at: dt.datetime) -> int:
    """Take over every contract that waits for this manager; each is its own event."""
    waiting = Contract.objects.filter(manager=by, status=ContractStatus.HANDED_OVER).order_by("pk")
    found = list(waiting.select_for_update(of=("self",)))
    for contract in found:
        contract.accepted_at = at
        move(contract, ContractStatus.ACTIVE, verb="accept_contracts", by=by, at=at)
    return len(found)


def contracts_of(person: User, role: RoleName, authority: Authority) -> Any:
    """Find the open contracts of which somebody is the officer or the manager."""
    return Contract.objects.filter(**{PERSON[role]: person}, authority=authority, status__in=OPEN)


def _name_manager(contract: Contract, manager: User, *, by: User, at: dt.datetime) -> None:
    """Let the new manager accept what runs; what is being settled goes on."""
    contract.manager = manager
    if contract.status == ContractStatus.ACTIVE:
        contract.handed_over_at, contract.accepted_at = at, None
        move(contract, ContractStatus.HANDED_OVER, verb="hand_over_contracts", by=by, at=at)
        return
    if contract.status == ContractStatus.HANDED_OVER:
        contract.handed_over_at = at
    save(contract)
    audit.record(contract, "hand_over_contracts", by=by, at=at, changed=["manager"])
