"""What happens to a tender and its lots."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from contracts.models import Lot, Tender
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, move, save


@transaction.atomic
def log_tender(
    facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Tender:
    tender = Tender(uuid=key or uuid.uuid4(), officer=by)
    _write(tender, facts)
    save(tender)
    audit.record(tender, "log_tender", by=by, at=at, moved=("", tender.status))
    return tender


@transaction.atomic
def change_tender(
    tender: Tender,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Tender:
    """Change what is known of a tender; a new status moves along its arrows."""
    tender = lock(tender, revision=revision)
    to = facts.get("status", tender.status)
    changed = _write(tender, {name: facts[name] for name in facts if name != "status"})
    if changed:
        save(tender)
        audit.record(tender, "change_tender", by=by, at=at, changed=changed)
    if to != tender.status:
        move(tender, to, verb="change_tender", by=by, at=at)
    return tender


@transaction.atomic
def log_lot(
    tender: Tender,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Lot:
    lot = Lot(uuid=key or uuid.uuid4(), tender=tender, authority=tender.authority)
    _write(lot, facts)
    save(lot)
    audit.record(lot, "log_lot", by=by, at=at)
    return lot


@transaction.atomic
def change_lot(
    lot: Lot,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Lot:
    lot = lock(lot, revision=revision)
    changed = _write(lot, facts)
    if changed:
        save(lot)
        audit.record(lot, "change_lot", by=by, at=at, changed=changed)
    return lot


def _write(obj: Tender | Lot, facts: Mapping[str, Any]) -> list[str]:
    """Take the facts over and name those that differ."""
    changed = [name for name, value in facts.items() if getattr(obj, name, None) != value]
    for name in changed:
        setattr(obj, name, facts[name])
    return changed
