"""A plan goes back and forth until one of each side agreed to the same lines (R-190, R-191)."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import ledger
from contracts.actions.telling import tell_authority, tell_supplier
from contracts.models import (
    ACCEPTING,
    OPEN_PLANS,
    Contract,
    Plan,
    PlanComment,
    PlanLine,
    PlanStatus,
)
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save

COPIED = (
    "thread",
    "position",
    "kind",
    "block",
    "title",
    "quantity",
    "unit",
    "starts_on",
    "ends_on",
    "proposed_eur",
    "value_eur",
    "origin",
    "follows_from_id",
)


class PlanStandsError(RefusedError):
    """The plan cannot be drafted, proposed, answered or agreed to, or not now."""


@transaction.atomic
def draft_plan(
    contract: Contract, *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Plan:
    """Begin a version with the lines of the one before; an open version is gone on with.

    :raises PlanStandsError: of a contract that takes no work.
    """
    contract = lock(contract)
    if not contract.accepts_contributions:
        raise PlanStandsError(_("A plan belongs to a contract that was awarded and still runs."))
    if standing := contract.plans.is_open().first():
        return standing
    before = contract.plans.order_by("-version").first()
    plan = Plan(
        uuid=key or uuid.uuid4(),
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        version=before.version + 1 if before else 1,
    )
    save(plan)
    audit.record(plan, "draft_plan", by=by, at=at)
    for line in before.lines.all() if before else ():
        _copy(line, plan)
    return plan


@transaction.atomic
def discard_plan(plan: Plan, *, by: User, at: dt.datetime) -> None:
    """Throw a concept away that nobody else has seen.

    :raises PlanStandsError: once it was proposed.
    """
    plan = lock(plan)
    if plan.status != PlanStatus.DRAFT:
        raise PlanStandsError(_("Only a concept can be thrown away."))
    audit.record(plan, "discard_plan", by=by, at=at, moved=(plan.status, ""))
    plan.comments.all().delete()
    plan.lines.all().delete()
    plan.delete()


@transaction.atomic
def propose_plan(
    plan: Plan, *, by: User, at: dt.datetime, remark: str = "", revision: int | None = None
) -> None:
    """Ask the authority to agree; who proposes has agreed for the supplier.

    :raises PlanStandsError: of a plan without lines, or a contract that takes no work.
    """
    plan = locked(plan, revision=revision)
    _require_lines(plan)
    plan.supplier_agreed_by, plan.supplier_agreed_at = by, at
    plan.authority_agreed_by = plan.authority_agreed_at = None
    plan.proposed_at = at
    move(plan, PlanStatus.PROPOSED, verb="propose_plan", by=by, at=at)
    if remark:
        comment_plan(plan, remark, by=by, at=at)
    tell_authority("propose_plan", plan.contract, at=at, facts={"plan": plan})


@transaction.atomic
def return_plan(
    plan: Plan,
    *,
    by: User,
    at: dt.datetime,
    remark: str = "",
    on_lines: Mapping[int, str] | None = None,
    revision: int | None = None,
) -> None:
    """Send it back with comments; what the authority changed has its agreement (R-191).

    :raises PlanStandsError: when nothing was said or changed.
    """
    plan = locked(plan, revision=revision)
    said = {pk: text for pk, text in (on_lines or {}).items() if text}
    is_changed = plan.is_changed_by_authority
    if not (remark or said or is_changed):
        raise PlanStandsError(_("Say what should change, for the plan or for a line."))
    plan.supplier_agreed_by = plan.supplier_agreed_at = None
    if is_changed:
        _require_lines(plan)
        plan.authority_agreed_by, plan.authority_agreed_at = by, at
    move(plan, PlanStatus.RETURNED, verb="return_plan", by=by, at=at)
    if remark:
        comment_plan(plan, remark, by=by, at=at)
    for line in plan.lines.filter(pk__in=said):
        comment_plan(plan, said[line.pk], by=by, at=at, line=line)
    tell_supplier("return_plan", plan.contract, by=by, at=at, facts={"plan": plan})


@transaction.atomic
def agree_plan(plan: Plan, *, by: User, at: dt.datetime, revision: int | None = None) -> None:
    """Agree for the authority to what the supplier proposed.

    :raises PlanStandsError: when the authority changed it since, or of one's own proposal.
    """
    plan = locked(plan, revision=revision)
    if plan.supplier_agreed_at is None:
        raise PlanStandsError(
            _("The supplier has not agreed to this text yet. Send it back, so that it can.")
        )
    if plan.supplier_agreed_by_id == by.pk:
        raise PlanStandsError(_("You agreed to this for the supplier. A colleague answers."))
    plan.authority_agreed_by, plan.authority_agreed_at = by, at
    _supersede(plan, by=by, at=at)
    move(plan, PlanStatus.AGREED, verb="agree_plan", by=by, at=at)
    _follow(plan, at=at)
    tell_supplier("agree_plan", plan.contract, by=by, at=at, facts={"plan": plan})


@transaction.atomic
def accept_plan(plan: Plan, *, by: User, at: dt.datetime, revision: int | None = None) -> None:
    """Agree for the supplier to what the authority changed (R-191).

    :raises PlanStandsError: when there is nothing to accept.
    """
    plan = locked(plan, revision=revision)
    if plan.authority_agreed_at is None:
        raise PlanStandsError(_("The authority asks for changes: change the plan and propose it."))
    if plan.authority_agreed_by_id == by.pk:
        raise PlanStandsError(_("You agreed to this for the authority. A colleague answers."))
    plan.supplier_agreed_by, plan.supplier_agreed_at = by, at
    _supersede(plan, by=by, at=at)
    move(plan, PlanStatus.AGREED, verb="accept_plan", by=by, at=at)
    _follow(plan, at=at)
    tell_authority("accept_plan", plan.contract, at=at, facts={"plan": plan})


@transaction.atomic
def comment_plan(
    plan: Plan,
    text: str,
    *,
    by: User,
    at: dt.datetime,
    line: PlanLine | None = None,
    key: uuid.UUID | None = None,
) -> PlanComment:
    """Say something of an open plan, or of one of its lines.

    :raises PlanStandsError: of a version that was agreed to.
    """
    plan = lock(plan)
    if plan.status not in OPEN_PLANS:
        raise PlanStandsError(_("This version was agreed to. Write a message on the contract."))
    said = PlanComment(
        uuid=key or uuid.uuid4(),
        plan=plan,
        line=line,
        authority_id=plan.authority_id,
        supplier_id=plan.supplier_id,
        written_by=by,
        written_at=at,
    )
    said.text = text
    save(said)
    audit.record(said, "comment_plan", by=by, at=at)
    return said


def locked(plan: Plan, *, revision: int | None = None) -> Plan:
    """Lock the contract, then the plan: agreeing changes both.

    :raises PlanStandsError: of a contract that takes no work.
    """
    contract = lock(plan.contract)
    plan = lock(plan, revision=revision)
    plan.contract = contract
    if contract.status not in ACCEPTING:
        raise PlanStandsError(_("A plan belongs to a contract that was awarded and still runs."))
    return plan


def _require_lines(plan: Plan) -> None:
    if not plan.lines.exists():
        raise PlanStandsError(_("A plan has at least one line."))


def _copy(line: PlanLine, plan: Plan) -> None:
    same = {name: getattr(line, name) for name in COPIED}
    save(PlanLine(plan=plan, authority=plan.authority, supplier=plan.supplier, **same))


def _supersede(plan: Plan, *, by: User, at: dt.datetime) -> None:
    for before in plan.contract.plans.agreed():
        move(lock(before), PlanStatus.SUPERSEDED, verb="agree_plan", by=by, at=at)


def _follow(plan: Plan, *, at: dt.datetime) -> None:
    """Keep the day of the first agreement; from now on the course follows the lines (R-192)."""
    contract = plan.contract
    if contract.plan_agreed_on is None:
        contract.plan_agreed_on = timezone.localdate(at)
        save(contract)
    ledger.mark_stale({contract.pk}, at=at)


def next_position(plan: Plan) -> int:
    last: int | None = plan.lines.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
