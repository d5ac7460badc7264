"""What happens to an obstacle, from a sentence to an answer (R-326)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from contracts.models import Contract
from network.actions import telling
from network.models import Obstacle, ObstacleStatus
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, move, save


@transaction.atomic
def report_obstacle(
    contract: Contract,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Obstacle:
    obstacle = Obstacle(
        uuid=key or uuid.uuid4(),
        contract=contract,
        authority_id=contract.authority_id,
        supplier_id=contract.supplier_id,
        reported_by=by,
        reported_at=at,
        **facts,
    )
    save(obstacle)
    audit.record(obstacle, "report_obstacle", by=by, at=at, moved=("", obstacle.status))
    return obstacle


@transaction.atomic
def pick_up_obstacle(obstacle: Obstacle, *, by: User, at: dt.datetime) -> Obstacle:
    """Look into it; everybody sees who does."""
    obstacle = lock(obstacle)
    obstacle.picked_up_by = by
    move(obstacle, ObstacleStatus.PICKED_UP, verb="pick_up_obstacle", by=by, at=at)
    telling.inform("obstacle_picked_up", obstacle, [obstacle.reported_by], by=by, at=at)
    return obstacle


@transaction.atomic
def answer_obstacle(
    obstacle: Obstacle,
    to: str,
    *,
    by: User,
    at: dt.datetime,
    answer: str,
    revision: int | None = None,
) -> Obstacle:
    """Say how it was solved, or why it is accepted as it is.

    :raises IllegalMoveError: when it was ended before.
    """
    obstacle = lock(obstacle, revision=revision)
    obstacle.picked_up_by = obstacle.picked_up_by or by
    obstacle.answer, obstacle.ended_at = answer, at
    move(obstacle, to, verb="answer_obstacle", by=by, at=at)
    telling.inform("obstacle_answered", obstacle, [obstacle.reported_by], by=by, at=at)
    return obstacle
