"""What would close a gap, in the terms of the contract: for a conversation, not a penalty (N07)."""

import math
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from contracts.facts.figures import Figures
from contracts.models import Account, Block, Contract, Goal, LedgerEntry, LedgerUnit
from contracts.valuation import ASSUMED_NORM_HOURS, Unit
from sroi_portal.core.money import ZERO

MONTHS_A_YEAR = 12
DAYS_A_WEEK, DAYS_A_YEAR = 7, 365


@dataclass(frozen=True, slots=True)
class Options:
    """Three ways to close a gap: a person, a purchase, a partner."""

    unit: str
    gap: Decimal
    people: int = 0  # who start, where persons are counted
    months: int = 0  # of full-time work
    weeks: int = 0  # of full-time work, where hours are counted
    week_hours: Decimal = ZERO
    at_once: int = 1  # so many people together, where the term is too short for one
    person: Block | None = None
    purchase: Block | None = None
    purchase_eur: Decimal = ZERO
    goal: Goal | None = None
    goal_missing: Decimal = ZERO


def options(figures: Figures) -> Options | None:
    """Say in the unit that steers what would close the gap to date.

    None without a gap, and once the last day has passed: then it is settled.
    """
    gap, unit = figures.standing.gap, figures.standing.unit
    if gap <= 0 or figures.is_over:
        return None
    if unit == LedgerUnit.EURO:
        return _in_euros(figures, gap)
    if unit == LedgerUnit.OWN:
        goal, missing = _furthest_behind(figures.contract)
        return Options(unit, gap, goal=goal, goal_missing=missing)
    if unit == LedgerUnit.PERSON:
        return Options(unit, gap, people=math.ceil(gap))
    if unit == LedgerUnit.FTE_YEAR:
        at_once, months = _shared(math.ceil(gap * MONTHS_A_YEAR), _months_left(figures))
        return Options(unit, gap, months=months, at_once=at_once)
    table = figures.contract.value_table
    hours = table.as_terms().norm[0] if table else ASSUMED_NORM_HOURS
    left = None if figures.days_left is None else figures.days_left // DAYS_A_WEEK
    at_once, weeks = _shared(math.ceil(gap / hours), left)
    return Options(unit, gap, weeks=weeks, week_hours=hours, at_once=at_once)


def _shared(needed: int, left: int | None) -> tuple[int, int]:
    """Divide months or weeks over so many people that the term is long enough; none of none."""
    if left is None or needed <= left:
        return 1, needed
    if not left:
        return 1, 0
    at_once = math.ceil(needed / left)
    return at_once, math.ceil(needed / at_once)


def _months_left(figures: Figures) -> int | None:
    days = figures.days_left
    return None if days is None else days * MONTHS_A_YEAR // DAYS_A_YEAR


def _in_euros(figures: Figures, gap: Decimal) -> Options:
    contract = figures.contract
    rows = list(Block.objects.filter(table=contract.value_table_id).order_by("position"))
    people = [row for row in rows if row.unit == Unit.FULL_TIME_YEAR and row.value_eur]
    person = max(people, key=lambda row: row.value_eur or 0, default=None)
    at_once, months = 1, 0
    if person and person.value_eur:
        needed = math.ceil(gap * MONTHS_A_YEAR / person.value_eur)
        at_once, months = _shared(needed, _months_left(figures))
    purchase = next((row for row in rows if row.kind == "purchase"), None)
    return Options(
        LedgerUnit.EURO,
        gap,
        person=person if months else None,
        months=months,
        at_once=at_once,
        purchase=purchase,
        purchase_eur=_invoice_for(gap, purchase),
    )


def _invoice_for(gap: Decimal, purchase: Block | None) -> Decimal:
    """Give what an invoice without VAT would have to be; nothing where the row is no share."""
    if purchase is None or purchase.unit != Unit.INVOICE_SHARE:
        return ZERO
    share = purchase.as_terms().recognition_pct
    return Decimal(math.ceil(gap * 100 / share)) if share else ZERO


def _furthest_behind(contract: Contract) -> tuple[Goal | None, Decimal]:
    """Find the goal that is reached least, the first due of those, and what it misses."""
    goals = list(Goal.objects.filter(contract=contract, ended_on__isnull=True))
    reached = dict(
        LedgerEntry.objects.filter(contract=contract, goal__isnull=False)
        .exclude(unit=LedgerUnit.EURO)
        .values_list("goal")
        .annotate(done=Sum("quantity", filter=Q(account=Account.VERIFIED), default=ZERO))
    )
    open_goals = [
        (reached.get(goal.uuid, ZERO) / goal.quantity, goal.due_on, goal.pk, goal)
        for goal in goals
        if reached.get(goal.uuid, ZERO) < goal.quantity
    ]
    if not open_goals:
        return None, ZERO
    goal = min(open_goals)[3]
    return goal, goal.quantity - reached.get(goal.uuid, ZERO)
