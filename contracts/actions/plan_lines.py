"""Lines of an open plan; a side that changes them takes the other's agreement away (R-191)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.actions.plans import PlanStandsError, locked, next_position
from contracts.models import OPEN_PLANS, Plan, PlanComment, PlanLine
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, save


@transaction.atomic
def add_plan_line(
    plan: Plan,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> PlanLine:
    """Promise something more.

    :raises PlanStandsError: when the plan was agreed to, or the days lie outside the contract.
    """
    plan = _open(plan)
    _require_within(plan, facts)
    line = PlanLine(
        uuid=key or uuid.uuid4(),
        plan=plan,
        authority_id=plan.authority_id,
        supplier_id=plan.supplier_id,
        position=next_position(plan),
        **facts,
    )
    save(line)
    audit.record(line, "add_plan_line", by=by, at=at)
    return line


@transaction.atomic
def change_plan_line(
    line: PlanLine,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> PlanLine:
    """Promise something else; the same facts once more change nothing.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises PlanStandsError: when the plan was agreed to, or the days lie outside the contract.
    """
    changed = [name for name, value in facts.items() if getattr(line, name) != value]
    plan = _open(line.plan, is_changed=bool(changed))
    line = lock(line, revision=revision)
    if not changed:
        return line
    _require_within(plan, facts)
    for name in changed:
        setattr(line, name, facts[name])
    save(line)
    audit.record(line, "change_plan_line", by=by, at=at, changed=changed)
    return line


@transaction.atomic
def remove_plan_line(line: PlanLine, *, by: User, at: dt.datetime) -> None:
    """Take a promise out of an open plan; what was said of it stays with the plan."""
    _open(line.plan)
    line = lock(line)
    PlanComment.objects.filter(line=line).update(line=None)
    audit.record(line, "remove_plan_line", by=by, at=at)
    line.delete()


@transaction.atomic
def move_plan_line(line: PlanLine, *, by: User, at: dt.datetime, is_up: bool) -> None:
    """Change places with the line before or after; the agreement stays."""
    plan = _open(line.plan, is_changed=False)
    lines = list(plan.lines.select_for_update(of=("self",)))
    here = next(place for place, each in enumerate(lines) if each.pk == line.pk)
    there = here - 1 if is_up else here + 1
    if not 0 <= there < len(lines):
        return
    lines[here], lines[there] = lines[there], lines[here]
    for position, each in enumerate(lines, 1):
        if each.position != position:
            each.position = position
            save(each)
    audit.record(line, "move_plan_line", by=by, at=at)


def _open(plan: Plan, *, is_changed: bool = True) -> Plan:
    """Lock an open plan; what was agreed to before is no longer agreed to.

    :raises PlanStandsError: when it was agreed to, or the contract no longer runs.
    """
    plan = locked(plan)
    if plan.status not in OPEN_PLANS:
        raise PlanStandsError(_("This version was agreed to. Begin a new version to change it."))
    if is_changed:
        plan.supplier_agreed_by = plan.supplier_agreed_at = None
        plan.authority_agreed_by = plan.authority_agreed_at = None
        save(plan)
    return plan


def _require_within(plan: Plan, facts: Mapping[str, Any]) -> None:
    contract = plan.contract
    first, last = contract.starts_on, contract.fulfil_by_on or contract.ends_on
    if (first and facts["starts_on"] < first) or (last and facts["ends_on"] > last):
        raise PlanStandsError(_("The days of a line lie within the contract."))
