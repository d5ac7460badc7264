"""What an administrator lays down for the own authority."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sroi_portal.core import audit
from sroi_portal.core.models import Authority, User
from sroi_portal.core.status import lock, save


@transaction.atomic
def change_authority(
    authority: Authority,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> None:
    """Name who hears of missed dates, and whether everybody needs a second factor.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    """
    authority = lock(authority, revision=revision)
    changed = [name for name, value in facts.items() if getattr(authority, name) != value]
    if changed:
        for name in changed:
            setattr(authority, name, facts[name])
        save(authority)
        audit.record(authority, "change_authority", by=by, at=at, changed=changed)
