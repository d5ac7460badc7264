"""A visit on location is recorded: what was seen against what was reported (D09)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.actions.evidence import EvidenceFacts, state_evidence
from candidates.models import EvidenceResult, Placement, Visit
from contracts.models import Contract, EvidenceKind
from sroi_portal.core import audit, mail
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, save


class VisitRefusedError(RefusedError):
    """The visit lies in the future, or is about work on another contract."""


@transaction.atomic
def record_visit(  # noqa: PLR0913 - who, when, what, and what was said
    contract: Contract,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    placement: Placement | None = None,
    seen_kinds: Iterable[EvidenceKind] = (),
    remark: str = "",
    key: uuid.UUID | None = None,
) -> Visit:
    """Record it; evidence that was seen counts as seen by the authority (R-214).

    :raises VisitRefusedError: of a day to come, or a placement on another contract.
    """
    visit = Visit(
        uuid=key or uuid.uuid4(),
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        placement=placement,
        recorded_by=by,
        recorded_at=at,
        **facts,
    )
    if visit.visited_on > timezone.localdate(at):
        raise VisitRefusedError(_("This day has not come yet."))
    if placement is not None and placement.contract_id != contract.pk:
        raise VisitRefusedError(_("This placement stands on another contract."))
    save(visit)
    audit.record(visit, "record_visit", by=by, at=at, remark=remark)
    for kind in seen_kinds:
        if placement is None:
            break
        seen = EvidenceFacts(
            kind=kind,
            result=EvidenceResult.SEEN_BY_US,
            seen_on=visit.visited_on,
            visit=visit,
        )
        state_evidence(placement, seen, by=by, at=at)
    _tell_supplier(visit, at=at)
    return visit


def _tell_supplier(visit: Visit, *, at: dt.datetime) -> None:
    people = User.objects.filter(
        memberships__supplier=visit.supplier_id, memberships__ended_at__isnull=True
    )
    mail.send(
        "candidates/mail/record_visit.txt",
        to=people.distinct().order_by("pk"),
        at=at,
        context={"visit": visit, "contract": visit.contract},
    )
