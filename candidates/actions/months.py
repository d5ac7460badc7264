"""A month of a running placement in one go, and the step to a permanent contract."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from candidates import locking
from candidates.actions.placements import NotInTableError, change_hours, post_plan
from candidates.actions.shares import draft_contribution, submit_share
from candidates.models import Candidate, Placement, PlacementStatus, Share
from candidates.worth import bonuses_of
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, lock, save


@transaction.atomic
def submit_month(
    placement: Placement,
    *,
    by: User,
    at: dt.datetime,
    period: tuple[dt.date, dt.date],
    hours_per_week: Decimal,
) -> Share:
    """Submit what was worked in a month, with the hours of the month before or others (C08)."""
    locking.lock_people(Candidate.objects.filter(pk=placement.candidate_id))
    past = placement.weekly_hours.filter(holds_from__lte=period[0]).order_by("-holds_from")
    before = past.values_list("hours_per_week", flat=True).first()
    if before != hours_per_week:
        change_hours(placement, by=by, at=at, holds_from=period[0], hours_per_week=hours_per_week)
    share = draft_contribution(placement, by=by, at=at, period=period)
    submit_share(share, by=by, at=at)
    return share


@transaction.atomic
def make_permanent(
    placement: Placement,
    *,
    by: User,
    at: dt.datetime,
    permanent_on: dt.date,
    bonus_codes: Sequence[str] = (),
) -> None:
    """Write down from which day the contract is permanent; its bonus holds from then (S05).

    :raises IllegalMoveError: when the placement was withdrawn, or ended before that day.
    """
    placement = lock(placement)
    is_over = placement.ends_on is not None and placement.ends_on < permanent_on
    if is_over or placement.status == PlacementStatus.WITHDRAWN:
        raise IllegalMoveError(_("The placement ended before this day."))
    if set(bonus_codes) - {each.code for each in bonuses_of(placement.block)}:
        raise NotInTableError(_("This bonus does not hold for the row of the placement."))
    placement.permanent_on = permanent_on
    placement.permanent_bonus_codes = sorted(set(bonus_codes))
    save(placement)
    post_plan(placement, by=by, at=at)
    changed = ["permanent_on", "permanent_bonus_codes"]
    audit.record(placement, "make_permanent", by=by, at=at, changed=changed)
