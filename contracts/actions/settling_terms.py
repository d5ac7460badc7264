"""Terms of an authority and of a contract for when a supplier stays behind."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, ContractStatus, SettlingTerms
from sroi_portal.core import audit
from sroi_portal.core.models import Authority, User
from sroi_portal.core.status import IllegalMoveError, lock, save

FREE = (
    ContractStatus.DRAFT,
    ContractStatus.AWARDED,
    ContractStatus.HANDED_OVER,
    ContractStatus.ACTIVE,
)


def settling_terms(authority: Authority) -> SettlingTerms:
    """Give the terms of the authority, or the defaults (R-224)."""
    found = SettlingTerms.objects.filter(authority=authority).first()
    return found or SettlingTerms(authority=authority)


@transaction.atomic
def set_settling_terms(
    authority: Authority, facts: Mapping[str, Any], *, by: User, at: dt.datetime
) -> SettlingTerms:
    """Choose the terms for letters and contracts to come; what runs keeps its own."""
    terms = settling_terms(authority)
    changed = [name for name, value in facts.items() if getattr(terms, name) != value]
    if changed or terms.pk is None:
        for name, value in facts.items():
            setattr(terms, name, value)
        save(terms)
        audit.record(terms, "set_settling_terms", by=by, at=at, changed=changed)
    return terms


@transaction.atomic
def set_malus_factor(
    contract: Contract, factor: Decimal, *, by: User, at: dt.datetime, reason: str
) -> Contract:
    """Lay down what the contract says about a malus, before it is settled (R-229).

    :raises IllegalMoveError: once the settlement has begun.
    """
    contract = lock(contract)
    if contract.status not in FREE:
        raise IllegalMoveError(_("The settlement has begun: the multiple stays as it is."))
    if contract.malus_factor != factor:
        contract.malus_factor = factor
        save(contract)
        changed = ["malus_factor"]
        audit.record(contract, "set_malus_factor", by=by, at=at, changed=changed, remark=reason)
    return contract
