"""A contract for another authority: asked here, answered there (R-254)."""

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, ContractStatus, Transfer, TransferStatus
from sroi_portal.core import audit, mail
from sroi_portal.core.models import Authority, RoleName, User
from sroi_portal.core.status import RefusedError, lock, move, save

MOVING = (
    ContractStatus.AWARDED,
    ContractStatus.HANDED_OVER,
    ContractStatus.ACTIVE,
    ContractStatus.SETTLING,
)


class CannotMoveError(RefusedError):
    """A concept, a settled contract and a part of a framework stay where they are."""


@transaction.atomic
def ask_transfer(  # noqa: PLR0913 - a request has this many facts
    contract: Contract,
    receiver: Authority,
    moves_on: dt.date,
    *,
    by: User,
    at: dt.datetime,
    reason: str,
    key: uuid.UUID | None = None,
) -> Transfer:
    """Ask another authority to take the contract over, with a reason and a day.

    :raises CannotMoveError: when the contract is not one that can move.
    :raises ValidationError: when another authority was asked already.
    """
    contract = lock(contract)
    require_movable(contract)
    transfer = Transfer(
        uuid=key or uuid.uuid4(),
        contract=contract,
        authority=contract.authority,
        receiver=receiver,
        title=contract.title,
        reference=contract.reference,
        supplier_name=contract.supplier.name,
        moves_on=moves_on,
        asked_by=by,
        asked_at=at,
    )
    save(transfer)
    audit.record(transfer, "ask_transfer", by=by, at=at, moved=("", transfer.status), remark=reason)
    audit.record(contract, "ask_transfer", by=by, at=at, changed=["authority"])
    officers = User.objects.filter(
        role_assignments__authority=receiver,
        role_assignments__role=RoleName.OFFICER,
        role_assignments__taken_at__isnull=True,
    )
    _tell("ask_transfer", transfer, officers.distinct().order_by("pk"), at=at)
    return transfer


@transaction.atomic
def withdraw_transfer(transfer: Transfer, *, by: User, at: dt.datetime) -> None:
    """Take the request back before it was answered."""
    transfer = lock(transfer)
    move(transfer, TransferStatus.WITHDRAWN, verb="withdraw_transfer", by=by, at=at)


@transaction.atomic
def refuse_transfer(transfer: Transfer, *, by: User, at: dt.datetime, reason: str) -> None:
    """Leave the contract where it is, with a reason."""
    transfer = lock(transfer)
    transfer.decided_by, transfer.decided_at = by, at
    move(transfer, TransferStatus.REFUSED, verb="refuse_transfer", by=by, at=at, remark=reason)
    _tell("refuse_transfer", transfer, [transfer.asked_by], at=at)


def require_movable(contract: Contract) -> None:
    """Refuse what stays where it is.

    :raises CannotMoveError: of a concept, a settled contract and a part of a framework.
    """
    if contract.status not in MOVING:
        raise CannotMoveError(_("Only a contract that was awarded and is not settled can move."))
    if contract.is_framework or contract.framework_id:
        raise CannotMoveError(_("A framework agreement and its call-offs stay together."))


def _tell(verb: str, transfer: Transfer, people: Iterable[User], *, at: dt.datetime) -> None:
    mail.send(f"contracts/mail/{verb}.txt", to=people, at=at, context={"transfer": transfer})
