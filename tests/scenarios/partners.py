"""A partner in each status on the contract of Leverancier Noord."""

import uuid

from contracts import actions
from tests import factories

STATUSES = ("proposed", "agreed", "refused", "ended")


def fill(world) -> None:
    first = world.contract.starts_on
    facts = {"kind": "social", "work": "Wassen van werkkleding", "starts_on": first}
    for number, status in enumerate(STATUSES):
        partner = factories.SupplierFactory(
            name=f"Sociale Partner {number}", kvk=f"9999100{number}"
        )
        made = actions.name_partner(
            world.contract, partner, facts, by=world.sara, at=world.now, key=uuid.uuid4()
        )
        setattr(world, f"partner_{status}", made)
    by = {"by": world.cora, "at": world.now}
    actions.consent_partner(world.partner_agreed, **by)
    actions.refuse_partner(world.partner_refused, reason="Dit werk doet u zelf.", **by)
    actions.end_partner(world.partner_ended, ends_on=world.today, **by)
    world.wim = factories.UserFactory(name="Wim", email="wim@example.org", password=world.password)
    factories.MembershipFactory(user=world.wim, supplier=world.partner_agreed.supplier)
