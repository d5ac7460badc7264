"""The end of a contract: nothing new comes in, and what was done is settled."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Account, Contract, ContractStatus, LedgerEntry
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, move


class NotOverError(Exception):
    """The contract still runs, so it cannot be settled."""


class StillWaitingError(Exception):
    """Something submitted on the contract waits for a decision."""


@transaction.atomic
def start_settlement(contract: Contract, *, by: User, at: dt.datetime) -> None:
    """Close the contract for new work after its last day (R-140).

    :raises NotOverError: before the last day has passed.
    """
    contract = lock(contract)
    if contract.ends_on is None or contract.ends_on >= timezone.localdate(at):
        raise NotOverError(_("The contract still runs. Settle it after its last day."))
    move(contract, ContractStatus.SETTLING, verb="start_settlement", by=by, at=at)


@transaction.atomic
def settle_contract(contract: Contract, *, by: User, at: dt.datetime, conclusion: str) -> None:
    """Conclude what was owed, what was done and what is agreed about the rest (R-141).

    :raises StillWaitingError: while something on it is submitted and not decided.
    """
    contract = lock(contract)
    if _waiting_eur(contract):
        raise StillWaitingError(
            _("Something on this contract still waits for a decision. Decide on that first.")
        )
    move(
        contract,
        ContractStatus.SETTLED,
        verb="settle_contract",
        by=by,
        at=at,
        remark=conclusion,
    )


def _waiting_eur(contract: Contract) -> Decimal:
    waiting = LedgerEntry.objects.filter(contract=contract, account=Account.SUBMITTED)
    return waiting.aggregate(total=Sum("quantity"))["total"] or Decimal(0)
