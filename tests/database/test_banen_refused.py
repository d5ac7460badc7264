"""The database itself refuses what the banenafspraak cannot be."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from candidates import actions
from candidates.models import AgreedJob, JobEntry
from tests.conftest import NOON
from tests.database.conftest import another

INSERTED = {
    "one_number_of_paid_hours_a_day": ("hours_of_job", {}),
    "paid_hours_are_possible": (
        "hours_of_job",
        {"starts_on": dt.date(2026, 2, 1), "hours": Decimal(61)},
    ),
    "paid_month_starts_on_its_first_day": (
        "hours_of_job",
        {"per": "month", "starts_on": dt.date(2026, 2, 2)},
    ),
    "one_job_entry_a_posting": ("hours_posted", {}),
    "job_entry_month_is_first_day": ("hours_posted", {"month": dt.date(2026, 1, 2)}),
    "job_entry_is_not_zero": ("hours_posted", {"posting_no": 9, "hours": Decimal(0)}),
    "sector_follows_from_form": ("hours_posted", {"posting_no": 9, "form": "hired_in"}),
}
CHANGED = {
    "agreed_job_four_eyes": {"status": "confirmed", "checked_at": NOON, "checked_by": "sara"},
    "agreed_job_checked_by_iff_checked_at": {"status": "confirmed", "checked_at": NOON},
    "agreed_job_checked_iff_decided": {"status": "declined"},
    "agreed_job_posted_month_is_first_day": {"posted_through": dt.date(2026, 1, 2)},
}


@pytest.fixture
def agreed_job(a_placement, sara):
    facts = actions.JobFacts("service", dt.date(2025, 12, 1), Decimal(36))
    return actions.register_job(a_placement, facts, by=sara, at=NOON)


@pytest.fixture
def hours_of_job(agreed_job):
    return agreed_job.paid_hours.get()


@pytest.fixture
def hours_posted(agreed_job):
    return JobEntry.objects.filter(source_uuid=agreed_job.uuid).first()


@pytest.mark.parametrize("constraint", INSERTED)
def test_the_database_itself_refuses(constraint, request):
    row_name, said = INSERTED[constraint]
    row = request.getfixturevalue(row_name)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, said)

    assert refusal.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize("constraint", CHANGED)
def test_the_database_refuses_a_check_that_is_none(constraint, agreed_job, sara):
    said = {key: sara if value == "sara" else value for key, value in CHANGED[constraint].items()}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        AgreedJob.objects.filter(pk=agreed_job.pk).update(**said)
