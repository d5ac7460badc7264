"""Mail to the people of a supplier about a contract: where to look, without personal data."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Exists, Q, QuerySet

from contracts.models import Contract, Delegation
from sroi_portal.core import mail
from sroi_portal.core.models import NoticeKind, User


def people_of(contract: Contract) -> QuerySet[User]:
    """Find who looks after it for the supplier: who was named, or else everybody (R-244)."""
    held = {
        "user__memberships__supplier": contract.supplier_id,
        "user__memberships__ended_at__isnull": True,
        "user__is_active": True,
    }
    named = Delegation.objects.filter(contract=contract, **held)
    people: QuerySet[User] = User.objects.filter(
        memberships__supplier=contract.supplier_id, memberships__ended_at__isnull=True
    )
    wanted = Q(pk__in=named.values("user")) | ~Q(Exists(named))
    return people.filter(wanted).distinct().order_by("pk")


def tell_supplier(
    verb: str,
    contract: Contract,
    *,
    by: User,
    at: dt.datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """Tell who looks after it for the supplier, but not who did it."""
    mail.send(
        f"contracts/mail/{verb}.txt",
        to=people_of(contract).exclude(pk=by.pk),
        at=at,
        context={"contract": contract, **(facts or {})},
        notice=NoticeKind.CONTRACT,
        about=contract,
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
