"""Life goes on in the demo: somebody is away, a contract moved, a supplier was taken over."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils import timezone

from candidates import actions as candidate_actions
from contracts import actions as contract_actions
from contracts.models import Contract, ContractStatus
from sroi_portal.core import actions as core_actions
from sroi_portal.core.models import Authority, RoleAssignment, RoleName, User
from suppliers import actions as supplier_actions
from suppliers.models import Supplier

DAY = dt.timedelta(days=1)


def load(
    users: Mapping[str, User],
    authorities: Sequence[Authority],
    suppliers: Sequence[Supplier],
    *,
    now: dt.datetime,
) -> None:
    """Let Otto be away for two weeks, and let two decisions of last month stand."""
    today, then = timezone.localdate(now), now - 30 * DAY
    held = RoleAssignment.objects.held().filter(role=RoleName.COORDINATOR)
    away = held.get(user=users["Otto"], authority=authorities[1])
    core_actions.set_absence(
        away, users["Olga"], (today, today + 14 * DAY), by=users["Otto"], at=now
    )
    for authority in authorities:
        facts = {"escalates_to": users["Vera"]}
        core_actions.change_authority(authority, facts, by=users["Adam"], at=then)
    _moved(users, authorities, then)
    _taken_over(users, suppliers, then)


def _moved(users: Mapping[str, User], authorities: Sequence[Authority], at: dt.datetime) -> None:
    """Move a contract that nobody manages yet from the first ministry to the last."""
    rita = core_actions.add_person(
        name="Rita",
        email="rita@overheid.example",
        authority=authorities[-1],
        roles=[RoleName.OFFICER],
        by=users["Adam"],
        at=at,
    )
    waiting = Contract.objects.filter(
        status=ContractStatus.AWARDED,
        is_framework=False,
        framework=None,
        authority__in=authorities[:-1],
    )
    contract = waiting.order_by("pk").first()
    if contract is None:
        return
    transfer = contract_actions.ask_transfer(
        contract,
        authorities[-1],
        timezone.localdate(at),
        by=users["Piet"],
        at=at,
        reason="De taken gaan bij de herindeling naar een ander ministerie.",
    )
    candidate_actions.accept_transfer(transfer, users["Cora"], by=rita, at=at + DAY)


def _taken_over(users: Mapping[str, User], suppliers: Sequence[Supplier], at: dt.datetime) -> None:
    gone = supplier_actions.register_supplier(
        name="Beveiliging Nachtmodel", kvk="99990099", by=users["Piet"], at=at
    )
    candidate_actions.merge_supplier(
        gone,
        suppliers[-1],
        timezone.localdate(at),
        by=users["Piet"],
        at=at + DAY,
        reason="Fusie volgens het handelsregister.",
    )
