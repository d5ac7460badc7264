"""Partners of a contract: named by its supplier, consented to by its manager (R-260)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.actions.telling import tell_supplier
from contracts.models import ACCEPTING, Contract, Subcontract, SubcontractStatus
from sroi_portal.core import audit, mail
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save
from suppliers.models import Supplier


class PartnerError(RefusedError):
    """Nobody, or not this partner, can be named on the contract."""


@transaction.atomic
def name_partner(
    contract: Contract,
    partner: Supplier,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID,
) -> Subcontract:
    """Ask the client to let a partner work on the contract.

    :raises PartnerError: when it is the supplier itself, or the contract takes no work.
    """
    contract = lock(contract)
    if partner.pk == contract.supplier_id:
        raise PartnerError(_("You carry this contract yourself. Name another organisation."))
    if contract.status not in ACCEPTING:
        raise PartnerError(
            _("Nobody can be named on this contract: its status is “%(status)s”.")
            % {"status": contract.get_status_display()}
        )
    subcontract = Subcontract(
        uuid=key, contract=contract, supplier=partner, named_by=by, named_at=at, **facts
    )
    save(subcontract)
    audit.record(subcontract, "name_partner", by=by, at=at)
    _tell_manager(subcontract, "name_partner", at=at)
    return subcontract


@transaction.atomic
def consent_partner(subcontract: Subcontract, *, by: User, at: dt.datetime) -> None:
    """Let the partner see the contract and report its work there."""
    subcontract = lock(subcontract)
    subcontract.decided_by, subcontract.decided_at = by, at
    move(subcontract, SubcontractStatus.AGREED, verb="consent_partner", by=by, at=at)
    _tell_both(subcontract, "consent_partner", by=by, at=at)


@transaction.atomic
def refuse_partner(subcontract: Subcontract, *, by: User, at: dt.datetime, reason: str) -> None:
    """Say no, with a reason that the supplier reads."""
    subcontract = lock(subcontract)
    subcontract.decided_by, subcontract.decided_at = by, at
    move(subcontract, SubcontractStatus.REFUSED, verb="refuse_partner", by=by, at=at, remark=reason)
    tell_supplier("refuse_partner", subcontract.contract, by=by, at=at)


@transaction.atomic
def end_partner(subcontract: Subcontract, *, by: User, at: dt.datetime, ends_on: dt.date) -> None:
    """Let the partner enter nothing new; what it reported stays."""
    subcontract = lock(subcontract)
    subcontract.ends_on = ends_on
    move(subcontract, SubcontractStatus.ENDED, verb="end_partner", by=by, at=at)
    _tell_both(subcontract, "end_partner", by=by, at=at)


def _tell_manager(subcontract: Subcontract, verb: str, *, at: dt.datetime) -> None:
    contract = subcontract.contract
    mail.send(
        f"contracts/mail/{verb}.txt",
        to=[contract.manager or contract.officer],
        at=at,
        context={"contract": contract, "partner": subcontract.supplier},
    )


def _tell_both(subcontract: Subcontract, verb: str, *, by: User, at: dt.datetime) -> None:
    facts = {"partner": subcontract.supplier}
    tell_supplier(verb, subcontract.contract, by=by, at=at, facts=facts)
    people = User.objects.filter(
        memberships__supplier=subcontract.supplier_id, memberships__ended_at__isnull=True
    )
    mail.send(
        f"contracts/mail/{verb}_to_partner.txt",
        to=people.distinct().order_by("pk"),
        at=at,
        context={"contract": subcontract.contract},
    )
