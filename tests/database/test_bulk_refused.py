"""The database itself refuses to verify nothing, or more than a thousand at once."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from candidates.models import BulkCheck
from tests.conftest import NOON


@pytest.mark.parametrize("count", [0, 1001])
def test_the_database_itself_refuses_so_many(count, olga):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        BulkCheck.objects.create(
            asked_by=olga, asked_at=NOON, share_ids=list(range(count)), job_uuid=uuid.uuid4()
        )
    name = refusal.value.__cause__.diag.constraint_name
    assert name == "bulk_check_of_at_most_a_thousand"
