"""What counts without a placement: bought, organised, trained, agreed; claimed like work."""

import datetime as dt
import uuid
from dataclasses import dataclass, field, fields
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from candidates import locking, parts, worth
from candidates.actions.confirmations import replace_confirmation
from candidates.actions.placements import NotInTableError, require_open
from candidates.actions.shares import change_parts, require_changeable, set_worth
from candidates.models import (
    NEEDS,
    Agreement,
    AgreementStatus,
    Contribution,
    ContributionKind,
    Placement,
    Share,
    kind_of,
)
from contracts import parties
from contracts.models import Block, Contract
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, write
from suppliers.models import Supplier

OWN = frozenset({"block", "pct", "key"})  # of the share, not of the contribution


class NotAgreedError(RefusedError):
    """A tailored contribution is claimed of what was agreed for this very contract."""


@dataclass(frozen=True)
class Claim:
    """What a supplier enters of another kind than work; only what its kind needs is filled."""

    block: Block
    starts_on: dt.date
    ends_on: dt.date
    title: str = ""
    partner: Supplier | None = None
    invoice_number: str = ""
    invoiced_on: dt.date | None = None
    amount_eur: Decimal | None = None
    vat_pct: Decimal | None = None
    people: int | None = None
    quantity: Decimal | None = None
    days: Decimal | None = None
    for_placement: Placement | None = None
    agreement: Agreement | None = None
    pct: Decimal = worth.WHOLE
    key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def kind(self) -> ContributionKind:
        return kind_of(self.block)


@transaction.atomic
def draft_claim(contract: Contract, claim: Claim, *, by: User, at: dt.datetime) -> Share:
    """Begin a claim of what is no work, with what it would count for now (R-160)."""
    contract = lock(contract)
    require_open(contract)
    _require_fitting(contract, claim)
    share = imagined(contract, claim, parties.working_for(contract, by))
    contribution = share.contribution
    contribution.entered_by, contribution.entered_at = by, at
    write(contribution)
    share.contribution = contribution
    set_worth(share, worth.of_share(share))
    write(share)
    audit.record(contribution, "draft_claim", by=by, at=at)
    audit.record(share, "draft_claim", by=by, at=at)
    return share


@transaction.atomic
def change_claim(
    share: Share, claim: Claim, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Correct a concept, or what came back with a question; the kind stays (N17)."""
    locking.lock_room(share)
    living = parts.locked(share.contribution)
    share = lock(share, revision=revision)
    require_changeable(share)
    contribution = lock(share.contribution)
    _require_fitting(share.contract, claim, kind=contribution.kind)
    changed = _fill(contribution, claim)
    is_other = bool(changed)
    if is_other:  # what the partner confirmed is no longer what is claimed
        replace_confirmation(contribution, by=by, at=at)
    changed += [name for name in ("block", "pct") if getattr(share, name) != getattr(claim, name)]
    share.block, share.pct = claim.block, claim.pct
    change_parts(share, contribution, living, by=by, at=at, is_other=is_other)
    audit.record(share, "change_claim", by=by, at=at, changed=changed)


def imagined(contract: Contract, claim: Claim, supplier: Supplier | None = None) -> Share:
    """Give the share that a claim would make, to value it before anything is kept."""
    supplier = supplier or contract.supplier
    contribution = Contribution(supplier=supplier, kind=claim.kind)
    _fill(contribution, claim)
    return Share(
        uuid=claim.key,
        contribution=contribution,
        contract=contract,
        authority=contract.authority,
        supplier=supplier,
        block=claim.block,
        pct=claim.pct,
    )


def _fill(contribution: Contribution, claim: Claim) -> list[str]:
    """Write the facts of a claim, and name those that changed."""
    changed = []
    for name in (each.name for each in fields(Claim)):
        if name not in OWN and getattr(contribution, name) != getattr(claim, name):
            setattr(contribution, name, getattr(claim, name))
            changed.append(name)
    return changed


def _require_fitting(contract: Contract, claim: Claim, *, kind: str | None = None) -> None:
    """Refuse a row of another table or for work, and what was not agreed for this contract.

    :raises NotInTableError: the row is not one for this kind on this contract.
    :raises NotAgreedError: nothing, or something else, was agreed.
    """
    if claim.block.table_id != contract.value_table_id:
        raise NotInTableError(_("This row does not stand in the value table of the contract."))
    if claim.kind == ContributionKind.PLACEMENT or (kind and claim.kind != kind):
        raise NotInTableError(_("This row is for another kind of contribution."))
    if "agreement" not in NEEDS[claim.kind].always:
        return
    agreed = claim.agreement
    if agreed is None or (agreed.contract_id, agreed.block_id) != (contract.pk, claim.block.pk):
        raise NotAgreedError(_("Choose something that was agreed for this contract."))
    if agreed.status != AgreementStatus.AGREED:
        raise NotAgreedError(_("The authority has not agreed to this yet."))
    if claim.amount_eur != agreed.value_eur:
        raise NotAgreedError(_("It counts for the amount that was agreed."))
