"""What can happen to a report: it is issued, and printed again when the printer failed."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import ledger
from reports import facts
from reports.models import Report, ReportStatus
from sroi_portal.core import audit, jobs
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, lock, move, save

PRINTING = "reports.tasks.print_report"


@transaction.atomic
def issue_report(report: Report, *, by: User, at: dt.datetime) -> Report:
    """Freeze the facts of a new report at one position of the ledger, and queue its print (R-150).

    `report` says which definition, authority, contract and language.
    """
    position = ledger.position()
    report.number = _next_number(at)
    report.supplier = report.contract.supplier if report.contract else None
    report.position, report.cut_off_at = position, at
    report.issued_by, report.issued_at = by, at
    report.facts = facts.of_report(report).as_json()
    report.facts_sha256 = facts.sha256(report.facts)
    report.job_uuid = _queue(report, by=by, at=at)
    save(report)
    audit.record(report, "issue_report", by=by, at=at)
    return report


@transaction.atomic
def reprint_report(report: Report, *, by: User, at: dt.datetime) -> None:
    """Try the printer again; the facts stay as they were frozen.

    :raises IllegalMoveError: when the printer did not fail.
    """
    report = lock(report)
    if report.status != ReportStatus.FAILED:
        raise IllegalMoveError(_("Only a report whose print failed is printed again."))
    report.job_uuid = _queue(report, by=by, at=at)
    move(report, ReportStatus.PRINTING, verb="reprint_report", by=by, at=at)


def _next_number(at: dt.datetime) -> str:
    """Count over all authorities, which nobody of us sees; the ledger's lock lets one in (R-151)."""
    year = timezone.localdate(at).year
    number = Cast(Substr("number", 6), IntegerField())
    with acting_as(DatabaseRole.WORKER):
        of_year = Report.objects.filter(number__startswith=f"{year}-")
        last = of_year.aggregate(last=Max(number))["last"] or 0
    return f"{year}-{last + 1:04d}"


def _queue(report: Report, *, by: User, at: dt.datetime) -> UUID:
    return jobs.queue(PRINTING, str(report.uuid), by=by, at=at, total=100).uuid
