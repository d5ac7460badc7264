"""A social enterprise keeps what stands in the directory about it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from network.models import Entry
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, save
from suppliers.models import Supplier

FIELDS = ("about", "mailbox", "province", "is_shown")


@transaction.atomic
def keep_entry(
    supplier: Supplier,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Entry:
    """Write it anew or put it right; saving says that it still holds (R-388)."""
    supplier = lock(supplier)
    known = Entry.objects.filter(supplier=supplier).first()
    entry = lock(known, revision=revision) if known else Entry(supplier=supplier)
    for name in FIELDS:
        setattr(entry, name, facts[name])
    entry.kept_by, entry.kept_at = by, at
    save(entry)
    audit.record(entry, "keep_entry", by=by, at=at, changed=FIELDS)
    return entry
