"""What the database refuses of reports and what goes with them."""

import pytest
from django.db import IntegrityError, transaction

from tests.database.conftest import another

pytestmark = pytest.mark.django_db

REFUSED = [
    ("archive_copy_of_what_is_issued", "a_report", {"archive": "archive/x.pdf"}),
    ("archive_copy_of_what_is_issued", "a_report", {"archive_sha256": b"x" * 32}),
]


@pytest.mark.parametrize(("name", "row_name", "changes"), REFUSED)
def test_the_database_refuses(name, row_name, changes, request):
    row = request.getfixturevalue(row_name)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        another(row, changes)
