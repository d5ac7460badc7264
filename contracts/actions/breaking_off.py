"""A contract that stops before its time, with a decision about all that stands on it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from contracts import closing
from contracts.actions.telling import tell_supplier
from contracts.models import Contract, ContractStatus
from contracts.models.contract import ACCEPTING
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, lock, move


@transaction.atomic
def break_off_contract(contract: Contract, *, by: User, at: dt.datetime, reason: str) -> None:
    """Stop it: what waits is closed, what is verified stays, what is planned goes (R-235).

    :raises IllegalMoveError: of a concept, or once its settlement has begun.
    """
    closing.hold(contract)
    contract = lock(contract)
    if contract.status not in ACCEPTING:
        raise IllegalMoveError(
            _("Only a contract that was awarded and is not being settled is broken off.")
        )
    move(
        contract,
        ContractStatus.CANCELLED,
        verb="break_off_contract",
        by=by,
        at=at,
        remark=reason,
    )
    closing.close(contract, by=by, at=at, reason=reason)
    tell_supplier("break_off_contract", contract, by=by, at=at)
