"""What is tailored: proposed by the supplier, agreed or not by the authority (B04)."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from candidates.actions.placements import NotInTableError, require_open
from candidates.actions.shares import OwnWorkError
from candidates.models import Agreement, AgreementStatus, ContributionKind, kind_of
from contracts.models import Block, Contract
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, lock, move, write


@dataclass(frozen=True)
class Proposal:
    """What a supplier wants to do, and what it should count for; the reason is sealed."""

    block: Block
    title: str
    value_eur: Decimal
    reason: str
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def propose_agreement(
    contract: Contract, proposal: Proposal, *, by: User, at: dt.datetime
) -> Agreement:
    """Ask the authority to agree what something tailored counts for (R-162)."""
    contract = lock(contract)
    require_open(contract)
    is_in_table = proposal.block.table_id == contract.value_table_id
    if not is_in_table or kind_of(proposal.block) != ContributionKind.TAILORED:
        raise NotInTableError(_("Choose a row of the contract's table that is valued together."))
    agreement = Agreement(
        uuid=proposal.key,
        supplier=contract.supplier,
        authority=contract.authority,
        contract=contract,
        block=proposal.block,
        title=proposal.title,
        value_eur=proposal.value_eur,
        proposed_by=by,
        proposed_at=at,
    )
    write(agreement)
    audit.record(agreement, "propose_agreement", by=by, at=at, remark=proposal.reason)
    return agreement


@transaction.atomic
def agree_agreement(
    agreement: Agreement, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Agree to the value, with why; somebody else than who proposed it (R-162).

    :raises OwnWorkError: when one proposed it.
    """
    agreement = lock(agreement, revision=revision)
    _require_another(agreement, by)
    agreement.agreed_by, agreement.agreed_at = by, at
    move(agreement, AgreementStatus.AGREED, verb="agree_agreement", by=by, at=at, remark=reason)


@transaction.atomic
def decline_agreement(
    agreement: Agreement, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Do not agree, with why; the supplier may propose something else."""
    agreement = lock(agreement, revision=revision)
    _require_another(agreement, by)
    move(agreement, AgreementStatus.DECLINED, verb="decline_agreement", by=by, at=at, remark=reason)


@transaction.atomic
def withdraw_agreement(agreement: Agreement, *, by: User, at: dt.datetime) -> None:
    """Take a proposal back, as long as nothing is claimed of it."""
    agreement = lock(agreement)
    if agreement.contributions.filter(is_live=True).exists():
        raise IllegalMoveError(_("This was entered already. Withdraw that first."))
    move(agreement, AgreementStatus.WITHDRAWN, verb="withdraw_agreement", by=by, at=at)


def _require_another(agreement: Agreement, by: User) -> None:
    if agreement.proposed_by_id == by.pk:
        raise OwnWorkError(_("You proposed this yourself. Somebody else agrees."))
