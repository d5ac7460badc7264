"""A partner in each status on the contract of Leverancier Noord."""

import re
import uuid

from candidates import actions as candidate_actions
from contracts import actions
from sroi_portal.core.models import Outgoing
from tests import factories
from tests.candidates import kinds

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
    _purchase(world)


def _purchase(world) -> None:
    """A purchase whose partner is asked, with the link as it was mailed."""
    row = world.bought_row  # of the part `kinds`, filled before
    claim = kinds.bought(row, world.partner_agreed.supplier, invoice_number="P-77")
    world.purchase = candidate_actions.draft_claim(
        world.contract, claim, by=world.sara, at=world.now
    )
    candidate_actions.submit_share(world.purchase, by=world.sara, at=world.now)
    world.purchase.refresh_from_db()
    candidate_actions.ask_confirmation(
        world.purchase.contribution, email="partner@example.org", by=world.sara, at=world.now
    )
    mail = Outgoing.objects.get(to_address="partner@example.org")
    world.confirm_token = [re.search(r"/confirm/([\w-]+)/", mail.body)[1]]
