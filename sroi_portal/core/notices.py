"""Lines for the weekly mail that are still true when it is written (F03)."""

from collections import defaultdict
from typing import Any

from django.apps import apps

from sroi_portal.core.models import User, WaitingNotice


def still_true(person: User) -> list[WaitingNotice]:
    """Leave out what is about an object that has another status by now, or that is gone."""
    lines = list(person.waiting_notices.order_by("pk"))
    found = _statuses(lines)
    return [
        line
        for line in lines
        if not line.status or found.get((line.object_kind, line.object_uuid)) == line.status
    ]


def _statuses(lines: list[WaitingNotice]) -> dict[Any, str]:
    """Read the present status of what the lines are about; one query a kind of object."""
    by_kind = defaultdict(set)
    for line in lines:
        if line.status:
            by_kind[line.object_kind].add(line.object_uuid)
    return {
        (kind, number): status
        for kind, numbers in by_kind.items()
        for number, status in apps.get_model(kind)
        ._default_manager.filter(uuid__in=numbers)
        .values_list("uuid", "status")
    }
