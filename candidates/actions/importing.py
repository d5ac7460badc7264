"""The long work of an import: every row read, checked, entered or taken back, a thousand at a time."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from candidates import locking
from candidates.actions import imports
from candidates.actions.entering_many import (
    Entry,
    Planner,
    enter_placements,
    one_import_at_a_time,
    withdraw_placements,
)
from candidates.actions.entry_checks import NotSubmittableError
from candidates.actions.placements import ContractClosedError
from candidates.actions.plan_ties import tie_share
from candidates.actions.shares import (
    draft_contribution,
    submit_share,
    withdraw_share,
)
from candidates.models import (
    Candidate,
    Claiming,
    ImportBatch,
    ImportedRow,
    ImportFile,
    ImportPart,
    ImportStatus,
    Placement,
    Share,
    ShareStatus,
    SheetKind,
)
from candidates.sheets import answers, reading
from candidates.sheets.checking import BATCH, Checked, Checker, Fate, Period, Told
from candidates.sheets.complaints import Complaint
from candidates.sheets.reading import Book, UnreadableSheetError
from candidates.sheets.terms import SupplierTerms
from contracts.actions import PlanStandsError
from contracts.models import Contract
from sroi_portal.core import jobs, rows
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Job, User
from sroi_portal.core.status import IllegalMoveError, texts_of

MOST_SHOWN = 50  # complaints on the page; the workbook that goes back has all
REFUSALS = (
    ContractClosedError,
    IllegalMoveError,
    NotSubmittableError,
    PlanStandsError,
    ValidationError,
)

type Now = Callable[[], dt.datetime]


def check(batch_uuid: str, job: Job, *, now: Now) -> None:
    """Read every row and say what is wrong; enter nothing."""
    with _work_on(batch_uuid, ImportStatus.CHECKING, job, now=now) as batch:
        if batch is None:
            return
        counted = imports.Counted()
        book, checker = _opened(batch, now=now)
        answer = answers.begun(batch, book)
        for part in _parts(checker, book, batch, job, now=now):
            _count(counted, part, answer)
        content = answer.finished()
        with acting_as(DatabaseRole.WORKER):
            _keep_answer(batch, content)
            imports.check_import(batch, counted, by=None, at=now())


def write(batch_uuid: str, job: Job, *, now: Now) -> None:
    """Enter the good rows; killed halfway, the next worker goes on where this one stopped."""
    with _work_on(batch_uuid, ImportStatus.WRITING, job, now=now) as batch:
        if batch is None:
            return
        counted = imports.Counted()
        book, checker = _opened(batch, now=now)
        answer = answers.begun(batch, book)
        with acting_as(DatabaseRole.WORKER):
            done = set(ImportedRow.objects.filter(batch=batch).values_list("row_no", flat=True))
        planner = Planner()

        def enter(part: list[Checked]) -> list[Checked]:
            left = [row for row in part if row.number not in done]
            entered = write_rows(batch, left, planner, at=now())
            counted.good_count += len(part) - len(left)
            counted.row_count += len(part) - len(left)
            return entered

        for part in _parts(checker, book, batch, job, now=now, within=enter):
            _count(counted, part, answer)
        content = answer.finished()
        with acting_as(DatabaseRole.WORKER):
            _keep_answer(batch, content)
            imports.write_import(batch, counted, by=None, at=now())


def undo(batch_uuid: str, job: Job, *, now: Now) -> None:
    """Take back what was entered, the newest first; what was checked meanwhile stays."""
    with _work_on(batch_uuid, ImportStatus.UNDOING, job, now=now) as batch:
        if batch is None:
            return
        last, done = 2**31 - 1, 0
        while True:
            with acting_as(DatabaseRole.WORKER):
                rows = ImportedRow.objects.filter(batch=batch, row_no__lt=last)
                part = list(rows.order_by("-row_no")[:BATCH])
                undo_rows(batch, part, at=now())
                done += len(part)
                jobs.progress(job, done, batch.written_count, at=now())
            if len(part) < BATCH:
                break
            last = part[-1].row_no
        with acting_as(DatabaseRole.WORKER):
            imports.end_undo_import(batch, by=None, at=now())


def write_rows(
    batch: ImportBatch, part: Sequence[Checked], planner: Planner, *, at: dt.datetime
) -> list[Checked]:
    """Enter up to 1,000 rows in the caller's transaction; give them back, the refused with why."""
    one_import_at_a_time(batch.supplier)
    known = {row.told.reference_hash for row in part if row.told}
    people = Candidate.objects.filter(supplier=batch.supplier, reference_hash__in=known)
    locking.lock_people(people)
    part = _still_open(part)
    new = [row for row in part if row.fate == Fate.NEW]
    entries = [Entry(_key(batch, row), row.told) for row in new if row.told]
    by = _confirmed_by(batch)
    made = enter_placements(batch.supplier, entries, by=by, at=at, planner=planner)
    placements = {row.number: placement for row, placement in zip(new, made, strict=True)}
    claimed, refused = _claim(batch, part, placements, at=at)
    rows.insert_objects(
        [
            ImportedRow(
                batch=batch,
                supplier=batch.supplier,
                row_no=number,
                placement=placement,
                is_new=True,
                contribution=claimed[number].contribution if number in claimed else None,
            )
            for number, placement in placements.items()
        ]
        + [
            ImportedRow(
                batch=batch,
                supplier=batch.supplier,
                row_no=number,
                placement=share.contribution.placement,
                is_new=False,
                contribution=share.contribution,
            )
            for number, share in claimed.items()
            if number not in placements
        ]
    )
    written = len(placements.keys() | claimed.keys())
    last = max((row.number for row in part), default=batch.written_through)
    batch.written_count, batch.written_through = batch.written_count + written, last
    batch.save(update_fields=["written_count", "written_through"])
    return [refused.get(row.number, row) for row in part]


def undo_rows(batch: ImportBatch, part: Sequence[ImportedRow], *, at: dt.datetime) -> None:
    """Withdraw up to 1,000 rows in the caller's transaction: what they claimed, then entered."""
    by = batch.undone_by or batch.sent_by
    ids = [row.contribution_id for row in part if row.contribution_id]
    waiting = (ShareStatus.DRAFT, ShareStatus.SUBMITTED)
    shares = Share.objects.filter(contribution__in=ids, status__in=waiting)
    locking.lock_many(shares)
    for share in shares.select_related("contribution__placement").order_by("-pk"):
        withdraw_share(share, by=by, at=at)
    new = Placement.objects.filter(pk__in=[row.placement_id for row in part if row.is_new])
    withdraw_placements(list(new.order_by("pk")), by=by, at=at)


def _still_open(part: Sequence[Checked]) -> list[Checked]:
    """Lock the contracts in id order; one that was closed since the check takes nothing."""
    wanted = {row.told.contract.pk for row in part if row.told}
    locked = Contract.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",))
    closed = {
        each.pk: {"code": "insolvent"}
        if each.supplier.insolvent_on
        else {"code": "closed", "status": each.status}
        for each in locked.select_related("supplier")
        if each.supplier.insolvent_on or not each.accepts_contributions
    }
    return [
        _refused(row, **closed[row.told.contract.pk])
        if row.told and row.told.contract.pk in closed
        else row
        for row in part
    ]


def _claim(
    batch: ImportBatch,
    part: Sequence[Checked],
    made: dict[int, Placement],
    *,
    at: dt.datetime,
) -> tuple[dict[int, Share], dict[int, Checked]]:
    """Enter the periods of the rows, one by one as somebody would; a refusal is a complaint."""
    claimed: dict[int, Share] = {}
    refused: dict[int, Checked] = {}
    by_key = {row.told.key: made[row.number] for row in part if row.told and row.number in made}
    for row in part:
        if row.told is None or row.told.period is None:
            continue
        try:
            placement = made.get(row.number) or by_key.get(row.told.key) or _earlier(row)
            with transaction.atomic():
                claimed[row.number] = _claim_one(batch, placement, row.told, row.told.period, at=at)
        except REFUSALS as reason:
            code = "period_refused" if row.number in made else "refused"
            refused[row.number] = _refused(row, code, said=" ".join(texts_of(reason)))
    return claimed, refused


def _claim_one(
    batch: ImportBatch, placement: Placement, told: Told, period: Period, *, at: dt.datetime
) -> Share:
    by = _confirmed_by(batch)
    share = draft_contribution(placement, by=by, at=at, period=period)
    if told.line:
        tie_share(share, told.line, by=by, at=at)
    if batch.claiming == Claiming.SUBMIT:
        submit_share(share, by=by, at=at)
    return share


def _earlier(row: Checked) -> Placement:
    """Find what was entered before this file, or by an earlier part of it.

    :raises IllegalMoveError: when somebody withdrew it since.
    """
    rows = Placement.objects.select_related("contract", "supplier", "block", "candidate")
    found = rows.filter(pk=row.placement_id or 0).first()
    if found is None:
        raise IllegalMoveError(_("This work was withdrawn while the file was entered."))
    return found


def _refused(row: Checked, code: str, **said: str) -> Checked:
    complaint = Complaint(row.number, code, "", said)
    return Checked(row.number, row.cells, Fate.WRONG, complaint=complaint)


def _key(batch: ImportBatch, row: Checked) -> uuid.UUID:
    """Give the placement of a row the same uuid however often the row is tried."""
    return uuid.uuid5(batch.uuid, str(row.number))


def _confirmed_by(batch: ImportBatch) -> User:
    return batch.confirmed_by or batch.sent_by


@contextmanager
def _work_on(batch_uuid: str, status: str, job: Job, *, now: Now) -> Iterator[ImportBatch | None]:
    """Give the batch while it has this status; a fault that stays stops it with a sentence."""
    with acting_as(DatabaseRole.WORKER):
        rows = ImportBatch.objects.select_related("supplier", "sent_by", "confirmed_by")
        batch = rows.filter(uuid=batch_uuid, status=status).first()
    try:
        with translation.override(batch.language if batch else None):
            yield batch
    except Exception as fault:
        told = isinstance(fault, UnreadableSheetError)
        if batch and (told or job.attempts >= jobs.ATTEMPTS):
            with acting_as(DatabaseRole.WORKER):
                reason = str(fault) if told else ""
                imports.fail_import(batch, by=None, at=now(), reason=reason)
        if not told:
            raise


def _opened(batch: ImportBatch, *, now: Now) -> tuple[Book, Checker]:
    with acting_as(DatabaseRole.WORKER):
        file = ImportFile.objects.get(batch=batch, part=ImportPart.SENT)
        terms = SupplierTerms(batch.supplier, today=timezone.localdate(now()))
        checker = Checker(batch, terms)
    return reading.opened(batch.kind, file.content), checker


def _parts(
    checker: Checker,
    book: Book,
    batch: ImportBatch,
    job: Job,
    *,
    now: Now,
    within: Callable[[list[Checked]], list[Checked]] | None = None,
) -> Iterator[list[Checked]]:
    """Check a thousand rows in each transaction, and do with them `within` it what is asked."""
    parts = checker.check(book.rows(batch.sheet))
    total = book.height(batch.sheet)
    while True:
        with acting_as(DatabaseRole.WORKER):
            part = next(parts, None)
            if part is None:
                return
            last = part[-1].number
            part = within(part) if within else part
            jobs.progress(job, min(last, total), total, at=now())
        yield part


def _count(counted: imports.Counted, part: Sequence[Checked], answer: answers.Answer) -> None:
    for row in part:
        counted.row_count += 1
        counted.good_count += row.fate in {Fate.NEW, Fate.CLAIM}
        counted.known_count += row.fate == Fate.KNOWN
        counted.claim_count += bool(row.told and row.told.period)
        if row.fate == Fate.WRONG and row.complaint:
            counted.wrong_count += 1
            answer.add(row.number, row.cells, row.complaint.sentence)
            if len(counted.complaints) < MOST_SHOWN:
                counted.complaints.append(row.complaint.as_json())


def _keep_answer(batch: ImportBatch, content: bytes) -> None:
    if content:
        imports.keep_file(batch, ImportPart.ANSWER, content, SheetKind.XLSX)
    else:
        ImportFile.objects.filter(batch=batch, part=ImportPart.ANSWER).delete()
