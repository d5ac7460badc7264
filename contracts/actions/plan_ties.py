"""Which line of the agreed plan a contribution fulfils (R-194)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.actions.plans import PlanStandsError
from contracts.ledger import Source
from contracts.models import Contract, PlanLine, PlanTie
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, save


@transaction.atomic
def tie_to_plan(
    contract: Contract,
    source: Source,
    line: PlanLine | None,
    *,
    by: User,
    at: dt.datetime,
) -> PlanTie | None:
    """Count what this source posts for a line, for another one, or for none any more.

    :raises PlanStandsError: for a line of another contract or of a plan that is not agreed.
    """
    contract = lock(contract)
    tie = PlanTie.objects.filter(source_uuid=source.uuid).first()
    if line and not contract.plans.agreed().filter(pk=line.plan_id).exists():
        raise PlanStandsError(_("Choose a line of the agreed plan of this contract."))
    if line is None:
        if tie:
            audit.record(tie, "tie_to_plan", by=by, at=at, changed=["line"])
            tie.delete()
        return None
    if tie is None:
        tie = PlanTie(
            contract=contract,
            authority=contract.authority,
            supplier=contract.supplier,
            source_kind=source.kind,
            source_uuid=source.uuid,
        )
    if tie.line_id != line.pk:
        tie.line = line
        save(tie)
        audit.record(tie, "tie_to_plan", by=by, at=at, changed=["line"])
    return tie
