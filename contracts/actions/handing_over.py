"""From the officer to a named contract manager, and the manager's first steps."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Contract, ContractStatus
from sroi_portal.core import audit, mail
from sroi_portal.core.models import NoticeKind, RoleName, User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save


class NotAManagerError(RefusedError):
    """The person does not hold the role of contract manager for this authority."""


class ContactDayError(RefusedError):
    """A first contact cannot lie before the award or in the future."""


@transaction.atomic
def hand_over_contract(
    contract: Contract,
    manager: User,
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> None:
    """Name who is to look after the contract, and ask that person to accept (A13).

    :raises NotAManagerError: when the person has no such role here.
    """
    contract = lock(contract, revision=revision)
    if not manager.has_role(RoleName.MANAGER, contract.authority_id):
        raise NotAManagerError(
            _("%(name)s is no contract manager of this authority.") % {"name": manager.name}
        )
    contract.manager, contract.handed_over_at, contract.accepted_at = manager, at, None
    move(contract, ContractStatus.HANDED_OVER, verb="hand_over_contract", by=by, at=at)
    if manager != by:
        _tell("hand_over_contract", contract, manager, at=at)


@transaction.atomic
def accept_contract(contract: Contract, *, by: User, at: dt.datetime) -> None:
    """Take the contract over: from now on it runs under this manager's name."""
    contract = _waiting(contract)
    contract.accepted_at = at
    move(contract, ContractStatus.ACTIVE, verb="accept_contract", by=by, at=at)
    if contract.officer != by:
        _tell("accept_contract", contract, contract.officer, at=at)


@transaction.atomic
def refuse_contract(contract: Contract, *, by: User, at: dt.datetime, reason: str) -> None:
    """Give the contract back to the officer, with a reason."""
    contract = _waiting(contract)
    contract.manager = contract.handed_over_at = None
    move(contract, ContractStatus.AWARDED, verb="refuse_contract", by=by, at=at, remark=reason)
    if contract.officer != by:
        _tell("refuse_contract", contract, contract.officer, at=at)


@transaction.atomic
def record_contact(contract: Contract, on: dt.date, *, by: User, at: dt.datetime) -> None:
    """Write down the day of the first contact with the supplier (R-130).

    :raises ContactDayError: when that day cannot be.
    """
    contract = lock(contract)
    if contract.awarded_on and on < contract.awarded_on:
        raise ContactDayError(_("The first contact cannot lie before the day of award."))
    if on > timezone.localdate(at):
        raise ContactDayError(_("The first contact cannot lie in the future."))
    contract.contacted_on = on
    save(contract)
    audit.record(contract, "record_contact", by=by, at=at, changed=["contacted_on"])


@transaction.atomic
def name_escalation(contract: Contract, person: User | None, *, by: User, at: dt.datetime) -> None:
    """Name who hears of this contract's missed dates; nobody: whom the authority named (R-252)."""
    contract = lock(contract)
    if contract.escalates_to_id == (person.pk if person else None):
        return
    contract.escalates_to = person
    save(contract)
    audit.record(contract, "name_escalation", by=by, at=at, changed=["escalates_to"])


@transaction.atomic
def record_reserved_share(
    contract: Contract, share_pct: Decimal, on: dt.date, *, by: User, at: dt.datetime
) -> None:
    """Write down which share of the workers is disabled or disadvantaged (A08, R-131)."""
    contract = lock(contract)
    contract.reserved_share_pct = share_pct
    contract.reserved_checked_on, contract.reserved_checked_by = on, by
    save(contract)
    changed = ("reserved_share_pct", "reserved_checked_on", "reserved_checked_by")
    audit.record(contract, "record_reserved_share", by=by, at=at, changed=changed)


def _waiting(contract: Contract) -> Contract:
    contract = lock(contract)
    if contract.status != ContractStatus.HANDED_OVER:
        raise IllegalMoveError(_("This contract does not wait for a contract manager."))
    return contract


def _tell(verb: str, contract: Contract, person: User, *, at: dt.datetime) -> None:
    mail.send(
        f"contracts/mail/{verb}.txt",
        to=[person],
        at=at,
        context={"contract": contract},
        notice=NoticeKind.WORK,
        about=contract,
    )
