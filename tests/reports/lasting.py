"""People whose work ended, with the questions and answers that follow, straight into the tables."""

import datetime as dt
from decimal import Decimal

from candidates.models import FollowUp, FollowUpAnswer, Placement, WeeklyHours
from tests.conftest import NOON

ENDED = dt.date(2026, 3, 31)
FALLS = {3: dt.date(2026, 6, 30), 6: dt.date(2026, 9, 30), 12: dt.date(2027, 3, 31)}
LATER = NOON.replace(year=2028)


def ends(person, contract, *, hours=(), ends_on=ENDED, **facts):
    """Write the last day on the placement, and hours a week from the first day on."""
    placement = Placement.objects.get(candidate=person, contract=contract)
    Placement.objects.filter(pk=placement.pk).update(ends_on=ends_on, **facts)
    for number, hours_per_week in enumerate(hours):
        WeeklyHours.objects.create(
            placement=placement,
            supplier=placement.supplier,
            holds_from=placement.starts_on + dt.timedelta(days=30 * number),
            hours_per_week=Decimal(hours_per_week),
        )
    placement.refresh_from_db()
    return placement


def asks(placement, months=3, *outcomes, by=None, **said):
    """Ask once; the supplier answers first when `by` is given, then the person."""
    question = FollowUp.objects.create(
        placement=placement,
        supplier=placement.supplier,
        months=months,
        counts_from=ENDED,
        falls_on=FALLS[months],
        due_on=FALLS[months] + dt.timedelta(days=28),
        asked_at=NOON,
    )
    for said_by, outcome in zip(("supplier", "candidate"), outcomes, strict=False):
        if outcome:
            FollowUpAnswer.objects.create(
                follow_up=question,
                placement=placement,
                supplier=placement.supplier,
                said_by=said_by,
                outcome=outcome,
                answered_by=by if said_by == "supplier" else None,
                answered_at=NOON,
                **said,
            )
    return question
