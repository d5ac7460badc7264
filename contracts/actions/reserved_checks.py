"""The 30 per cent check of article 2.82: recorded with its proof (A08, R-131, R-369)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import advice
from contracts.actions.handing_over import record_reserved_share
from contracts.facts.market import FIT
from contracts.models import AdviceTerms, Contract, Lot, Proof, ReservedCheck
from sroi_portal.core import audit
from sroi_portal.core.models import Authority, User
from sroi_portal.core.status import RefusedError, save
from suppliers.models import Certificate, Supplier


class ProofError(RefusedError):
    """The proof does not show the share on that day."""


@transaction.atomic
def check_reserved_contract(
    contract: Contract,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> ReservedCheck:
    """Write the check of a contract down; its newest share stands on the contract.

    :raises ProofError: of a day to come, or of a certificate that does not show the share.
    """
    check = _check(contract.authority, contract.supplier, facts, at)
    check.contract, check.checked_by, check.uuid = contract, by, key or uuid.uuid4()
    save(check)
    record_reserved_share(contract, check.share_pct, check.seen_on, by=by, at=at)
    audit.record(check, "check_reserved_contract", by=by, at=at)
    return check


@transaction.atomic
def check_reserved_lot(
    lot: Lot,
    supplier: Supplier,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> ReservedCheck:
    """Write the check of who tenders for a lot down, before the award.

    :raises ProofError: of a day to come, or of a certificate that does not show the share.
    """
    check = _check(lot.authority, supplier, facts, at)
    check.lot, check.checked_by, check.uuid = lot, by, key or uuid.uuid4()
    save(check)
    audit.record(check, "check_reserved_lot", by=by, at=at)
    return check


def _check(
    authority: Authority, supplier: Supplier, facts: Mapping[str, Any], at: dt.datetime
) -> ReservedCheck:
    if facts["seen_on"] > timezone.localdate(at):
        raise ProofError(_("This day lies in the future."))
    terms = AdviceTerms.objects.current(authority).as_terms()
    check = ReservedCheck(authority=authority, supplier=supplier, checked_at=at, **facts)
    if check.proof == Proof.CERTIFICATE:
        _require_fit(check)
    check.least_share_pct, check.share_is_above = terms.least_share_pct, terms.share_is_above
    check.is_enough = advice.is_enough(check.share_pct, terms)
    return check


def _require_fit(check: ReservedCheck) -> None:
    """Take the days of the certificate over; it is of this supplier and shows the share."""
    held: Certificate | None = check.certificate
    if held is None or held.supplier_id != check.supplier_id or held.kind not in FIT:
        raise ProofError(_("Choose a certificate of this supplier that shows the share."))
    if not held.valid_from <= check.seen_on <= held.valid_until:
        raise ProofError(_("The certificate was not valid on that day."))
    check.valid_until = held.valid_until
