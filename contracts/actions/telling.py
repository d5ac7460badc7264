"""Mail to the people of a supplier about a contract: where to look, without personal data."""

import datetime as dt
from collections.abc import Mapping

from contracts.models import Contract
from sroi_portal.core import mail
from sroi_portal.core.models import User


def tell_supplier(
    verb: str,
    contract: Contract,
    *,
    by: User,
    at: dt.datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Tell everybody who acts for the supplier, but not who did it."""
    people = User.objects.filter(
        memberships__supplier=contract.supplier_id, memberships__ended_at__isnull=True
    ).exclude(pk=by.pk)
    mail.send(
        f"contracts/mail/{verb}.txt",
        to=people.distinct().order_by("pk"),
        at=at,
        context={"contract": contract, **(facts or {})},
    )


def tell_authority(
    verb: str,
    contract: Contract,
    *,
    at: dt.datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Tell the named manager, or the officer as long as nobody is named."""
    mail.send(
        f"contracts/mail/{verb}.txt",
        to=[contract.manager or contract.officer],
        at=at,
        context={"contract": contract, **(facts or {})},
    )
