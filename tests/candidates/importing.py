"""A spreadsheet walked through, without pages."""

import uuid

from candidates import actions, tasks
from candidates.models import Claiming, ImportPart
from candidates.sheets import reading
from candidates.sheets.headings import found_in
from tests.conftest import NOON


def sent(supplier, content, *, by, name="plaatsingen.xlsx", at=NOON):
    kind = name.rpartition(".")[2]
    sheet = actions.SentSheet(title=name, kind=kind, content=content, key=uuid.uuid4())
    return actions.send_import(supplier, sheet, by=by, at=at)


def matched(batch, *, by, at=NOON, **facts):
    """Confirm what was recognised by itself."""
    book = reading.opened(batch.kind, batch.files.get(part=ImportPart.SENT).content)
    found = found_in(book, actions.remembered(batch.supplier))
    told = actions.Matched(
        sheet=found.sheet,
        heading_row=found.heading_row,
        headings=found.headings,
        columns=found.columns,
        **{"contract_form": "", "claiming": Claiming.DRAFT} | facts,
    )
    actions.match_import(batch, told, by=by, at=at)
    return worked(batch, tasks.check_import)


def confirmed(batch, *, by, at=NOON):
    actions.confirm_import(batch, by=by, at=at)
    return worked(batch, tasks.write_import)


def undone(batch, *, by, at=NOON):
    actions.undo_import(batch, by=by, at=at)
    return worked(batch, tasks.undo_import)


def worked(batch, task):
    """Do what a worker does."""
    batch.refresh_from_db()
    task(str(batch.job_uuid), str(batch.uuid))
    batch.refresh_from_db()
    return batch
