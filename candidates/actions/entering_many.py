"""Placements of a spreadsheet: entered by the thousand, each as if it were entered alone (R-187)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import F

from candidates import units, worth
from candidates.actions.placements import CENT, post_plan, require_open
from candidates.limits import limit_left
from candidates.models import Candidate, Placement, PlacementStatus, UsedMonth, WeeklyHours
from candidates.sheets.checking import Told
from contracts import ledger, valuation
from contracts.models import Account, Block, Contract, LedgerUnit, TableBonus
from sroi_portal.core import audit, rows
from sroi_portal.core.models import User
from suppliers.models import Supplier

MOST = 1_000
WITHDRAWABLE = (PlacementStatus.RUNNING, PlacementStatus.ENDED)
MOST_MONTHS = 20_000  # worths that are remembered


@dataclass(frozen=True, slots=True)
class Entry:
    """One placement to be entered, under the uuid that its row gives it."""

    key: uuid.UUID
    told: Told


class Planner:
    """Plans what many placements will be worth; what holds for a contract or row is read once."""

    def __init__(self) -> None:
        self._units: dict[int, str] = {}
        self._terms: dict[int, tuple[valuation.Terms, valuation.Block]] = {}
        self._left: dict[tuple[int, int], Decimal | None] = {}
        self._bonuses: dict[int, list[TableBonus]] = {}
        self._months: dict[tuple[object, ...], tuple[valuation.MonthAmount, ...]] = {}

    def begin(self) -> None:
        """Forget what others may have changed since the last transaction."""
        self._units.clear()
        self._left.clear()
        if len(self._months) > MOST_MONTHS:
            self._months.clear()

    def unit(self, contract: Contract) -> str:
        if contract.pk not in self._units:
            self._units[contract.pk] = contract.owed_unit
        return self._units[contract.pk]

    def lines(self, told: Told) -> list[ledger.Wanted]:
        """Give what `worth.planned` gives for a person of whom nothing is claimed yet (R-120)."""
        contract = told.contract
        first = max(filter(None, (told.starts_on, contract.starts_on)))
        last = min(filter(None, (told.ends_on, contract.closes_on)))
        if last < first:
            return []
        place = (contract.pk, Account.PLANNED, self.unit(contract))
        return list(units.lines(place, self._worth(told, first, last)))

    def _worth(
        self, told: Told, first: dt.date, last: dt.date
    ) -> tuple[valuation.MonthAmount, ...]:
        contract, block, hours = told.contract, told.block, told.hours_per_week
        left = self._limit_left(contract, block)
        key = (contract.pk, block.pk, hours, told.starts_on, last, left, told.bonus_codes)
        if key not in self._months:
            offered, facts = worth.chosen(self._bonuses_of(block), told.bonus_codes)
            period = valuation.HoursPeriod(told.starts_on, max(last, told.starts_on), hours)
            work = valuation.Work(
                starts_on=first,
                ends_on=last,
                periods=(period,),
                employment_started_on=told.starts_on,
                contract_starts_on=contract.starts_on,
                facts=facts,
                limit_left_eur=left,
            )
            terms, row = self._of_block(block)
            value = valuation.value(terms, row, offered, work, worth.WHOLE)
            self._months[key] = tuple(value.by_month)
        return self._months[key]

    def _of_block(self, block: Block) -> tuple[valuation.Terms, valuation.Block]:
        if block.pk not in self._terms:
            self._terms[block.pk] = (block.table.as_terms(), block.as_terms())
        return self._terms[block.pk]

    def _bonuses_of(self, block: Block) -> list[TableBonus]:
        if block.pk not in self._bonuses:
            self._bonuses[block.pk] = worth.bonuses_of(block)
        return self._bonuses[block.pk]

    def _limit_left(self, contract: Contract, block: Block) -> Decimal | None:
        key = (contract.pk, block.pk)
        if key not in self._left:
            self._left[key] = limit_left(contract, block)
        return self._left[key]


def enter_placements(
    supplier: Supplier,
    entries: Sequence[Entry],
    *,
    by: User,
    at: dt.datetime,
    planner: Planner | None = None,
) -> list[Placement]:
    """Enter up to 1,000 placements of one supplier, with a plan and an event for each.

    Runs in the caller's transaction.

    :raises ContractClosedError: when one of the contracts takes no work any more.
    :raises ValueError: for more than 1,000 at once.
    """
    if len(entries) > MOST:
        raise ValueError(f"{len(entries)} placements at once: enter at most {MOST}")
    one_import_at_a_time(supplier)
    _require_open(entries)
    people = _people(supplier, entries, by=by, at=at)
    placements = [_placement(supplier, entry, people, by=by, at=at) for entry in entries]
    rows.insert_objects(placements)
    rows.insert_objects(
        [
            WeeklyHours(
                placement=placement,
                supplier=supplier,
                authority_ids=placement.authority_ids,
                holds_from=entry.told.starts_on,
                hours_per_week=entry.told.hours_per_week,
            )
            for placement, entry in zip(placements, entries, strict=True)
        ]
    )
    planner = planner or Planner()
    planner.begin()
    _plan(placements, entries, planner, by=by, at=at)
    audit.record_many(placements, "enter_placement", by=by, at=at)
    return placements


def withdraw_placements(
    placements: Sequence[Placement], *, by: User, at: dt.datetime
) -> list[Placement]:
    """Take many back as `withdraw_placement` does one; those that were claimed since stay.

    Runs in the caller's transaction and returns those that are withdrawn.
    """
    theirs = Placement.objects.filter(pk__in=[each.pk for each in placements])
    claimed = theirs.filter(contributions__is_live=True).values("pk")
    gone = list(
        theirs.filter(status__in=WITHDRAWABLE)
        .exclude(pk__in=claimed)
        .order_by("pk")
        .select_for_update(of=("self",))
        .select_related("contract")
    )
    for status in WITHDRAWABLE:
        moved = [placement for placement in gone if placement.status == status]
        arrow = (status.value, PlacementStatus.WITHDRAWN.value)
        audit.record_many(moved, "withdraw_placement", by=by, at=at, moved=arrow)
    theirs.filter(pk__in=[placement.pk for placement in gone]).update(
        status=PlacementStatus.WITHDRAWN, revision=F("revision") + 1
    )
    planner = Planner()
    alone = [each for each in gone if planner.unit(each.contract) == LedgerUnit.PERSON]
    at_once = {ledger.Source.of(each): () for each in gone if each not in alone}
    ledger.post_many(at_once, by=by, at=at)
    for placement in alone:
        placement.status = PlacementStatus.WITHDRAWN
        post_plan(placement, by=by, at=at)
    return gone


def one_import_at_a_time(supplier: Supplier) -> None:
    """Let no other import of this supplier enter people until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {supplier.uuid}"]
        )


def _require_open(entries: Iterable[Entry]) -> None:
    wanted = {entry.told.contract.pk for entry in entries}
    locked = Contract.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",))
    for contract in locked.select_related("supplier"):
        require_open(contract)


def _people(
    supplier: Supplier, entries: Iterable[Entry], *, by: User, at: dt.datetime
) -> dict[bytes, Candidate]:
    """Find everybody by the supplier's own reference, and begin with who is new."""
    told = {entry.told.reference_hash: entry.told for entry in reversed(list(entries))}
    people = _known(supplier, told)
    new = []
    for reference_hash in sorted(told.keys() - people.keys()):
        row = told[reference_hash]
        person = Candidate(supplier=supplier, informed_on=row.informed_on)
        person.reference = row.reference
        new.append(person)
    rows.insert_objects(new)
    audit.record_many(new, "enter_placement", by=by, at=at)
    return people | {bytes(person.reference_hash): person for person in new}


def _known(supplier: Supplier, hashes: Iterable[bytes]) -> dict[bytes, Candidate]:
    known = Candidate.objects.filter(supplier=supplier, reference_hash__in=list(hashes))
    return {bytes(person.reference_hash): person for person in known}


def _placement(
    supplier: Supplier,
    entry: Entry,
    people: dict[bytes, Candidate],
    *,
    by: User,
    at: dt.datetime,
) -> Placement:
    told = entry.told
    return Placement(
        uuid=entry.key,
        supplier=supplier,
        candidate=people[told.reference_hash],
        contract=told.contract,
        block=told.block,
        bonus_codes=list(told.bonus_codes),
        contract_form=told.contract_form,
        starts_on=told.starts_on,
        ends_on=told.ends_on,
        entered_by=by,
        entered_at=at,
    )


def _plan(
    placements: Sequence[Placement],
    entries: Sequence[Entry],
    planner: Planner,
    *,
    by: User,
    at: dt.datetime,
) -> None:
    """Plan at once who is new to the counting caps; the others one by one, beside their claims."""
    hashes = {entry.told.reference_hash for entry in entries}
    supplier_id = placements[0].supplier_id if placements else 0
    used = UsedMonth.objects.filter(supplier_id=supplier_id, reference_hash__in=hashes)
    counted = {bytes(each) for each in used.order_by().values_list("reference_hash", flat=True)}
    wanted: dict[ledger.Source, list[ledger.Wanted]] = {}
    alone = []
    for placement, entry in zip(placements, entries, strict=True):
        is_counted = entry.told.reference_hash in counted
        if is_counted or planner.unit(placement.contract) == LedgerUnit.PERSON:
            alone.append(placement)
        else:
            wanted[ledger.Source.of(placement)] = planner.lines(entry.told)
    ledger.post_many(wanted, by=by, at=at, within=CENT)
    for placement in alone:
        post_plan(placement, by=by, at=at)
