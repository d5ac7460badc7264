"""Suppliers that carry a contract together (R-117)."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.actions.telling import tell_supplier
from contracts.models import ConsortiumMember, Contract, ContractStatus
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, save
from suppliers.models import Supplier

WHOLE = 100
CLOSED = (ContractStatus.SETTLED, ContractStatus.CANCELLED)


class MembersError(RefusedError):
    """These suppliers cannot carry the contract in these parts."""


@transaction.atomic
def set_members(
    contract: Contract,
    shares: Mapping[Supplier, Decimal],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> None:
    """Say who carries which part beside the lead, all at once; who is not named leaves.

    :raises ChangedMeanwhileError: when somebody else changed the contract since.
    :raises MembersError: when the parts do not leave one for the lead, or it is settled.
    """
    contract = lock(contract, revision=revision)
    _require_parts(contract, shares)
    standing = {member.supplier_id: member for member in contract.members.all()}
    if {pk: member.share_pct for pk, member in standing.items()} == {
        supplier.pk: share for supplier, share in shares.items()
    }:
        return
    contract.members.exclude(supplier__in=shares).delete()
    for supplier, share in shares.items():
        member = standing.get(supplier.pk) or ConsortiumMember(contract=contract, supplier=supplier)
        if member.share_pct != share:
            member.share_pct = share
            save(member)
    save(contract)
    audit.record(contract, "set_members", by=by, at=at, changed=["members"])
    if contract.status != ContractStatus.DRAFT:
        tell_supplier("set_members", contract, by=by, at=at)


def _require_parts(contract: Contract, shares: Mapping[Supplier, Decimal]) -> None:
    if contract.status in CLOSED:
        raise MembersError(_("This contract is settled or put aside: its members stay."))
    if any(supplier.pk == contract.supplier_id for supplier in shares):
        raise MembersError(_("The lead carries what is left: it is no member beside itself."))
    if sum(shares.values()) >= WHOLE:
        raise MembersError(_("Together the members carry less than 100%: a part is the lead's."))
