"""What happens to a table of values: drawn up, filled, published by another, withdrawn (R-358)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from reports.models import ProxyStatus, ProxyTable, ProxyValue
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save, write

FILLED = (
    "value_eur",
    "source",
    "deadweight_pct",
    "attribution_pct",
    "displacement_pct",
    "reason",
)


class OwnTableError(RefusedError):
    """Who drew the table up does not publish it."""


class EmptyTableError(RefusedError):
    """A table without a value estimates nothing."""


@transaction.atomic
def draft_proxies(
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
    like: ProxyTable | None = None,
) -> ProxyTable:
    """Begin a version; with the values of another one when it is `like` that."""
    table = ProxyTable(uuid=key or uuid.uuid4(), drafted_by=by, drafted_at=at, **facts)
    save(table)
    for value in like.values.order_by("outcome") if like else ():
        told = {name: getattr(value, name) for name in FILLED}
        ProxyValue.objects.create(table=table, outcome=value.outcome, **told)
    audit.record(table, "draft_proxies", by=by, at=at, moved=("", table.status))
    return table


@transaction.atomic
def set_proxy(
    table: ProxyTable,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> ProxyValue:
    """Fill in what one outcome is worth, or fill it in anew, while the table is a concept.

    :raises IllegalMoveError: when the table was published.
    """
    table = lock(table, revision=revision)
    _require_draft(table)
    value = table.values.filter(outcome=facts["outcome"]).first()
    value = value or ProxyValue(table=table, outcome=facts["outcome"])
    for name in FILLED:
        setattr(value, name, facts[name])
    write(value)
    save(table)
    audit.record(table, "set_proxy", by=by, at=at, changed=[value.outcome])
    return value


@transaction.atomic
def remove_proxy(table: ProxyTable, outcome: str, *, by: User, at: dt.datetime) -> None:
    """Take an outcome out of a concept.

    :raises IllegalMoveError: when the table was published.
    """
    table = lock(table)
    _require_draft(table)
    gone, _kinds = table.values.filter(outcome=outcome).delete()
    if gone:
        save(table)
        audit.record(table, "remove_proxy", by=by, at=at, changed=[outcome])


@transaction.atomic
def publish_proxies(
    table: ProxyTable, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Let the values be used in estimates from now on.

    :raises ChangedMeanwhileError: when they are no longer the values that were read.
    :raises OwnTableError: for who drew it up.
    :raises EmptyTableError: without a value.
    """
    table = lock(table, revision=revision)
    if table.drafted_by_id == by.pk:
        raise OwnTableError(_("Somebody else than who drew it up publishes it."))
    if not table.values.exists():
        raise EmptyTableError(_("Fill in what at least one outcome is worth."))
    if table.status == ProxyStatus.DRAFT:
        table.published_by, table.published_at = by, at
    move(table, ProxyStatus.PUBLISHED, verb="publish_proxies", by=by, at=at)


@transaction.atomic
def withdraw_proxies(table: ProxyTable, *, by: User, at: dt.datetime) -> None:
    """Use the values no more; reports that were issued with them keep them."""
    table = lock(table)
    move(table, ProxyStatus.WITHDRAWN, verb="withdraw_proxies", by=by, at=at)


def _require_draft(table: ProxyTable) -> None:
    if table.status != ProxyStatus.DRAFT:
        raise IllegalMoveError(_("A published table never changes. Draw up a new version."))
