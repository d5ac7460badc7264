"""A path over several suppliers: planned, agreed by all, tied to each one's own person (C10)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates import locking, paths
from candidates.models import (
    Candidate,
    PathConsent,
    PathPerson,
    PathPlan,
    PathPlanStatus,
    PathStep,
    SharedPath,
)
from candidates.models.shared_path import hash_of
from candidates.path_credit import Stretch, first_uneven
from sroi_portal.core import audit, mail, personal
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import NoticeKind, User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save, write
from sroi_portal.core.templatetags import formats
from suppliers.models import Supplier

CODE_HOLDS = dt.timedelta(days=14)


class UnevenCreditError(RefusedError):
    """On some day the parts of a path are not 100 per cent together."""


class NotOnPathError(RefusedError):
    """The supplier does not walk this path, or agreed already."""


class PathCodeRefusedError(RefusedError):
    """The one-time code is of another path, was used or is too old."""


@dataclass(frozen=True)
class StepFacts:
    """A step as it is planned."""

    supplier: Supplier
    form: str
    title: str
    starts_on: dt.date
    ends_on: dt.date | None
    pct: Decimal


@transaction.atomic
def begin_path(
    suppliers: Iterable[Supplier], title: str, *, by: User, at: dt.datetime, key: uuid.UUID
) -> SharedPath:
    """Let suppliers that agreed so plan one person's steps together (R-385)."""
    path = SharedPath(
        uuid=key,
        supplier_ids=sorted({each.pk for each in suppliers}),
        title=title,
        begun_by=by,
        begun_at=at,
    )
    save(path)
    audit.record(path, "begin_path", by=by, at=at)
    return path


@transaction.atomic
def propose_path_plan(
    path: SharedPath, steps: Sequence[StepFacts], *, by: User, at: dt.datetime
) -> PathPlan:
    """Propose the steps and their parts; one's own side agrees by that (R-386).

    :raises UnevenCreditError: when the parts of a day are not 100 together.
    :raises NotOnPathError: when a step is of somebody who does not walk the path.
    """
    path = lock(path)
    if any(each.supplier.pk not in path.supplier_ids for each in steps):
        raise NotOnPathError(_("A step is of a supplier that does not walk this path."))
    _require_even([_stretch(each) for each in steps])
    last = path.plans.order_by("-version").first()
    plan = PathPlan(
        path=path,
        supplier_ids=path.supplier_ids,
        version=last.version + 1 if last else 1,
        proposed_by=by,
        proposed_at=at,
    )
    _save_plan(plan, steps)
    audit.record(plan, "propose_path_plan", by=by, at=at)
    side = _side(path.supplier_ids, by)
    _consent(plan, side, by=by, at=at)
    _tell(path, "path_plan_proposed", besides=side, at=at)
    return plan


@transaction.atomic
def agree_path_plan(
    plan: PathPlan, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Agree for one's own side; when all did, it holds instead of the one before (R-386).

    Nobody claims anything of these people meanwhile, and what was claimed fits in it.

    :raises NotOnPathError: when one's own side agreed already.
    :raises PathExceededError: when more was claimed than it gives.
    """
    locking.lock_people(Candidate.objects.filter(paths__path=plan.path_id))
    plan = lock(plan, revision=revision)
    if plan.status != PathPlanStatus.PROPOSED:
        raise IllegalMoveError(_("This was answered before."))
    done = set(plan.consents.values_list("supplier", flat=True))
    side = _side([each for each in plan.supplier_ids if each not in done], by)
    _consent(plan, side, by=by, at=at)
    if done | {side} != set(plan.supplier_ids):
        audit.record(plan, "agree_path_plan", by=by, at=at)
        return
    with acting_as(DatabaseRole.WORKER):
        paths.require_claims_fit(plan, plan.stretches())
    today = timezone.localdate(at)
    for older in plan.path.plans.filter(status=PathPlanStatus.AGREED):
        move(lock(older), PathPlanStatus.SUPERSEDED, verb="agree_path_plan", by=by, at=at)
    plan.settled_on = today
    move(plan, PathPlanStatus.AGREED, verb="agree_path_plan", by=by, at=at)
    _tell(plan.path, "path_plan_agreed", besides=side, at=at)


@transaction.atomic
def drop_path_plan(
    plan: PathPlan, reason: str, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Do not agree, or take one's own proposal back, with why."""
    plan = lock(plan, revision=revision)
    side = _side(plan.supplier_ids, by)
    move(plan, PathPlanStatus.DROPPED, verb="drop_path_plan", by=by, at=at, remark=reason)
    _tell(plan.path, "path_plan_dropped", besides=side, at=at)


@transaction.atomic
def tie_person(
    path: SharedPath, candidate: Candidate, *, by: User, at: dt.datetime, code: str = ""
) -> PathPerson:
    """Say which of one's own people walks the path; the second says so by the first one's code.

    :raises NotOnPathError: when the supplier does not walk it, or no plan is agreed.
    :raises PathCodeRefusedError: when the code is wrong, used or too old (R-385).
    :raises PathExceededError: when more was claimed than the plan gives.
    """
    ties = PathPerson.objects.filter(path=path)
    with acting_as(DatabaseRole.WORKER):
        known = list(ties.values_list("candidate", flat=True))
    locking.lock_people(Candidate.objects.filter(pk__in=[*known, candidate.pk]))
    path = lock(path)
    plan = path.plans.filter(status=PathPlanStatus.AGREED).first()
    if plan is None or candidate.supplier_id not in path.supplier_ids:
        raise NotOnPathError(_("First all agree to a plan; then each ties its own person."))
    with acting_as(DatabaseRole.WORKER):
        if ties.exists():
            _use_code(path, candidate, code, at=at)
        tie = PathPerson(
            path=path,
            supplier_id=candidate.supplier_id,
            candidate=candidate,
            tied_by=by,
            tied_at=at,
        )
        save(tie)
        audit.record(tie, "tie_person", by=by, at=at)
        paths.require_claims_fit(plan, plan.stretches())
    return tie


@transaction.atomic
def untie_person(tie: PathPerson, reason: str, *, by: User, at: dt.datetime) -> None:
    """Let the person go from the path, with why; the others read it (R-422).

    :raises PathCreditedError: once something of the person was submitted on it.
    """
    locking.lock_people(Candidate.objects.filter(pk=tie.candidate_id))
    path, tie = lock(tie.path), lock(tie)
    paths.require_uncredited(tie)
    audit.record(path, "untie_person", by=by, at=at, remark=reason)
    tie.delete()
    _tell(path, "path_person_untied", besides=tie.supplier_id, at=at)


@transaction.atomic
def give_path_code(tie: PathPerson, *, by: User, at: dt.datetime) -> str:
    """Make a code that the other supplier enters once for its own person; it is shown once."""
    tie = lock(tie)
    code = personal.random_code()
    tie.code_hash, tie.code_until = hash_of(code), at + CODE_HOLDS
    save(tie)
    audit.record(tie, "give_path_code", by=by, at=at)
    return code


def _save_plan(plan: PathPlan, steps: Sequence[StepFacts]) -> None:
    """Write a plan with its steps."""
    save(plan)
    for each in steps:
        step = PathStep(
            plan=plan,
            supplier_ids=plan.supplier_ids,
            supplier=each.supplier,
            form=each.form,
            title=each.title,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            pct=each.pct,
        )
        write(step)


def _stretch(step: StepFacts) -> Stretch:
    return Stretch(step.supplier.pk, step.starts_on, step.ends_on, step.pct)


def _require_even(stretches: Sequence[Stretch]) -> None:
    if not stretches:
        raise UnevenCreditError(_("Plan at least one step."))
    uneven = first_uneven(stretches)
    if uneven:
        facts = {"day": formats.day(uneven[0]), "total": formats.pct(uneven[1])}
        raise UnevenCreditError(
            _("From %(day)s the parts are %(total)s together. They are 100%% on each day.") % facts
        )


def _side(suppliers: Iterable[int], by: User) -> int:
    mine = [each for each in suppliers if each in by.enters_for]
    if not mine:
        raise NotOnPathError(_("Your side agreed to this already."))
    return mine[0]


def _consent(plan: PathPlan, side: int, *, by: User, at: dt.datetime) -> None:
    write(
        PathConsent(
            plan=plan,
            supplier_ids=plan.supplier_ids,
            supplier_id=side,
            agreed_by=by,
            agreed_at=at,
        )
    )


def _use_code(path: SharedPath, candidate: Candidate, code: str, *, at: dt.datetime) -> None:
    given = PathPerson.objects.filter(path=path, code_hash=hash_of(code), code_until__gt=at)
    tie = given.exclude(supplier=candidate.supplier_id).first()
    if tie is None:
        raise PathCodeRefusedError(
            _("This code does not hold. Ask the other supplier for a new one.")
        )
    tie = lock(tie)
    tie.code_hash = tie.code_until = None
    save(tie)


def _tell(path: SharedPath, outcome: str, *, besides: int, at: dt.datetime) -> None:
    """Mail the other sides that there is something to look at."""
    others = [each for each in path.supplier_ids if each != besides]
    people = User.objects.filter(
        memberships__supplier__in=others,
        memberships__ended_at__isnull=True,
        memberships__may_enter=True,
        is_active=True,
    )
    mail.send(
        f"candidates/mail/{outcome}.txt",
        to=people.distinct().order_by("pk"),
        at=at,
        context={"path": path},
        notice=NoticeKind.WORK,
        about=path,
    )
