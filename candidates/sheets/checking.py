"""Each row checked as the form checks a placement (R-186): a thousand at a time, in constant memory."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from itertools import batched

from candidates.models import Candidate, Contribution, ImportBatch, Placement, SheetField
from candidates.models.candidate import LONGEST_REFERENCE, LOOKS_PERSONAL
from candidates.models.imports import Claiming
from candidates.models.placement import PlacementStatus
from candidates.sheets import cells
from candidates.sheets.cells import MistakeError
from candidates.sheets.complaints import Complaint
from candidates.sheets.extras import bonuses_in, line_in
from candidates.sheets.headings import normal
from candidates.sheets.reading import Cell, Row, is_blank
from candidates.sheets.terms import SupplierTerms, forms_by_word
from contracts.models import Block, Contract, PlanLine
from sroi_portal.core import personal

BATCH = 1_000
NOTHING: Cell = ""

type Key = tuple[bytes, int, dt.date]  # person, contract, first day
type Period = tuple[dt.date, dt.date]


class Fate(Enum):
    NEW = "new"
    CLAIM = "claim"  # a period of work that was entered before
    KNOWN = "known"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says, understood."""

    reference: str
    reference_hash: bytes
    contract: Contract
    block: Block
    hours_per_week: Decimal
    starts_on: dt.date
    ends_on: dt.date | None
    contract_form: str
    informed_on: dt.date | None
    period: Period | None
    bonus_codes: tuple[str, ...] = ()
    line: PlanLine | None = None  # of the agreed plan, that the period fulfils

    @property
    def key(self) -> Key:
        return (self.reference_hash, self.contract.pk, self.starts_on)


@dataclass(frozen=True, slots=True)
class Checked:
    """A row, what it says, and what is to happen with it."""

    number: int
    cells: Row
    fate: Fate
    told: Told | None = None
    complaint: Complaint | None = None
    placement_id: int | None = None  # when it was entered before this file


@dataclass(slots=True)
class _Seen:
    row: int
    periods: list[Period] = field(default_factory=list)


@dataclass(slots=True)
class _Standing:
    """A placement that was entered before, and the days that were claimed of it."""

    placement_id: int
    ends_on: dt.date | None
    periods: list[Period] = field(default_factory=list)


class Checker:
    """Checks the rows of one file; remembers what it saw, so that a row twice is found."""

    def __init__(self, batch: ImportBatch, terms: SupplierTerms) -> None:
        self.batch, self.terms = batch, terms
        self.columns: Mapping[str, int] = batch.columns
        self.submits = batch.claiming == Claiming.SUBMIT
        self.own_contract = terms.contracts.get(batch.contract_id or 0)
        self.forms = forms_by_word()
        self._seen: dict[Key, _Seen] = {}
        self._hashes: dict[str, bytes] = {}

    def check(self, rows: Iterable[Row]) -> Iterator[list[Checked]]:
        """Check the rows under the heading, a thousand at a time; empty rows are no rows."""
        numbered = enumerate(rows, 1)
        filled = (
            (number, row)
            for number, row in numbered
            if number > self.batch.heading_row and any(not is_blank(cell) for cell in row)
        )
        for part in batched(filled, BATCH, strict=False):
            yield self._part(part)

    def _part(self, part: Sequence[tuple[int, Row]]) -> list[Checked]:
        read = [self._read(number, row) for number, row in part]
        standing = self._standing([each.told for each in read if each.told])
        return [self._placed(each, standing) if each.told else each for each in read]

    def _read(self, number: int, row: Row) -> Checked:
        try:
            return Checked(number, row, Fate.NEW, self._told(row))
        except MistakeError as mistake:
            said = dict(mistake.said)
            column = said.pop("column", "")
            complaint = Complaint(number, mistake.code, column, said)
            return Checked(number, row, Fate.WRONG, complaint=complaint)

    def _cell(self, row: Row, column: str) -> Cell:
        place = self.columns.get(column)
        return row[place] if place is not None and place < len(row) else NOTHING

    def _told(self, row: Row) -> Told:
        reference = self._reference(row)
        contract = self._contract(row)
        block = self._block(row, contract)
        hours = cells.hours_of(self._needed(row, SheetField.HOURS))
        starts_on = self._day(row, SheetField.STARTS_ON)
        if starts_on is None:
            raise MistakeError("missing", column=SheetField.STARTS_ON)
        ends_on = self._day(row, SheetField.ENDS_ON)
        if contract.ends_on and starts_on > contract.ends_on:
            raise MistakeError("after_contract", day=contract.ends_on.isoformat())
        if ends_on and ends_on < starts_on:
            raise MistakeError("ends_before")
        return Told(
            reference=reference,
            reference_hash=self._hash(reference),
            contract=contract,
            block=block,
            hours_per_week=hours,
            starts_on=starts_on,
            ends_on=ends_on,
            contract_form=self._form(row),
            informed_on=self._day(row, SheetField.INFORMED_ON),
            period=self._period(row),
            bonus_codes=self._bonuses(row, contract, block),
            line=self._line(row, contract),
        )

    def _needed(self, row: Row, column: str) -> Cell:
        cell = self._cell(row, column)
        if is_blank(cell):
            raise MistakeError("missing", column=column)
        return cell

    def _reference(self, row: Row) -> str:
        reference = cells.text_of(self._needed(row, SheetField.REFERENCE))
        if len(reference) > LONGEST_REFERENCE:
            raise MistakeError("long", column=SheetField.REFERENCE)
        if personal.contains_bsn(reference):
            raise MistakeError("bsn")
        if LOOKS_PERSONAL.search(reference):
            raise MistakeError("personal")
        return reference

    def _hash(self, reference: str) -> bytes:
        if len(self._hashes) > 50 * BATCH:
            self._hashes.clear()
        if reference not in self._hashes:
            self._hashes[reference] = personal.keyed_hash(reference, of=self.batch.supplier.uuid)
        return self._hashes[reference]

    def _contract(self, row: Row) -> Contract:
        cell = self._cell(row, SheetField.CONTRACT)
        if is_blank(cell) and self.own_contract:
            return self._open(self.own_contract)
        found = self.terms.contracts_called(cells.text_of(self._needed(row, SheetField.CONTRACT)))
        if len(found) != 1:
            code = "two_contracts" if found else "no_contract"
            raise MistakeError(code, said=cells.short(cell))
        return self._open(found[0])

    @staticmethod
    def _open(contract: Contract) -> Contract:
        """Refuse what `require_open` refuses."""
        if contract.is_framework:
            raise MistakeError("framework")
        if contract.supplier.insolvent_on:
            raise MistakeError("insolvent")
        if not contract.accepts_contributions:
            raise MistakeError("closed", status=contract.status)
        return contract

    def _block(self, row: Row, contract: Contract) -> Block:
        cell = self._needed(row, SheetField.BLOCK)
        rows = self.terms.rows_of(contract)
        found = rows.called(cells.text_of(cell))
        if not found:
            raise MistakeError("no_row", said=cells.short(cell), table=rows.table_name)
        if len(found) > 1:
            labels = "; ".join(block.label for block in found[:4])
            raise MistakeError("two_rows", said=cells.short(cell), rows=labels)
        return found[0]

    def _day(self, row: Row, column: str) -> dt.date | None:
        cell = self._cell(row, column)
        if is_blank(cell):
            return None
        try:
            return cells.day_of(cell)
        except MistakeError as mistake:
            raise MistakeError(mistake.code, column=column, **mistake.said) from None

    def _form(self, row: Row) -> str:
        cell = self._cell(row, SheetField.FORM)
        if is_blank(cell):
            if not self.batch.contract_form:
                raise MistakeError("missing", column=SheetField.FORM)
            return self.batch.contract_form
        form = self.forms.get(normal(cells.text_of(cell)))
        if form is None:
            raise MistakeError("form", said=cells.short(cell))
        return form

    def _period(self, row: Row) -> Period | None:
        first = self._day(row, SheetField.PERIOD_FROM)
        last = self._day(row, SheetField.PERIOD_UNTIL)
        if first is None and last is None:
            return None
        if first is None or last is None:
            raise MistakeError("period_half")
        if last < first:
            raise MistakeError("period_before")
        if self.submits and last > self.terms.today:
            raise MistakeError("period_future", day=last.isoformat())
        return first, last

    def _bonuses(self, row: Row, contract: Contract, block: Block) -> tuple[str, ...]:
        cell = self._cell(row, SheetField.BONUSES)
        return () if is_blank(cell) else bonuses_in(cell, self.terms.rows_of(contract), block)

    def _line(self, row: Row, contract: Contract) -> PlanLine | None:
        cell = self._cell(row, SheetField.PLAN_LINE)
        return None if is_blank(cell) else line_in(cell, self.terms.lines_of(contract))

    def _standing(self, told: Iterable[Told]) -> dict[Key, _Standing]:
        """Find what was entered before of these people, in two questions to the database."""
        told = list(told)
        rows = Placement.objects.filter(
            candidate__in=Candidate.objects.filter(
                supplier=self.batch.supplier,
                reference_hash__in={each.reference_hash for each in told},
            ),
            starts_on__in={each.starts_on for each in told},
        ).exclude(status=PlacementStatus.WITHDRAWN)
        found = {
            (bytes(row[0]), row[1], row[2]): _Standing(row[3], row[4])
            for row in rows.order_by("-pk").values_list(
                "candidate__reference_hash", "contract_id", "starts_on", "pk", "ends_on"
            )
        }
        self._add_periods(found)
        return found

    @staticmethod
    def _add_periods(found: Mapping[Key, _Standing]) -> None:
        by_pk = {each.placement_id: each for each in found.values()}
        claimed = Contribution.objects.filter(placement__in=by_pk, is_live=True)
        for pk, *period in claimed.values_list("placement_id", "starts_on", "ends_on"):
            by_pk[pk].periods.append((period[0], period[1]))

    def _placed(self, row: Checked, standing: Mapping[Key, _Standing]) -> Checked:
        """Say whether a sound row is new, a period of known work, or nothing new."""
        told = row.told
        if told is None:
            return row
        before, seen = standing.get(told.key), self._seen.get(told.key)
        code = _trouble(told, before, seen)
        if code:
            return _wrong(row, Complaint(row.number, code))
        if (before or seen) and told.period is None:
            said = {"row": str(seen.row)} if seen else {}
            complaint = Complaint(row.number, "twice" if seen else "known", "", said)
            return Checked(row.number, row.cells, Fate.KNOWN, complaint=complaint)
        if told.line and told.period is None:
            return _wrong(row, Complaint(row.number, "line_without_period"))
        seen = self._seen.setdefault(told.key, _Seen(row.number))
        if told.period:
            seen.periods.append(told.period)
        if before is None and seen.row == row.number:
            return row
        placement_id = before.placement_id if before else None
        return Checked(row.number, row.cells, Fate.CLAIM, told, placement_id=placement_id)


def _wrong(row: Checked, complaint: Complaint) -> Checked:
    return Checked(row.number, row.cells, Fate.WRONG, complaint=complaint)


def _trouble(told: Told, before: _Standing | None, seen: _Seen | None) -> str:
    """Name what is wrong with the period of a row, given what was claimed before."""
    if told.period is None:
        return ""
    first, last = told.period
    ends_on = before.ends_on if before else told.ends_on
    latest = min(filter(None, (ends_on, told.contract.ends_on)), default=None)
    if first < told.starts_on or (latest is not None and last > latest):
        return "period_outside"
    claimed = [*(before.periods if before else ()), *(seen.periods if seen else ())]
    overlaps = any(first <= until and since <= last for since, until in claimed)
    return "period_overlap" if overlaps else ""
