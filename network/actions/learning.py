"""What happens to steps of the learning formula, and to what people write about them (R-401, R-402)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract
from network.models import LearningStep, Pilot, Reflection, ReflectionStatus
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save


class StepRetiredError(RefusedError):
    """Nothing new is written about a step that is retired."""


class ReflectionSharedError(RefusedError):
    """What others read is taken back first, and changed then."""


@transaction.atomic
def add_learning_step(
    facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> LearningStep:
    step = LearningStep(uuid=key or uuid.uuid4(), **facts)
    save(step)
    audit.record(step, "add_learning_step", by=by, at=at)
    return step


@transaction.atomic
def change_learning_step(
    step: LearningStep,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> LearningStep:
    """Say it better; what was written about it stays with it.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    """
    step = lock(step, revision=revision)
    changed = [name for name, value in facts.items() if getattr(step, name) != value]
    if changed:
        for name in changed:
            setattr(step, name, facts[name])
        save(step)
        audit.record(step, "change_learning_step", by=by, at=at, changed=changed)
    return step


@transaction.atomic
def retire_learning_step(
    step: LearningStep, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Offer it no longer; twice is once."""
    step = lock(step, revision=revision)
    if step.retired_at is None:
        step.retired_by, step.retired_at = by, at
        save(step)
        audit.record(step, "retire_learning_step", by=by, at=at)


@transaction.atomic
def restore_learning_step(
    step: LearningStep, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Offer it again; twice is once.

    :raises ValidationError: when another step has its title by now.
    """
    step = lock(step, revision=revision)
    if step.retired_at is not None:
        step.retired_by = step.retired_at = None
        save(step)
        audit.record(step, "restore_learning_step", by=by, at=at)


@transaction.atomic
def write_reflection(
    place: Pilot | Contract,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Reflection:
    """Write about a step on a pilot or contract, for oneself.

    :raises StepRetiredError: when the step is retired.
    :raises ValidationError: when one wrote about this step here before.
    """
    step: LearningStep = lock(facts["step"])
    if step.retired_at is not None:
        raise StepRetiredError(_("This step is no longer part of the formula. Choose another."))
    where = {"contract": place} if isinstance(place, Contract) else {"pilot": place}
    reflection = Reflection(
        uuid=key or uuid.uuid4(), author=by, category=place.category, **where, **facts
    )
    save(reflection)
    moved = ("", reflection.status)
    audit.record(reflection, "write_reflection", by=by, at=at, moved=moved)
    return reflection


@transaction.atomic
def change_reflection(
    reflection: Reflection,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Reflection:
    """Write it anew, as long as nobody else reads it.

    :raises ChangedMeanwhileError: when it was changed on another page since.
    :raises ReflectionSharedError: when others read it.
    """
    reflection = _own(reflection, revision)
    changed = [name for name, value in facts.items() if getattr(reflection, name) != value]
    if changed:
        for name in changed:
            setattr(reflection, name, facts[name])
        save(reflection)
        audit.record(reflection, "change_reflection", by=by, at=at, changed=changed)
    return reflection


@transaction.atomic
def share_reflection(
    reflection: Reflection, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Let everybody who signs in read it."""
    reflection = lock(reflection, revision=revision)
    reflection.shared_at = at
    move(reflection, ReflectionStatus.SHARED, verb="share_reflection", by=by, at=at)


@transaction.atomic
def take_back_reflection(
    reflection: Reflection, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Keep it for oneself again: it is in no count and no list from now on."""
    reflection = lock(reflection, revision=revision)
    reflection.shared_at = None
    move(reflection, ReflectionStatus.DRAFT, verb="take_back_reflection", by=by, at=at)


@transaction.atomic
def remove_reflection(
    reflection: Reflection, *, by: User | None, at: dt.datetime, revision: int | None = None
) -> None:
    """Throw away what one wrote for oneself; the history keeps that it was there.

    :raises ReflectionSharedError: when others read it.
    """
    reflection = _own(reflection, revision)
    audit.record(reflection, "remove_reflection", by=by, at=at)
    reflection.delete()


def remove_ended_drafts(*, at: dt.datetime) -> int:
    """Destroy what nobody reads any more: drafts of whose account is closed (R-456)."""
    drafts = Reflection.objects.filter(status=ReflectionStatus.DRAFT, author__is_active=False)
    for draft in (ended := list(drafts.order_by("pk"))):
        remove_reflection(draft, by=None, at=at)
    return len(ended)


def _own(reflection: Reflection, revision: int | None) -> Reflection:
    reflection = lock(reflection, revision=revision)
    if reflection.status == ReflectionStatus.SHARED:
        raise ReflectionSharedError(_("Others read this now. Take it back first."))
    return reflection
