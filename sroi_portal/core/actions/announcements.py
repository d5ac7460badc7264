"""What administrators tell everybody."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from sroi_portal.core import audit
from sroi_portal.core.models import Announcement, Dismissal, User
from sroi_portal.core.status import lock, save


@transaction.atomic
def announce(
    facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Announcement:
    """Show a text from its first day on, above every page.

    :raises ValidationError: when it ends before it begins or lacks a language.
    """
    announcement = Announcement(uuid=key or uuid.uuid4(), written_by=by, written_at=at, **facts)
    save(announcement)
    audit.record(announcement, "announce", by=by, at=at)
    return announcement


@transaction.atomic
def end_announcement(announcement: Announcement, *, by: User, at: dt.datetime) -> None:
    """Show it no longer than yesterday; what is still to begin is never shown."""
    announcement = lock(announcement)
    yesterday = timezone.localdate(at) - dt.timedelta(days=1)
    if announcement.ends_on <= yesterday:
        return
    announcement.ends_on = yesterday
    announcement.starts_on = min(announcement.starts_on, yesterday)
    save(announcement)
    audit.record(announcement, "end_announcement", by=by, at=at, changed=["ends_on"])


@transaction.atomic
def dismiss_announcement(announcement: Announcement, *, by: User, at: dt.datetime) -> None:
    """Do not show it to this person any more; a second time changes nothing."""
    _row, is_new = Dismissal.objects.get_or_create(
        announcement=announcement, user=by, defaults={"dismissed_at": at}
    )
    if is_new:
        audit.record(announcement, "dismiss_announcement", by=by, at=at)
