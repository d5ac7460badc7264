"""An adviser says what is held against work, and how strictly evidence is asked for."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import EntryRule, EvidenceDemand
from sroi_portal.core import audit
from sroi_portal.core.models import Authority, User
from sroi_portal.core.status import RefusedError, lock, save


class HoldsAlreadyError(RefusedError):
    """What holds, or has held, is not changed: a later version takes its place."""


@transaction.atomic
def set_entry_rule(
    authority: Authority,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> EntryRule:
    """Let a rule hold from a day on, instead of an earlier version of it (R-206).

    :raises HoldsAlreadyError: of a day that is past.
    """
    rule = EntryRule(uuid=key or uuid.uuid4(), authority=authority, set_by=by, set_at=at, **facts)
    _require_ahead(rule.valid_from, at=at)
    save(rule)
    audit.record(rule, "set_entry_rule", by=by, at=at)
    return rule


@transaction.atomic
def discard_entry_rule(rule: EntryRule, *, by: User, at: dt.datetime) -> None:
    """Throw a version away that does not hold yet.

    :raises HoldsAlreadyError: when it holds.
    """
    rule = lock(rule)
    _require_to_come(rule.valid_from, at=at)
    audit.record(rule, "discard_entry_rule", by=by, at=at)
    rule.delete()


@transaction.atomic
def set_demand(
    authority: Authority,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> EvidenceDemand:
    """Say how strictly a kind of proof is asked for, of work that begins from a day on (R-200).

    :raises HoldsAlreadyError: of a day that is past.
    """
    demand = EvidenceDemand(
        uuid=key or uuid.uuid4(), authority=authority, set_by=by, set_at=at, **facts
    )
    _require_ahead(demand.valid_from, at=at)
    save(demand)
    audit.record(demand, "set_demand", by=by, at=at)
    return demand


@transaction.atomic
def discard_demand(demand: EvidenceDemand, *, by: User, at: dt.datetime) -> None:
    """Throw a version away that does not hold yet.

    :raises HoldsAlreadyError: when it holds.
    """
    demand = lock(demand)
    _require_to_come(demand.valid_from, at=at)
    audit.record(demand, "discard_demand", by=by, at=at)
    demand.delete()


def _require_ahead(valid_from: dt.date, *, at: dt.datetime) -> None:
    if valid_from < timezone.localdate(at):
        raise HoldsAlreadyError(_("Choose today or a later day: what is past does not change."))


def _require_to_come(valid_from: dt.date, *, at: dt.datetime) -> None:
    if valid_from <= timezone.localdate(at):
        raise HoldsAlreadyError(_("This holds already. Make a version from a later day."))
