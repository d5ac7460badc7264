"""The banenafspraak in the demo: people who count for it beside social return, and some alone."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from django.utils import timezone

from candidates import actions
from candidates.agreed_jobs import posting
from candidates.models import Placement, PlacementStatus, Share
from contracts.models import Block, Contract
from sroi_portal.core.models import User

DAY = dt.timedelta(days=1)
FORMS = ("service", "service", "employed", "hired_in", "service", "hired_in")
HOURS = tuple(Decimal(hours) for hours in ("12.75", "16", "20", "24", "25.5", "28", "32"))
EACH = 3  # of the placements of the demo, one counts for the banenafspraak too
ALONE = 14  # people of whom nothing is claimed for social return
REASON = "Het antwoord van de werkgeversportal was niet te zien."

type Who = Callable[[Contract], User]


def load(submitter: Who, checker: Who, *, now: dt.datetime) -> None:
    """State it of many placements; most are checked, a few wait or are not confirmed."""
    worked = Share.objects.filter(status="verified").values("contribution__placement")
    kept = Placement.objects.exclude(status=PlacementStatus.WITHDRAWN).select_related("contract")
    both = list(kept.filter(pk__in=worked).order_by("starts_on", "pk"))[::EACH]
    for number, placement in enumerate(both):
        _state(placement, number, submitter, checker, now=now)
    _alone(submitter, checker, now=now)
    posting.post_closed_months(at=now)


def _state(
    placement: Placement, number: int, submitter: Who, checker: Who, *, now: dt.datetime
) -> None:
    known_on = placement.starts_on - 3 * DAY
    stated = min(_noon(placement.starts_on + 9 * DAY), now - DAY)
    facts = actions.JobFacts(
        FORMS[number % len(FORMS)], min(known_on, stated.date()), HOURS[number % len(HOURS)]
    )
    job = actions.register_job(placement, facts, by=submitter(placement.contract), at=stated)
    checked = min(stated + 20 * DAY, now)
    by = checker(placement.contract)
    if number % 11 == 4:
        actions.decline_job(job, by=by, at=checked, reason=REASON)
    elif number % 9 != 7:
        actions.confirm_job(job, by=by, at=checked)


def _alone(submitter: Who, checker: Who, *, now: dt.datetime) -> None:
    """Hire people in for a year whom nobody claims: a year that is over, and this one."""
    today = timezone.localdate(now)
    running = Contract.objects.filter(
        status="active", value_table__isnull=False, is_framework=False
    )
    year = today.year - 1
    long = running.filter(starts_on__lte=dt.date(year, 6, 1), ends_on__gte=today)
    contracts = list(long.select_related("supplier", "authority").order_by("supplier", "pk"))
    contracts = [each for each in contracts if each.accepts_contributions]
    for number in range(ALONE if contracts else 0):
        contract = contracts[number % len(contracts)]
        first = max(dt.date(year, 2, 1), contract.starts_on or today) + number * DAY
        row = Block.objects.filter(table=contract.value_table, unit="full_time_year").first()
        if row is None:
            continue
        told = actions.PlacementFacts(
            reference=f"B-{number + 1:02d}",
            block=row,
            hours_per_week=Decimal(28),
            starts_on=first,
            contract_form="agency",
            ends_on=first + 330 * DAY,
            informed_on=first,
        )
        at = _noon(first + 2 * DAY)
        placement = actions.enter_placement(contract, told, by=submitter(contract), at=at)
        facts = actions.JobFacts("hired_in", first - DAY, Decimal(28))
        by = submitter(contract)
        job = actions.register_job(placement, facts, by=by, at=at + DAY)
        actions.confirm_job(job, by=checker(contract), at=at + 12 * DAY)


def _noon(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
