"""What a shared path leaves a supplier to claim, read as the worker: nobody sees the other's (R-386)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from candidates.models import (
    CLAIMED,
    FREED,
    Contribution,
    PathPerson,
    PathPlan,
    PathPlanStatus,
    Placement,
    Share,
    UsedMonth,
    UsedMonthFacts,
)
from candidates.models.used_month import Person
from candidates.parts import DividedTooFarError
from candidates.path_credit import Stretch, allowed_pct, first_piece
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.status import RefusedError
from sroi_portal.core.templatetags import formats

WHOLE = Decimal(100)


class PathExceededError(DividedTooFarError):
    """More is claimed than the shared path gives this supplier in these days."""


class PathCreditedError(RefusedError):
    """Something was submitted of the person in the days of the path."""


@dataclass(frozen=True)
class Told:
    """What the explanation of a share says of the path it is part of."""

    pct: Decimal
    version: int
    settled_on: dt.date | None
    others: list[str]


def plan_of(candidate_id: int) -> PathPlan | None:
    """Find the agreed plan of the path that a candidate walks, as the worker."""
    plans = PathPlan.objects.filter(
        path__people__candidate=candidate_id, status=PathPlanStatus.AGREED
    )
    plan: PathPlan | None = plans.prefetch_related("steps__supplier").first()
    return plan


def proposed(
    placement: Placement, first: dt.date, last: dt.date
) -> tuple[dt.date, dt.date, Decimal] | None:
    """Propose the days of one agreed part, and that part; none when no path is walked (R-422)."""
    with acting_as(DatabaseRole.WORKER):
        plan = plan_of(placement.candidate_id)
        if plan is None:
            return None
        return first_piece(plan.stretches(), placement.supplier_id, first, last)


def require_uncredited(tie: PathPerson) -> None:
    """Refuse once something of the person was submitted in days on which the path is walked.

    :raises PathCreditedError: when there is.
    """
    claims = Contribution.objects.filter(
        placement__candidate=tie.candidate_id, is_live=True, shares__status__in=CLAIMED
    ).distinct()
    with acting_as(DatabaseRole.WORKER):
        plan = plan_of(tie.candidate_id)
        stretches = plan.stretches() if plan else []
        walked = [
            each
            for each in claims
            if any(
                step.starts_on <= each.ends_on
                and (step.ends_on is None or step.ends_on >= each.starts_on)
                for step in stretches
            )
        ]
    if walked:
        raise PathCreditedError(
            _(
                "Something of this person was submitted for days of this path. "
                "Withdraw it first; what was granted stays with the path."
            )
        )


def require_within(contribution: Contribution) -> None:
    """Refuse parts that are together more than the path gives in these days.

    The people of the path are locked, so that no other plan is agreed meanwhile.

    :raises PathExceededError: when they are.
    """
    if contribution.placement is None:
        return
    with acting_as(DatabaseRole.WORKER):
        plan = plan_of(contribution.placement.candidate_id)
        if plan is None:
            return
        living = contribution.shares.exclude(status__in=FREED)
        claimed: Decimal = living.aggregate(total=Sum("pct"))["total"] or Decimal(0)
        refuse_more(plan.stretches(), contribution, claimed)


def refuse_more(stretches: list[Stretch], contribution: Contribution, claimed: Decimal) -> None:
    first, last = contribution.starts_on, contribution.ends_on
    allowed = allowed_pct(stretches, contribution.supplier_id, first, last)
    if claimed > allowed:
        facts = {
            "first": formats.day(first),
            "last": formats.day(last),
            "allowed": formats.pct(allowed),
            "claimed": formats.pct(claimed),
        }
        raise PathExceededError(
            _(
                "This person walks a shared path. From %(first)s to %(last)s your part is "
                "%(allowed)s, and this is %(claimed)s. Change the part or the period."
            )
            % facts
        )


def require_claims_fit(plan: PathPlan, stretches: list[Stretch]) -> None:
    """Refuse a division that gives less than what was claimed already; run as the worker.

    :raises PathExceededError: when it does.
    """
    candidates = plan.path.people.values("candidate")
    claims = Contribution.objects.filter(
        placement__candidate__in=candidates, is_live=True, shares__status__in=CLAIMED
    )
    total = Sum("shares__pct", filter=Q(shares__status__in=CLAIMED))
    for each in claims.annotate(claimed=total).order_by("pk"):
        refuse_more(stretches, each, each.claimed)


def of_share(share: Share, *, is_own: bool) -> Told | None:
    """Say which part the path gives in the period of a share; the others to its supplier only."""
    placement, contribution = share.contribution.placement, share.contribution
    if placement is None:
        return None
    with acting_as(DatabaseRole.WORKER):
        plan = plan_of(placement.candidate_id)
        if plan is None:
            return None
        first, last = contribution.starts_on, contribution.ends_on
        pct = allowed_pct(plan.stretches(), share.supplier_id, first, last)
        names = {
            each.supplier.name for each in plan.steps.all() if each.supplier_id != share.supplier_id
        }
    return Told(pct, plan.version, plan.settled_on, sorted(names) if is_own else [])


def mates_of(people: Iterable[Person]) -> dict[Person, list[Person]]:
    """Find who else the people of paths are: the same person at other suppliers."""
    wanted = set(people)
    ties = PathPerson.objects.filter(
        path__people__candidate__supplier__in={supplier for supplier, _hash in wanted},
        path__people__candidate__reference_hash__in=[key for _supplier, key in wanted],
    )
    by_path: dict[int, set[Person]] = defaultdict(set)
    for path, supplier, key in ties.values_list("path", "supplier", "candidate__reference_hash"):
        by_path[path].add((supplier, bytes(key)))
    found: dict[Person, list[Person]] = {}
    for together in by_path.values():
        for person in together & wanted:
            found[person] = sorted(together - {person})
    return found


def months_of_mates(person: Person, statuses: Iterable[str]) -> dict[dt.date, Fraction]:
    """Sum what other suppliers of the path use of each month: it is one person (R-387)."""
    with acting_as(DatabaseRole.WORKER):
        mates = mates_of([person]).get(person, [])
        if not mates:
            return {}
        used = UsedMonth.objects.counting(statuses).of_each(mates)
    return months_of(facts for rows in used.values() for _share, facts in rows)


def months_of(used: Iterable[UsedMonthFacts]) -> dict[dt.date, Fraction]:
    """Add up which part of each month is used."""
    parts: dict[dt.date, Fraction] = defaultdict(Fraction)
    for facts in used:
        parts[facts.month] += Fraction(facts.part)
    return dict(parts)
