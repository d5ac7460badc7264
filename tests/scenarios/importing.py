"""A spreadsheet of Leverancier Noord, one of its rows entered."""

from candidates.models import (
    ImportBatch,
    ImportedRow,
    ImportFile,
    ImportPart,
    ImportStatus,
    RememberedHeading,
    SheetKind,
)


def fill(world):
    world.sheet = _batch(world, ImportStatus.SENT)
    world.entered_sheet = _batch(
        world,
        ImportStatus.WRITTEN,
        confirmed_by=world.sara,
        confirmed_at=world.now,
        written_count=1,
    )
    world.spare_sheet = _batch(world, ImportStatus.SENT)
    world.checked_sheet = _batch(
        world,
        ImportStatus.CHECKED,
        row_count=3,
        good_count=1,
        wrong_count=2,
        complaints=[[3, "missing", "block", {}], [4, "hours_limits", "", {}]],
    )
    answer = ImportFile(
        batch=world.entered_sheet, supplier=world.noord, part=ImportPart.ANSWER, kind=SheetKind.XLSX
    )
    answer.content = b"PK"
    answer.save()
    ImportedRow.objects.create(
        batch=world.entered_sheet,
        supplier=world.noord,
        row_no=2,
        placement=world.fresh,
        is_new=True,
    )
    RememberedHeading.objects.create(supplier=world.noord, heading="nr", field="reference")


def _batch(world, status, **facts):
    batch = ImportBatch.objects.create(
        supplier=world.noord,
        title="plaatsingen.csv",
        kind=SheetKind.CSV,
        status=status,
        sent_by=world.sara,
        sent_at=world.now,
        **facts,
    )
    file = ImportFile(batch=batch, supplier=world.noord, part=ImportPart.SENT, kind=batch.kind)
    file.content = b"nr;uren;groep;begin\nK-77;32;WW;1-3-2026\n"
    file.save()
    return batch
