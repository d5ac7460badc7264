"""Post what a source stands for into the append-only ledger (R-101)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from contracts.models import Contract, ContractStatus, Fulfilment, LedgerEntry, LedgerUnit
from sroi_portal.core import jobs
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.status import IllegalMoveError

LOCK = 0x5201  # advisory: postings share it, a report takes it alone for a moment
BATCH = 1_000
NOTHING = Decimal(0)

type Place = tuple[int, str, str, uuid.UUID | None, dt.date]  # account of a contract, by month


class SettledError(IllegalMoveError):
    """A settled contract takes no posting (R-232)."""


@dataclass(frozen=True)
class Source:
    """What causes entries: an obligation version, a placement, a share, a settlement."""

    kind: str
    uuid: uuid.UUID

    @classmethod
    def of(cls, obj: Recorded) -> "Source":
        return cls(obj._meta.label_lower, obj.uuid)


@dataclass(frozen=True, order=True)
class Wanted:
    """What a source should stand for on one account in one month, once posted."""

    contract_id: int
    account: str
    month: dt.date
    quantity: Decimal
    unit: str = "eur"
    goal: uuid.UUID | None = None

    @property
    def place(self) -> Place:
        return (self.contract_id, self.account, self.unit, self.goal, self.month)


@dataclass(frozen=True)
class Posting:
    """Which posting of a source this is, by whom and when."""

    source: Source
    number: int
    by: User | None
    at: dt.datetime


def post(
    source: Source,
    wanted: Iterable[Wanted],
    *,
    by: User | None,
    at: dt.datetime,
    within: Decimal = NOTHING,
) -> int:
    """Insert the differences between what the source should stand for and what it stands for.

    An amount that is still wanted may stay `within` so many euros of it; what is no longer wanted
    goes whole.

    Runs in the caller's transaction and returns the number of entries; a second call posts none.

    :raises SettledError: when it would change the account of a settled contract.
    """
    target: dict[Place, Decimal] = {}
    for line in wanted:
        target[line.place] = target.get(line.place, NOTHING) + line.quantity
    share_lock()
    standing, posting_no, settled = _locked_standing(source, target)
    entries = [
        (place, target.get(place, NOTHING) - standing.get(place, NOTHING))
        for place in sorted(target.keys() | standing.keys(), key=_order)
    ]
    changes = [
        (place, quantity)
        for place, quantity in entries
        if quantity and not (place in target and _is_close(place, quantity, within))
    ]
    if any(place[0] in settled for place, _quantity in changes):
        raise SettledError(_("This contract is settled: nothing on it changes any more."))
    if changes:
        posting = Posting(source, posting_no + 1, by, at)
        _insert(posting, changes)
        _mark_stale({place[0] for place, _quantity in changes}, at=at)
    return len(changes)


def _is_close(place: Place, quantity: Decimal, within: Decimal) -> bool:
    """Whether a difference in euros may stay; hours and parts of a year are exact."""
    return place[2] == LedgerUnit.EURO and abs(quantity) <= within


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def share_lock() -> None:
    """Held until the transaction ends; keeps a report's position from passing an open posting."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def position() -> int:
    """Give the last entry while no posting is under way: sums up to it never change (E12).

    Takes the lock alone; call it at the start of a short transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return int(LedgerEntry.objects.aggregate(last=Max("pk"))["last"] or 0)


def _locked_standing(
    source: Source, target: Iterable[Place]
) -> tuple[dict[Place, Decimal], int, set[int]]:
    """Lock the contracts in id order, so that two postings never wait for each other; then read.

    A source that stands on another contract as well is read again under its lock. Says too which
    of them are settled.
    """
    touched = {place[0] for place in target}
    while True:
        locked = Contract.objects.filter(pk__in=touched).order_by("pk")
        statuses = dict(locked.select_for_update(no_key=True).values_list("pk", "status"))
        standing, posting_no = _standing(source)
        found = {place[0] for place in standing}
        if found <= touched:
            settled = {pk for pk, status in statuses.items() if status == ContractStatus.SETTLED}
            return standing, posting_no, settled
        touched |= found


def _standing(source: Source) -> tuple[dict[Place, Decimal], int]:
    """Give what the source stands for, and the number of its last posting."""
    rows = list(
        LedgerEntry.objects.of_source(source.uuid)
        .values_list("contract_id", "account", "unit", "goal", "month")
        .annotate(total=Sum("quantity"), last=Max("posting_no"))
        .order_by()
    )
    standing = {(row[0], row[1], row[2], row[3], row[4]): row[5] for row in rows}
    return standing, max((row[6] for row in rows), default=0)


def _insert(posting: Posting, changes: Sequence[tuple[Place, Decimal]]) -> None:
    LedgerEntry.objects.bulk_create(
        [
            LedgerEntry(
                contract_id=contract_id,
                account=account,
                unit=unit,
                goal=goal,
                month=month,
                quantity=quantity,
                source_kind=posting.source.kind,
                source_uuid=posting.source.uuid,
                posting_no=posting.number,
                posted_at=posting.at,
                posted_by=posting.by,
            )
            for (contract_id, account, unit, goal, month), quantity in changes
        ],
        batch_size=BATCH,
    )


def _mark_stale(contract_ids: set[int], *, at: dt.datetime) -> None:
    """Write what is to be computed as a row first; the message to a worker is a hint."""
    Fulfilment.objects.filter(contract_id__in=contract_ids, stale_since__isnull=True).update(
        stale_since=at
    )
    jobs.hint("contracts.tasks.recompute_stale")


def _order(place: Place) -> tuple[int, str, str, str, dt.date]:
    contract_id, account, unit, goal, month = place
    return (contract_id, account, unit, str(goal or ""), month)
