"""Milestones of the timeline: written by an adviser, published by another (R-416)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from network import timeline
from network.models import Milestone, MilestoneStatus
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, move, save


@transaction.atomic
def write_milestone(
    facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Milestone:
    milestone = Milestone(uuid=key or uuid.uuid4(), written_by=by, written_at=at, **facts)
    save(milestone)
    audit.record(milestone, "write_milestone", by=by, at=at, moved=("", milestone.status))
    return milestone


@transaction.atomic
def change_milestone(
    milestone: Milestone,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Milestone:
    """Change it; another adviser reads it before everybody does, so it leaves the timeline."""
    milestone = lock(milestone, revision=revision)
    changed = [name for name, value in facts.items() if getattr(milestone, name) != value]
    if not changed:
        return milestone
    for name in changed:
        setattr(milestone, name, facts[name])
    milestone.written_by, milestone.written_at = by, at
    milestone.published_by = milestone.published_at = None
    if milestone.status == MilestoneStatus.PROPOSED:
        save(milestone)
        audit.record(milestone, "change_milestone", by=by, at=at, changed=changed)
    else:
        move(milestone, MilestoneStatus.PROPOSED, verb="change_milestone", by=by, at=at)
        timeline.renew()
    return milestone


@transaction.atomic
def publish_milestone(
    milestone: Milestone, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Let everybody read it, also without an account.

    :raises ValidationError: of what one wrote oneself.
    """
    milestone = lock(milestone, revision=revision)
    milestone.published_by, milestone.published_at = by, at
    move(milestone, MilestoneStatus.PUBLISHED, verb="publish_milestone", by=by, at=at)
    timeline.renew()


@transaction.atomic
def withdraw_milestone(
    milestone: Milestone, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Take it from the timeline at once; changed, it can be published again."""
    milestone = lock(milestone, revision=revision)
    milestone.published_by = milestone.published_at = None
    status = MilestoneStatus.WITHDRAWN
    move(milestone, status, verb="withdraw_milestone", by=by, at=at, remark=reason)
    timeline.renew()
