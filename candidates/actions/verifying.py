"""Some shares granted in one transaction, each as `verify_share` grants one (R-178)."""

import datetime as dt
from collections.abc import Iterable, Sequence

from candidates import locking, worth
from candidates.actions.placements import post_plan
from candidates.actions.shares import VERIFIED_ONLY, freeze_worth, require_checker
from candidates.models import Share, ShareStatus
from contracts import ledger
from contracts.models import LedgerUnit
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.status import move_many


def locked(share_ids: Sequence[int], *, of: User) -> list[Share]:
    """Lock people and shares in the order in which everybody does; then read all that counts.

    Shares of one contract or row share its object, so that what is asked of it is asked once.
    """
    locking.lock_rooms(share_ids)
    mine = Share.objects.visible_to(of).filter(pk__in=share_ids).order_by("pk")
    list(mine.select_for_update(of=("self",)).values_list("pk", flat=True))
    facts = mine.with_facts().select_related("block__table", "block__group")
    told = ("contribution__placement__weekly_hours", "block__table__bonuses")
    shares = list(facts.prefetch_related(*told))
    contracts = {share.contract_id: share.contract for share in shares}
    blocks = {share.block_id: share.block for share in shares}
    for share in shares:
        share.contract, share.block = contracts[share.contract_id], blocks[share.block_id]
    return shares


def units_of(shares: Iterable[Share]) -> dict[int, str]:
    """Give in what each of their contracts owes, by its id."""
    contracts = {share.contract_id: share.contract for share in shares}
    return {pk: contract.owed_unit for pk, contract in contracts.items()}


def goes_together(share: Share, units: dict[int, str]) -> bool:
    """Whether it takes no room from others of its contract: no limit on its row, no head count."""
    has_limit = share.known_block.as_terms().limit_pct is not None
    return not has_limit and units[share.contract_id] != LedgerUnit.PERSON


def verify_together(
    shares: Sequence[Share], units: dict[int, str], *, by: User, at: dt.datetime
) -> None:
    """Grant locked shares of different people and freeze what they count for (R-122).

    Runs in the caller's transaction.

    :raises OwnWorkError: when the checker submitted one.
    :raises IllegalMoveError: when one can no longer be verified.
    """
    used = worth.used_by_each(shares, VERIFIED_ONLY)
    changed = {}
    for share in shares:
        require_checker(share, by)
        if other := freeze_worth(share, used[share.pk], by=by, at=at):
            changed[share] = other
    move_many(shares, ShareStatus.VERIFIED, verb="verify_share", by=by, at=at)
    for share, value in changed.items():
        worth.use(share, value)
    standing = {
        ledger.Source.of(share): worth.wanted(share, units[share.contract_id]) for share in shares
    }
    ledger.post_many(standing, by=by, at=at)
    for share in changed:
        if placement := share.contribution.placement:
            with acting_as(DatabaseRole.WORKER):
                post_plan(placement, by=by, at=at)
