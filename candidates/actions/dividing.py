"""One contribution divided over several contracts of its supplier (C06, N09)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from candidates import locking, parts, paths, worth
from candidates.actions.placements import NotInTableError, require_open
from candidates.actions.shares import post_share, set_worth
from candidates.models import (
    Contribution,
    ContributionKind,
    Share,
    ShareStatus,
    UsedMonth,
    kind_of,
)
from contracts import parties
from contracts.models import Block, Contract
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save, write


class NotDivisibleError(RefusedError):
    """It was agreed for one contract, or no part would be left."""


@dataclass(frozen=True)
class Part:
    """Which percentage a contract gets, on which row of its own table."""

    contract: Contract
    block: Block
    pct: Decimal


@transaction.atomic
def divide_contribution(
    contribution: Contribution,
    wanted: Sequence[Part],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> list[Share]:
    """Give each contract its part; what was submitted before keeps its own (R-176).

    Concepts and returned parts that are not wanted any more are withdrawn.
    """
    _lock_room(contribution, wanted)
    living = parts.locked(contribution)
    contribution = lock(contribution, revision=revision)
    locking.lock_contracts(living)
    by_contract = {part.contract.pk: part for part in wanted}
    _require_divisible(contribution, wanted, living)
    kept = [each for each in living if not each.is_changeable or each.contract_id in by_contract]
    for share in living:
        share.contribution = contribution
        if share not in kept:
            _withdraw(share, by=by, at=at)
    changed = [_changed(share, by_contract.get(share.contract_id)) for share in kept]
    known = {each.contract_id for each in kept}
    new = [_new(contribution, each) for each in wanted if each.contract.pk not in known]
    parts.lay_out([*kept, *new])
    for share, names in zip(kept, changed, strict=True):
        if names:
            _keep(share, names, by=by, at=at)
    for share in new:
        set_worth(share, worth.of_share(share))
        write(share)
        audit.record(share, "divide_contribution", by=by, at=at)
    paths.require_within(contribution)
    save(contribution)
    audit.record(contribution, "divide_contribution", by=by, at=at)
    return [*kept, *new]


def _lock_room(contribution: Contribution, wanted: Iterable[Part]) -> None:
    """Lock the person, and contracts whose rows have a limit, in the order of their ids."""
    for part in sorted(wanted, key=lambda part: part.contract.pk):
        locking.lock_room(
            Share(contribution=contribution, contract=part.contract, block=part.block)
        )


def _require_divisible(
    contribution: Contribution, wanted: Sequence[Part], living: Sequence[Share]
) -> None:
    if contribution.kind == ContributionKind.TAILORED:
        raise NotDivisibleError(_("What was agreed for one contract is not divided."))
    standing = {each.contract_id for each in living if not each.is_changeable}
    if not contribution.is_live or not (wanted or standing):
        raise NotDivisibleError(_("Leave at least one contract a part, or withdraw it all."))
    for part in wanted:
        if part.contract.pk in standing:
            raise IllegalMoveError(
                _("The part of “%(title)s” was submitted, so it stays as it is.")
                % {"title": part.contract.title}
            )
        _require_own(contribution, part)
        require_open(part.contract)


def _require_own(contribution: Contribution, part: Part) -> None:
    """Refuse a contract of somebody else, and a row of another table or kind."""
    is_own = parties.works_on(part.contract, contribution.supplier_id)
    is_in_table = part.block.table_id == part.contract.value_table_id
    if not (is_own and is_in_table and kind_of(part.block) == contribution.kind):
        raise NotInTableError(_("This row does not stand in the value table of the contract."))


def _changed(share: Share, part: Part | None) -> list[str]:
    """Take over what is wanted of a part that may change; say what that changes."""
    if part is None:
        return []
    names = [name for name in ("block", "pct") if getattr(share, name) != getattr(part, name)]
    share.block, share.pct = part.block, part.pct
    return names


def _new(contribution: Contribution, part: Part) -> Share:
    return Share(
        contribution=contribution,
        contract=part.contract,
        authority=part.contract.authority,
        supplier=contribution.supplier,
        block=part.block,
        pct=part.pct,
    )


def _keep(share: Share, names: list[str], *, by: User, at: dt.datetime) -> None:
    value = worth.of_share(share)
    set_worth(share, value)
    save(share)
    if share.status == ShareStatus.RETURNED:
        worth.use(share, value)
        post_share(share, by=by, at=at)
    audit.record(share, "divide_contribution", by=by, at=at, changed=names)


def _withdraw(share: Share, *, by: User, at: dt.datetime) -> None:
    UsedMonth.objects.filter(share=share).delete()
    move(share, ShareStatus.WITHDRAWN, verb="divide_contribution", by=by, at=at)
    post_share(share, by=by, at=at)
