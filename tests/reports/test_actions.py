"""A report is issued once, numbered, and printed again when the printer failed."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from contracts.models import LedgerEntry
from reports import actions
from reports.models import Report, ReportStatus
from sroi_portal.core.models import AuditEvent, Job
from sroi_portal.core.status import IllegalMoveError
from tests.conftest import NOON


def test_issuing_freezes_numbers_and_queues(busy, issue, vera):
    report = issue(busy)

    assert report.position == LedgerEntry.objects.latest("pk").pk
    assert (report.status, report.number) == (ReportStatus.QUEUED, "2026-0001")
    assert (report.issued_by, report.issued_at, report.cut_off_at) == (vera, NOON, NOON)
    assert report.supplier == busy.supplier
    job = Job.objects.get(uuid=report.job_uuid)
    assert (job.task, job.args) == ("reports.tasks.print_report", [str(report.uuid)])
    assert AuditEvent.objects.get(object_uuid=report.uuid).verb == "issue_report"


def test_a_new_year_begins_at_one(busy, issue):
    new_year = NOON.replace(year=2027)
    numbers = [issue(busy).number, issue(at=new_year).number, issue(at=new_year).number]
    assert numbers == ["2026-0001", "2027-0001", "2027-0002"]


def test_numbers_go_on_above_ten_thousand(busy, issue):
    Report.objects.filter(pk=issue(busy).pk).update(number="2026-9999")
    assert [issue(busy).number, issue(busy).number] == ["2026-10000", "2026-10001"]


def test_a_number_is_not_lost_when_issuing_fails(busy, issue, settings, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("reports.actions.jobs.queue", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            issue(busy)
    assert issue(busy).number == "2026-0001"


def test_a_failed_print_is_tried_again(busy, issue, vera):
    report = issue(busy)
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.FAILED)

    actions.reprint_report(report, by=vera, at=timezone.now())

    before = report.job_uuid
    report.refresh_from_db()
    assert report.status == ReportStatus.PRINTING
    assert report.job_uuid != before
    assert Job.objects.filter(uuid=report.job_uuid).exists()


def test_what_did_not_fail_is_not_printed_again(busy, issue, vera):
    with pytest.raises(IllegalMoveError):
        actions.reprint_report(issue(busy), by=vera, at=NOON)
    assert Job.objects.count() == 1


def test_the_database_itself_refuses_an_issued_report_without_pdf(busy, issue):
    """issued_status_iff_printed."""
    report = issue(busy)
    with pytest.raises(IntegrityError, match="issued_status_iff_printed"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(status=ReportStatus.ISSUED)


def test_the_database_itself_refuses_a_contract_report_without_contract(busy, issue):
    report = issue(busy)
    with pytest.raises(IntegrityError, match="report_says_what_it_is_about"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(contract=None)
