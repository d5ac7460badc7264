"""Something bought, something proposed, on rows of the table that are no work."""

from decimal import Decimal

from candidates import actions
from tests.candidates import kinds


def fill(world) -> None:
    world.bought_row = kinds.row(world.table, "bought")
    agreed = kinds.row(world.table, "agreed")
    world.bought = [world.contract.pk, world.bought_row.pk]
    world.agreed = [world.contract.pk, agreed.pk]
    on = {"starts_on": world.today, "ends_on": world.today}
    claim = kinds.bought(world.bought_row, world.zuid, **on)
    by = {"by": world.sara, "at": world.now}
    world.purchase = actions.draft_claim(world.contract, claim, **by)
    actions.submit_share(world.purchase, **by)
    world.bought_draft = actions.draft_claim(
        world.contract, kinds.bought(world.bought_row, world.zuid, **on), **by
    )
    proposal = actions.Proposal(agreed, "Taalles op het werk", Decimal(2500), "Geen rij past.")
    world.agreement = actions.propose_agreement(world.contract, proposal, **by)
    for share in (world.purchase, world.bought_draft):
        share.refresh_from_db()
