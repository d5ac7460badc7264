"""What the database refuses of reports and what goes with them."""

import pytest
from django.db import IntegrityError, transaction

from reports.models import ReportSchedule
from tests.conftest import NOON
from tests.database.conftest import YESTERDAY, another

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_schedule(ministry, vera):
    return ReportSchedule.objects.create(
        definition="portfolio", authority=ministry, owner=vera, set_at=NOON
    )


@pytest.fixture
def a_scheduled_report(a_report, a_schedule):
    return another(a_report, {"number": "2026-0098", "schedule": a_schedule, "quarter": YESTERDAY})


REFUSED = [
    ("archive_copy_of_what_is_issued", "a_report", {"archive": "archive/x.pdf"}),
    ("archive_copy_of_what_is_issued", "a_report", {"archive_sha256": b"x" * 32}),
    ("scheduled_report_says_its_quarter", "a_report", {"quarter": YESTERDAY}),
    ("one_report_a_schedule_and_quarter", "a_scheduled_report", {"number": "2026-0099"}),
    ("schedule_says_what_it_is_about", "a_schedule", {"definition": "contract"}),
    ("schedule_says_what_it_is_about", "a_schedule", {"definition": "annual"}),
]


@pytest.mark.parametrize(("name", "row_name", "changes"), REFUSED)
def test_the_database_refuses(name, row_name, changes, request):
    row = request.getfixturevalue(row_name)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        another(row, changes)
