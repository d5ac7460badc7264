"""Who of the supplier's people looks after a contract (I04)."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, Delegation
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, save


class NotAColleagueError(RefusedError):
    """Somebody was named who does not act for the supplier."""


@transaction.atomic
def delegate_contract(
    contract: Contract, people: Collection[User], *, by: User, at: dt.datetime
) -> None:
    """Name who looks after it: mails and reminders go there; nobody named is everybody (R-244).

    :raises NotAColleagueError: when somebody does not act for the supplier.
    """
    contract = lock(contract)
    held = contract.supplier.memberships.held()
    colleagues = set(held.values_list("user_id", flat=True))
    wanted = {person.pk for person in people}
    if wanted - colleagues:
        raise NotAColleagueError(_("Choose among the colleagues who act for the supplier now."))
    before = set(contract.delegations.values_list("user_id", flat=True))
    if wanted == before:
        return
    contract.delegations.exclude(user__in=wanted).delete()
    for user_id in sorted(wanted - before):
        save(
            Delegation(
                contract=contract,
                authority=contract.authority,
                supplier=contract.supplier,
                user_id=user_id,
                named_by=by,
                named_at=at,
            )
        )
    audit.record(contract, "delegate_contract", by=by, at=at, changed=["delegations"])
