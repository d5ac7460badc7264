"""Which line of the agreed plan a share fulfils: proposed by row and period, chosen by people."""

import datetime as dt

from django.db import transaction

from candidates.models import Share
from contracts import actions as contract_actions
from contracts import ledger
from contracts.models import PlanLine, PlanStatus, PlanTie
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock


@transaction.atomic
def tie_share(share: Share, line: PlanLine | None, *, by: User, at: dt.datetime) -> None:
    """Count the share for this line of the plan, or for none (R-194).

    :raises PlanStandsError: for a line that stands in no agreed plan of the contract.
    """
    share = lock(share)
    source = ledger.Source.of(share)
    contract_actions.tie_to_plan(share.contract, source, line, by=by, at=at)
    audit.record(share, "tie_share", by=by, at=at, changed=["plan_line"])


def lines_for(share: Share) -> list[PlanLine]:
    """Give the lines of the agreed plan of its contract."""
    return list(
        PlanLine.objects.filter(
            plan__contract=share.contract_id, plan__status=PlanStatus.AGREED
        ).order_by("position", "pk")
    )


def tied_line(share: Share) -> PlanLine | None:
    """Find the line that the share is tied to, in whichever version that was."""
    tie = PlanTie.objects.filter(source_uuid=share.uuid).select_related("line").first()
    return tie.line if tie else None


def fitting(share: Share, lines: list[PlanLine]) -> PlanLine | None:
    """Find the first line with the same row, or else kind, in days that overlap."""
    work = share.contribution
    during = [
        line for line in lines if line.starts_on <= work.ends_on and work.starts_on <= line.ends_on
    ]
    same_row = [line for line in during if line.block_id == share.block_id]
    same_kind = [line for line in during if line.block_id is None and line.kind == work.kind]
    return next(iter([*same_row, *same_kind]), None)
