"""Shares that were objected to, missed, or divided over contracts."""

import datetime as dt
from decimal import Decimal

from candidates import actions


def fill(world):
    first = dt.date(world.today.year - 1, 1, 1)
    facts = actions.PlacementFacts(
        reference="K-70",
        block=world.ww,
        hours_per_week=Decimal(24),
        starts_on=first,
        contract_form="temporary",
        informed_on=first,
    )
    placement = actions.enter_placement(world.contract, facts, by=world.sara, at=world.now)
    long_ago = world.now - dt.timedelta(days=60)
    for number, name in enumerate(("objected", "unchecked"), 1):
        period = (first.replace(month=number), first.replace(month=number, day=28))
        share = actions.draft_contribution(placement, by=world.sara, at=long_ago, period=period)
        actions.submit_share(share, by=world.sara, at=long_ago)
        setattr(world, name, share)
    actions.reject_share(world.objected, by=world.oda, at=world.now, reason="Geen bewijs gezien.")
    actions.object_share(world.objected, by=world.sara, at=world.now, reason="Het zat erbij.")
    actions.mark_share_unchecked(world.unchecked, at=world.now)
    world.bulk = actions.ask_bulk_check([world.submitted.pk], by=world.olga, at=world.now)
    world.divided = _divided(world, placement, first.replace(month=3))
    for share in (world.objected, world.unchecked):
        share.refresh_from_db()


def _divided(world, placement, first):
    """Forty per cent for another contract of the same supplier; the first part is submitted."""
    period = (first, first.replace(day=28))
    share = actions.draft_contribution(placement, by=world.sara, at=world.now, period=period)
    wanted = [
        actions.Part(world.contract, world.ww, Decimal(60)),
        actions.Part(world.reserved, world.ww, Decimal(40)),
    ]
    by = {"by": world.sara, "at": world.now}
    first, second = actions.divide_contribution(share.contribution, wanted, **by)
    actions.submit_share(first, **by)
    return second
