"""The authority's own work: somebody is away, a contract is offered to another authority."""

import datetime as dt

from contracts import actions as contract_actions
from sroi_portal.core import actions as core_actions
from sroi_portal.core.models import RoleName
from tests import factories


def fill(world) -> None:
    world.receiver = factories.AuthorityFactory(code="ON", name="Ministerie van Ontvangst")
    for name, role in (("rita", RoleName.OFFICER), ("mats", RoleName.MANAGER)):
        world.__dict__[name] = factories.UserFactory(
            name=name.capitalize(), email=f"{name}@example.org", password=world.password
        )
        factories.RoleAssignmentFactory(
            user=world.__dict__[name], authority=world.receiver, role=role
        )
    world.transfer = contract_actions.ask_transfer(
        world.over,
        world.receiver,
        world.today,
        by=world.cora,
        at=world.now,
        reason="De taken gaan naar het nieuwe ministerie.",
    )
    leave = (world.today + dt.timedelta(days=30), world.today + dt.timedelta(days=44))
    world.absence = core_actions.set_absence(
        world.role_of_olga, world.oda, leave, by=world.olga, at=world.now
    )
    for name, key in (("signals", "signals"), ("check", "to-check"), ("accept", "accept")):
        setattr(world, f"work_{name}", [key])
    passing = core_actions.give_role(
        world.piet, authority=world.ministry, role="adviser", by=world.adam, at=world.now
    )
    core_actions.take_role(passing, by=world.adam, at=world.now)
    told = {"contract": world.contract, "share": world.verified, "role": passing}
    for name, obj in told.items():
        setattr(world, f"told_{name}", [obj._meta.label_lower, obj.uuid])
