"""Post what a source stands for into the append-only ledger (R-101)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from contracts.models import Contract, ContractStatus, Fulfilment, LedgerEntry, LedgerUnit
from sroi_portal.core import jobs, rows, turns
from sroi_portal.core.acting import DatabaseRole, acting_as, is_party
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.status import IllegalMoveError
from sroi_portal.core.turns import Turn

BATCH = 1_000
NOTHING = Decimal(0)

COLUMNS = (
    "contract_id",
    "account",
    "unit",
    "goal",
    "month",
    "quantity",
    "source_kind",
    "source_uuid",
    "posting_no",
)

type Place = tuple[int, str, str, uuid.UUID | None, dt.date]  # account of a contract, by month
type Entry = tuple[Any, ...]  # as COLUMNS names them


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
    return post_many({source: wanted}, by=by, at=at, within=within)


def post_many(
    targets: Mapping[Source, Iterable[Wanted]],
    *,
    by: User | None,
    at: dt.datetime,
    within: Decimal = NOTHING,
) -> int:
    """Post up to 1,000 sources as `post` would one by one, in a few statements (R-187).

    Who works on a contract of another sees no posting: that posts with the rights of the worker.

    :raises SettledError: when it would change the account of a settled contract.
    :raises ValueError: for more sources than one transaction should hold the contracts for.
    """
    if len(targets) > BATCH:
        raise ValueError(f"{len(targets)} sources at once: post at most {BATCH}")
    wanted = {source: _summed(lines) for source, lines in targets.items()}
    if is_party():
        with acting_as(DatabaseRole.WORKER):
            return _post(wanted, by=by, at=at, within=within)
    return _post(wanted, by=by, at=at, within=within)


def _post(
    wanted: Mapping[Source, Mapping[Place, Decimal]],
    *,
    by: User | None,
    at: dt.datetime,
    within: Decimal,
) -> int:
    share_lock()
    standings, settled = _locked_standings(wanted)
    entries: list[Entry] = []
    for source, target in wanted.items():
        standing, last_no = standings.get(source.uuid, ({}, 0))
        caused = (source.kind, source.uuid, last_no + 1)
        entries += [(*change, *caused) for change in _changes(target, standing, within)]
    touched = {contract_id for contract_id, *_rest in entries}
    if touched & settled:
        raise SettledError(_("This contract is settled: nothing on it changes any more."))
    if entries:
        alike = {"posted_at": at, "posted_by_id": by.pk if by else None}
        rows.insert(LedgerEntry, COLUMNS, entries, alike)
        mark_stale(touched, at=at)
    return len(entries)


def _summed(wanted: Iterable[Wanted]) -> dict[Place, Decimal]:
    target: dict[Place, Decimal] = {}
    for line in wanted:
        target[line.place] = target.get(line.place, NOTHING) + line.quantity
    return target


def _changes(
    target: Mapping[Place, Decimal], standing: Mapping[Place, Decimal], within: Decimal
) -> list[Entry]:
    """Give what is to be posted, so that the source stands for its target."""
    entries = [
        (place, target.get(place, NOTHING) - standing.get(place, NOTHING))
        for place in sorted(target.keys() | standing.keys(), key=_order)
    ]
    return [
        (*place, quantity)
        for place, quantity in entries
        if quantity and not (place in target and _is_close(place, quantity, within))
    ]


def _is_close(place: Place, quantity: Decimal, within: Decimal) -> bool:
    """Whether a difference in euros may stay; hours and parts of a year are exact."""
    return place[2] == LedgerUnit.EURO and abs(quantity) <= within


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def share_lock() -> None:
    """Held until the transaction ends; keeps a report's position from passing an open posting."""
    turns.share(Turn.LEDGER)


def position() -> int:
    """Give the last entry while no posting is under way: sums up to it never change (E12).

    Takes the lock alone; call it at the start of a short transaction.
    """
    turns.take(Turn.LEDGER)
    return int(LedgerEntry.objects.aggregate(last=Max("pk"))["last"] or 0)


type Standing = tuple[dict[Place, Decimal], int]  # by place, and the number of the last posting


def _locked_standings(
    wanted: Mapping[Source, Mapping[Place, Decimal]],
) -> tuple[dict[uuid.UUID, Standing], set[int]]:
    """Lock the contracts in id order, so that two postings never wait for each other; then read.

    A source that stands on another contract as well is read again under its lock. Says too which
    of them are settled.
    """
    touched = {place[0] for target in wanted.values() for place in target}
    while True:
        locked = Contract.objects.filter(pk__in=touched).order_by("pk")
        statuses = dict(locked.select_for_update(no_key=True).values_list("pk", "status"))
        standings = _standings([source.uuid for source in wanted])
        found = {place[0] for standing, _number in standings.values() for place in standing}
        if found <= touched:
            settled = {pk for pk, status in statuses.items() if status == ContractStatus.SETTLED}
            return standings, settled
        touched |= found


def _standings(sources: Sequence[uuid.UUID]) -> dict[uuid.UUID, Standing]:
    """Give what each source stands for, and the number of its last posting."""
    sums = (
        LedgerEntry.objects.filter(source_uuid__in=sources)
        .values_list("source_uuid", "contract_id", "account", "unit", "goal", "month")
        .annotate(total=Sum("quantity"), last=Max("posting_no"))
        .order_by()
    )
    result: dict[uuid.UUID, Standing] = {}
    for source, contract_id, account, unit, goal, month, total, last in sums:
        standing, number = result.get(source, ({}, 0))
        standing[contract_id, account, unit, goal, month] = total
        result[source] = (standing, max(number, last))
    return result


def mark_stale(contract_ids: set[int], *, at: dt.datetime) -> None:
    """Write what is to be computed as a row first; the message to a worker is a hint."""
    Fulfilment.objects.filter(contract_id__in=contract_ids, stale_since__isnull=True).update(
        stale_since=at
    )
    jobs.hint("contracts.tasks.recompute_stale")


def _order(place: Place) -> tuple[int, str, str, str, dt.date]:
    contract_id, account, unit, goal, month = place
    return (contract_id, account, unit, str(goal or ""), month)
