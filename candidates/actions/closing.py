"""What becomes of work on a contract that closes (R-235)."""

import datetime as dt

from django.db import transaction

from candidates.actions.placements import post_plan
from candidates.actions.shares import reject_share, withdraw_share
from candidates.models import Placement, Share, ShareStatus
from contracts.models import Contract
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User

TAKEN_BACK = (ShareStatus.DRAFT, ShareStatus.SUBMITTED, ShareStatus.RETURNED)


@transaction.atomic
def close_work(contract: Contract, *, by: User, at: dt.datetime, reason: str = "") -> None:
    """Plan nothing more and, for a reason, free what waits; verified work and objections stay.

    An official who closes a contract may not see work on it, so the worker's sight is needed.
    """
    with acting_as(DatabaseRole.WORKER):
        shares = Share.objects.filter(contract=contract).order_by("pk")
        for share in shares.filter(status__in=TAKEN_BACK if reason else [ShareStatus.DRAFT]):
            withdraw_share(share, by=by, at=at)
        unchecked = shares.filter(status=ShareStatus.UNCHECKED, objected_at=None)
        for share in unchecked if reason else ():
            reject_share(share, by=by, at=at, reason=reason)
        for placement in Placement.objects.filter(contract=contract).order_by("pk"):
            post_plan(placement, by=by, at=at)
