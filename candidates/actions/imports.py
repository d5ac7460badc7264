"""What happens to a spreadsheet: sent, its columns confirmed, checked, entered, undone, removed."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from candidates.models import (
    Claiming,
    ImportBatch,
    ImportedRow,
    ImportFile,
    ImportPart,
    ImportStatus,
    RememberedHeading,
    Share,
    ShareStatus,
)
from candidates.models.imports import KEPT
from candidates.sheets.headings import normal
from contracts.models import Contract
from sroi_portal.core import audit, jobs
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save
from suppliers.models import Supplier

CHECKING = "candidates.tasks.check_import"
WRITING = "candidates.tasks.write_import"
UNDOING = "candidates.tasks.undo_import"
UNDECIDED = (ShareStatus.DRAFT, ShareStatus.SUBMITTED, ShareStatus.WITHDRAWN)


class NotUndoableError(RefusedError):
    """Something of the import was checked, or was gone on with."""


@dataclass(frozen=True)
class SentSheet:
    """A spreadsheet that may be opened."""

    title: str
    kind: str
    content: bytes
    key: uuid.UUID


@dataclass(frozen=True)
class Matched:
    """What the columns of a sheet are about, and what holds for all its rows."""

    sheet: str
    heading_row: int
    headings: Sequence[str]
    columns: Mapping[str, int]
    contract: Contract | None = None
    contract_form: str = ""
    claiming: str = Claiming.DRAFT


@dataclass
class Counted:
    """What a pass over the rows found."""

    row_count: int = 0
    good_count: int = 0
    known_count: int = 0
    wrong_count: int = 0
    claim_count: int = 0
    complaints: list[list[Any]] = field(default_factory=list)


@transaction.atomic
def send_import(supplier: Supplier, sheet: SentSheet, *, by: User, at: dt.datetime) -> ImportBatch:
    """Keep a spreadsheet, sealed, until it is entered or has expired (R-185)."""
    batch = ImportBatch(
        uuid=sheet.key,
        supplier=supplier,
        title=sheet.title,
        kind=sheet.kind,
        sent_by=by,
        sent_at=at,
        language=(get_language() or "nl")[:2],
    )
    save(batch)
    keep_file(batch, ImportPart.SENT, sheet.content, sheet.kind)
    audit.record(batch, "send_import", by=by, at=at)
    return batch


@transaction.atomic
def match_import(
    batch: ImportBatch, matched: Matched, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Confirm what the columns are about, remember it, and have the rows checked."""
    batch = _locked(batch, revision=revision)
    batch.sheet, batch.heading_row = matched.sheet, matched.heading_row
    batch.columns = dict(matched.columns)
    batch.contract, batch.contract_form = matched.contract, matched.contract_form
    batch.claiming = matched.claiming
    _remember(batch, matched)
    batch.job_uuid = jobs.queue(CHECKING, str(batch.uuid), by=by, at=at).uuid
    move(batch, ImportStatus.CHECKING, verb="match_import", by=by, at=at)


@transaction.atomic
def check_import(batch: ImportBatch, counted: Counted, *, by: User | None, at: dt.datetime) -> None:
    """Say what the dry run found; nothing is entered yet."""
    batch = lock(batch)
    _count(batch, counted)
    move(batch, ImportStatus.CHECKED, verb="check_import", by=by, at=at)


@transaction.atomic
def confirm_import(
    batch: ImportBatch, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Have the good rows entered; confirmed twice, it happens once."""
    batch = _locked(batch, revision=revision)
    if batch.status in {ImportStatus.WRITING, ImportStatus.WRITTEN}:
        return
    batch.confirmed_by, batch.confirmed_at = by, at
    batch.job_uuid = jobs.queue(WRITING, str(batch.uuid), by=by, at=at).uuid
    move(batch, ImportStatus.WRITING, verb="confirm_import", by=by, at=at)


@transaction.atomic
def write_import(batch: ImportBatch, counted: Counted, *, by: User | None, at: dt.datetime) -> None:
    """Say that everything good is entered; the file as it was sent is not needed any more."""
    batch = lock(batch)
    _count(batch, counted)
    move(batch, ImportStatus.WRITTEN, verb="write_import", by=by, at=at)
    ImportFile.objects.filter(batch=batch, part=ImportPart.SENT).delete()


@transaction.atomic
def undo_import(
    batch: ImportBatch, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Take everything back that the import entered, while nothing of it is checked (R-188).

    :raises NotUndoableError: with why.
    """
    batch = lock(batch, revision=revision)
    if batch.status in {ImportStatus.UNDOING, ImportStatus.UNDONE}:
        return
    require_undoable(batch)
    batch.undone_by, batch.undone_at = by, at
    batch.job_uuid = jobs.queue(UNDOING, str(batch.uuid), by=by, at=at).uuid
    move(batch, ImportStatus.UNDOING, verb="undo_import", by=by, at=at)


@transaction.atomic
def end_undo_import(batch: ImportBatch, *, by: User | None, at: dt.datetime) -> None:
    """Say that all is taken back; what went back to the supplier goes too."""
    batch = lock(batch)
    move(batch, ImportStatus.UNDONE, verb="end_undo_import", by=by, at=at)
    ImportFile.objects.filter(batch=batch).delete()


@transaction.atomic
def fail_import(batch: ImportBatch, *, by: User | None, at: dt.datetime, reason: str) -> None:
    """Stop after a fault; what was entered stays, and it can be tried again."""
    batch = lock(batch)
    if reason:
        batch.complaints = [[0, "unreadable", "", {"said": reason[:300]}]]
    move(batch, ImportStatus.FAILED, verb="fail_import", by=by, at=at)


@transaction.atomic
def retry_import(batch: ImportBatch, *, by: User, at: dt.datetime) -> None:
    """Go on where a fault stopped it."""
    batch = _locked(batch)
    name = str(batch.uuid)
    to = ImportStatus.WRITING
    if batch.undone_at:
        to, job = ImportStatus.UNDOING, jobs.queue(UNDOING, name, by=by, at=at)
    elif batch.confirmed_at:
        job = jobs.queue(WRITING, name, by=by, at=at)
    else:
        to, job = ImportStatus.CHECKING, jobs.queue(CHECKING, name, by=by, at=at)
    batch.job_uuid = job.uuid
    move(batch, to, verb="retry_import", by=by, at=at)


@transaction.atomic
def discard_import(batch: ImportBatch, *, by: User | None, at: dt.datetime) -> None:
    """Throw a file away of which nothing is entered."""
    batch = lock(batch)
    if batch.confirmed_at:
        raise IllegalMoveError(_("Rows of this file were entered. Undo the import instead."))
    move(batch, ImportStatus.DISCARDED, verb="discard_import", by=by, at=at)
    _empty(batch)


@transaction.atomic
def purge_imports(*, by: User | None, at: dt.datetime) -> int:
    """Remove after 30 days what files said, what was wrong, and the way back (R-189)."""
    due = list(ImportBatch.objects.of_before(at - KEPT).select_for_update().order_by("pk"))
    for batch in due:
        _empty(batch)
        audit.record(batch, "purge_imports", by=by, at=at)
    return len(due)


def keep_file(batch: ImportBatch, part: str, content: bytes, kind: str) -> None:
    """Seal a file beside its batch, instead of the one that was there."""
    ImportFile.objects.filter(batch=batch, part=part).delete()
    file = ImportFile(batch=batch, supplier=batch.supplier, part=part, kind=kind)
    file.content = content
    file.save()


def require_undoable(batch: ImportBatch) -> None:
    """Refuse to undo what others have gone on with.

    :raises NotUndoableError: with why.
    """
    rows = ImportedRow.objects.filter(batch=batch)
    shares = Share.objects.filter(contribution__in=rows.values("contribution"))
    if shares.exclude(status__in=UNDECIDED).exists():
        raise NotUndoableError(
            _("Part of this import was checked already. Withdraw the other rows one by one.")
        )
    new = rows.filter(is_new=True).values("placement")
    own = rows.filter(contribution__isnull=False).values("contribution")
    later = Share.objects.filter(contribution__placement__in=new, contribution__is_live=True)
    if later.exclude(contribution__in=own).exists():
        raise NotUndoableError(
            _("Periods of these placements were entered since. Withdraw those periods first.")
        )
    if not batch.has_content:
        raise NotUndoableError(_("An import can be undone for 30 days. That time is over."))


def _remember(batch: ImportBatch, matched: Matched) -> None:
    """Keep what each heading means to this supplier, for the next file."""
    meanings = {column: name for name, column in matched.columns.items()}
    said = {
        normal(heading): meanings.get(column, "")
        for column, heading in enumerate(matched.headings)
        if normal(heading)
    }
    RememberedHeading.objects.bulk_create(
        [
            RememberedHeading(supplier=batch.supplier, heading=heading, field=said[heading])
            for heading in sorted(said)
        ],
        update_conflicts=True,
        unique_fields=["supplier", "heading"],
        update_fields=["field"],
    )


def remembered(supplier: Supplier) -> dict[str, str]:
    rows = RememberedHeading.objects.filter(supplier=supplier).order_by("pk")
    return dict(rows.values_list("heading", "field"))


def _locked(batch: ImportBatch, *, revision: int | None = None) -> ImportBatch:
    batch = lock(batch, revision=revision)
    if not batch.has_content:
        raise IllegalMoveError(_("The file was removed after 30 days. Send it again."))
    return batch


def _count(batch: ImportBatch, counted: Counted) -> None:
    batch.row_count, batch.good_count = counted.row_count, counted.good_count
    batch.known_count, batch.wrong_count = counted.known_count, counted.wrong_count
    batch.claim_count, batch.complaints = counted.claim_count, counted.complaints


def _empty(batch: ImportBatch) -> None:
    ImportFile.objects.filter(batch=batch).delete()
    ImportedRow.objects.filter(batch=batch).delete()
    batch.complaints, batch.has_content = [], False
    save(batch)
