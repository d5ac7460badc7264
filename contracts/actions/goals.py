"""Goals of a tailored contract, each counted in its own unit (R-118)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import ledger
from contracts.actions.obligations import CHANGING
from contracts.actions.telling import tell_supplier
from contracts.models import Account, Contract, ContractStatus, Goal, GoalProgress, Regime
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, save

RECORDING = (*CHANGING, ContractStatus.SETTLING)


class GoalStandsError(RefusedError):
    """The goal cannot be set, changed or counted, or not in this way."""


@transaction.atomic
def set_goal(
    contract: Contract,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Goal:
    """Agree on a goal: it is owed from now on, in its own unit.

    :raises GoalStandsError: of a contract that is not tailored, not awarded, or settled.
    """
    contract = lock(contract)
    _require_tailored(contract)
    goal = Goal(
        uuid=key or uuid.uuid4(),
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        agreed_on=timezone.localdate(at),
        **facts,
    )
    save(goal)
    audit.record(goal, "set_goal", by=by, at=at)
    _post(goal, by=by, at=at)
    tell_supplier("set_goal", contract, by=by, at=at, facts={"goal": goal})
    return goal


@transaction.atomic
def change_goal(
    goal: Goal,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Goal:
    """Agree on it anew; the same facts once more change nothing.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises GoalStandsError: when it was given up, or counts in another unit already.
    """
    goal = _living(goal, revision=revision)
    changed = [name for name, value in facts.items() if getattr(goal, name) != value]
    if not changed:
        return goal
    if "unit" in changed and goal.progress.exists():
        raise GoalStandsError(_("Progress was counted in this unit: it stays as it is."))
    for name in changed:
        setattr(goal, name, facts[name])
    save(goal)
    audit.record(goal, "change_goal", by=by, at=at, changed=changed)
    _post(goal, by=by, at=at)
    tell_supplier("change_goal", goal.contract, by=by, at=at, facts={"goal": goal})
    return goal


@transaction.atomic
def give_up_goal(
    goal: Goal, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> Goal:
    """Agree that it is owed no longer; what was reached of it stays."""
    goal = _living(goal, revision=revision)
    goal.ended_on = timezone.localdate(at)
    save(goal)
    audit.record(goal, "give_up_goal", by=by, at=at, changed=["ended_on"], remark=reason)
    _post(goal, by=by, at=at)
    tell_supplier("give_up_goal", goal.contract, by=by, at=at, facts={"goal": goal})
    return goal


@transaction.atomic
def record_progress(
    goal: Goal,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> GoalProgress:
    """Count what was reached; less than zero corrects what was counted before.

    :raises GoalStandsError: of a day to come, or when less than nothing would be reached.
    """
    goal = _living(goal, statuses=RECORDING)
    if facts["reached_on"] > timezone.localdate(at):
        raise GoalStandsError(_("This day lies in the future."))
    reached = goal.progress.aggregate(total=Sum("quantity"))["total"] or Decimal(0)
    if reached + facts["quantity"] < 0:
        raise GoalStandsError(_("That is more than was reached: less than nothing would be left."))
    progress = GoalProgress(
        uuid=key or uuid.uuid4(),
        goal=goal,
        authority=goal.authority,
        supplier=goal.supplier,
        recorded_by=by,
        recorded_at=at,
        **facts,
    )
    save(progress)
    audit.record(progress, "record_progress", by=by, at=at)
    wanted = _wanted(goal, Account.VERIFIED, progress.reached_on, progress.quantity)
    ledger.post(ledger.Source.of(progress), [wanted], by=by, at=at)
    tell_supplier("record_progress", goal.contract, by=by, at=at, facts={"goal": goal})
    return progress


def _living(
    goal: Goal,
    *,
    statuses: tuple[ContractStatus, ...] = CHANGING,
    revision: int | None = None,
) -> Goal:
    """Lock the contract, then the goal, which was not given up."""
    contract = lock(goal.contract)
    _require_tailored(contract, statuses)
    goal = lock(goal, revision=revision)
    goal.contract = contract
    if goal.ended_on:
        raise GoalStandsError(_("This goal was given up."))
    return goal


def _require_tailored(contract: Contract, statuses: tuple[ContractStatus, ...] = CHANGING) -> None:
    if contract.regime != Regime.TAILORED:
        raise GoalStandsError(_("Goals belong to a contract with a tailored way of working."))
    if contract.status not in statuses:
        raise GoalStandsError(_("Goals are set from the award until the contract is settled."))
    if contract.is_framework:
        raise GoalStandsError(_("A framework owes nothing itself: its call-offs do."))


def _post(goal: Goal, *, by: User, at: dt.datetime) -> None:
    """Post what the goal is owed for now: nothing once it is given up."""
    wanted = [] if goal.ended_on else [_wanted(goal, Account.OBLIGATION, goal.agreed_on)]
    ledger.post(ledger.Source.of(goal), wanted, by=by, at=at)


def _wanted(
    goal: Goal, account: Account, day: dt.date, quantity: Decimal | None = None
) -> ledger.Wanted:
    return ledger.Wanted(
        contract_id=goal.contract_id,
        account=account,
        month=ledger.month_of(day),
        quantity=goal.quantity if quantity is None else quantity,
        unit=goal.unit,
        goal=goal.uuid,
    )
