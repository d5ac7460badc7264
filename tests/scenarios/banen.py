"""Placements that count for the banenafspraak: to be checked, checked, not confirmed."""

from decimal import Decimal

from candidates import actions


def fill(world) -> None:
    by_sara = {"by": world.sara, "at": world.now}
    world.agreed_job = actions.register_job(world.placement, _facts(world), **by_sara)
    told = actions.PlacementFacts(
        reference="K-91",
        block=world.ww,
        hours_per_week=Decimal(36),
        starts_on=world.placement.starts_on,
        contract_form="temporary",
    )
    placement = actions.enter_placement(world.contract, told, **by_sara)
    actions.register_job(placement, _facts(world), **by_sara)
    world.on_job = [world.placement.pk]
    world.on_jobs_only = [placement.pk]


def _facts(world) -> actions.JobFacts:
    return actions.JobFacts("service", world.today, Decimal(36))
