"""The database itself refuses an import that says less than it must, or a row twice."""

import pytest
from django.db import IntegrityError, transaction

from candidates.models import ImportBatch, ImportedRow, ImportFile, RememberedHeading
from tests.conftest import NOON
from tests.database.conftest import another

REFUSED = {
    "import_confirmed_by_iff_confirmed_at": ("a_batch", {"confirmed_at": NOON}),
    "import_undone_by_iff_undone_at": ("a_batch", {"undone_at": NOON}),
    "import_entered_after_confirmation": ("a_batch", {"status": "written"}),
    "one_file_a_part": ("a_file", {}),
    "one_outcome_a_row": ("an_imported_row", {}),
    "one_meaning_a_heading": ("a_heading", {}),
}


@pytest.fixture
def a_batch(noord, sara):
    return ImportBatch.objects.create(
        supplier=noord, title="mensen.csv", kind="csv", sent_by=sara, sent_at=NOON
    )


@pytest.fixture
def a_file(a_batch):
    return ImportFile.objects.create(
        batch=a_batch, supplier=a_batch.supplier, part="sent", kind="csv", sealed=b"x"
    )


@pytest.fixture
def an_imported_row(a_batch, a_placement):
    return ImportedRow.objects.create(
        batch=a_batch, supplier=a_batch.supplier, row_no=2, placement=a_placement, is_new=True
    )


@pytest.fixture
def a_heading(noord):
    return RememberedHeading.objects.create(supplier=noord, heading="uren", field="")


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, said = REFUSED[constraint]
    row = request.getfixturevalue(row_name)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, said)

    assert refusal.value.__cause__.diag.constraint_name == constraint
