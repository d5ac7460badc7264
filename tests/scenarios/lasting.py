"""Somebody whose work ended half a year ago: asked twice, answered once; what is really added."""

import datetime as dt
from decimal import Decimal

from candidates import actions
from candidates.models import FollowUp
from reports import actions as report_actions


def fill(world):
    """Contracts of the scenario began a year ago, so that half a year fits in it."""
    by_sara = {"by": world.sara, "at": world.now}
    first = dt.date(world.today.year - 1, 1, 1)
    facts = actions.PlacementFacts(
        reference="K-51",
        block=world.ww,
        hours_per_week=Decimal(24),
        starts_on=first,
        ends_on=world.today - dt.timedelta(days=190),
        contract_form="temporary",
        informed_on=first,
    )
    ended = actions.enter_placement(world.contract, facts, **by_sara)
    period = (first, first.replace(day=31))
    share = actions.draft_contribution(ended, period=period, **by_sara)
    actions.submit_share(share, **by_sara)
    actions.ask_follow_ups(by=None, at=world.now - dt.timedelta(days=60))
    actions.ask_follow_ups(by=None, at=world.now)
    world.follow_up, world.unanswered = FollowUp.objects.filter(
        placement=ended, months__in=(3, 6)
    ).order_by("months")
    said = actions.Answer("with_us", Decimal(28), "permanent", world.today, "supplier")
    actions.answer_follow_up(world.follow_up, said, **by_sara)
    actions.answer_follow_up(world.follow_up, actions.Answer("elsewhere"), by=None, at=world.now)
    told = {"hired_anyway": "no", "takes_a_place": "unknown"}
    actions.state_additionality(world.placement, told, **by_sara)
    for each in (world.follow_up, world.unanswered):
        each.refresh_from_db()
    _worth(world)


def _worth(world):
    """A table of made-up values that somebody else drew up, as a concept."""
    by = {"by": world.adam, "at": world.now}
    facts = {
        "name": "Voorbeeld",
        "version": "1",
        "valid_from": dt.date(world.today.year - 1, 1, 1),
        "is_example": True,
    }
    world.proxies = report_actions.draft_proxies(facts, **by)
    worth = {
        "outcome": "person",
        "value_eur": Decimal("1200.00"),
        "source": "Verzonnen",
        "deadweight_pct": Decimal(30),
        "attribution_pct": Decimal(20),
        "displacement_pct": Decimal(10),
        "reason": "Verzonnen",
    }
    report_actions.set_proxy(world.proxies, worth, **by)
    world.proxies.refresh_from_db()
    world.one_proxy = [world.proxies.pk, "person"]
