"""Call-offs of a framework agreement: each has an account of its own (R-116)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.actions.contracts import concept_of, log_contract
from contracts.models import Contract, ContractStatus
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock

OF_FRAMEWORK = (
    "authority",
    "supplier",
    "tender",
    "category",
    "nature",
    "place",
    "regime",
    "legal_form",
    "value_table",
    "is_reserved",
)
OF_CONCEPT = (
    "rule",
    "base_kind",
    "percentage",
    "floor_eur",
    "cap_eur",
    "reason",
    "deviation",
    "exempt_reason",
    "follows_from",
)
OPEN = (ContractStatus.AWARDED, ContractStatus.HANDED_OVER, ContractStatus.ACTIVE)


class NotAFrameworkError(RefusedError):
    """Nothing can be called off from this contract."""


@transaction.atomic
def log_call_off(
    framework: Contract,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Contract:
    """Begin a call-off with what the framework says; all of it may still be changed.

    :raises NotAFrameworkError: when it is no framework, or one that is not open.
    """
    framework = lock(framework)
    if not framework.is_framework or framework.status not in OPEN:
        raise NotAFrameworkError(
            _("Only an awarded framework agreement that is open has call-offs.")
        )
    concept = concept_of(framework)
    proposed = {name: getattr(framework, name) for name in OF_FRAMEWORK}
    proposed |= {name: getattr(concept, name) for name in OF_CONCEPT}
    return log_contract({**proposed, "framework": framework, **facts}, by=by, at=at, key=key)
