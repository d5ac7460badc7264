"""What a supplier says of a placement: would it have happened anyway (E16)."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from candidates.models import Additionality, Placement
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, save


@transaction.atomic
def state_additionality(
    placement: Placement,
    told: Mapping[str, str],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Additionality:
    """Write down what the firm itself says; it may say otherwise later (R-357)."""
    placement = lock(placement)
    before = Additionality.objects.filter(placement=placement).first()
    stated = lock(before, revision=revision) if before else Additionality(placement=placement)
    changed = [name for name, answer in told.items() if getattr(stated, name) != answer]
    if not changed:
        return stated
    for name, answer in told.items():
        setattr(stated, name, answer)
    stated.supplier_id, stated.authority_ids = placement.supplier_id, placement.authority_ids
    stated.stated_by, stated.stated_at = by, at
    save(stated)
    audit.record(stated, "state_additionality", by=by, at=at, changed=changed)
    return stated
