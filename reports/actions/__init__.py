"""What can happen to a report: it is issued, and printed again when the printer failed."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contracts import ledger
from reports import definitions, facts
from reports.actions.proxies import (
    draft_proxies,
    publish_proxies,
    remove_proxy,
    set_proxy,
    withdraw_proxies,
)
from reports.facts import gathering
from reports.home import work_lists
from reports.models import Report, ReportBatch, ReportStatus
from sroi_portal.core import audit, jobs, mail, notices, sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import NoticeKind, NoticeWay, User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save

__all__ = [
    "AlreadyCorrectedError",
    "NothingToCorrectError",
    "NothingToReportError",
    "correct_report",
    "draft_proxies",
    "issue_batch",
    "issue_report",
    "publish_proxies",
    "remove_proxy",
    "reprint_report",
    "set_proxy",
    "withdraw_proxies",
    "write_digest",
    "write_digests",
]
PRINTING = "reports.tasks.print_report"


BATCH = "reports.tasks.make_batch"


class NothingToReportError(RefusedError):
    """No contract answers what was asked."""


class AlreadyCorrectedError(RefusedError):
    """A report is replaced once; the next correction is of its replacement."""


class NothingToCorrectError(RefusedError):
    """No figure and no term differs."""


@transaction.atomic
def issue_report(report: Report, *, by: User, at: dt.datetime) -> Report:
    """Freeze the facts of a new report at one position of the ledger, and queue its print (R-150).

    `report` says which definition, of which authorities, about what, in which language.
    """
    position = ledger.position()
    report.number = _next_number(at)
    report.template_version = definitions.kind_of(report).template_version
    if report.contract:
        report.supplier = report.contract.supplier
    report.position, report.cut_off_at = position, at
    report.issued_by, report.issued_at = by, at
    report.facts = definitions.gather(report).as_json()
    report.facts_sha256 = facts.sha256(report.facts)
    if report.batch is None:
        report.job_uuid = _queue(report, by=by, at=at)
    save(report)
    audit.record(report, "issue_report", by=by, at=at)
    return report


@transaction.atomic
def issue_batch(batch: ReportBatch, *, by: User, at: dt.datetime) -> ReportBatch:
    """Ask for a report of every awarded contract of an authority, or of one category (R-286).

    :raises NothingToReportError: when there is no such contract.
    """
    contracts = gathering.awarded([batch.authority_id])
    if batch.category:
        contracts = contracts.filter(category=batch.category)
    batch.contract_ids = list(contracts.order_by("title", "pk").values_list("pk", flat=True))
    if not batch.contract_ids:
        raise NothingToReportError(_("There is no awarded contract to report on."))
    batch.asked_by, batch.asked_at = by, at
    total = len(batch.contract_ids)
    batch.job_uuid = jobs.queue(BATCH, str(batch.uuid), by=by, at=at, total=total).uuid
    save(batch)
    audit.record(batch, "issue_batch", by=by, at=at)
    return batch


@transaction.atomic
def correct_report(report: Report, *, by: User, at: dt.datetime, reason: str) -> Report:
    """Issue a report anew that names what it says otherwise; the old one stays (R-285).

    :raises AlreadyCorrectedError: when another report replaced it before.
    :raises NothingToCorrectError: when it would say the same.
    """
    report = lock(report)
    if Report.objects.filter(corrects=report).exists():
        raise AlreadyCorrectedError(_("This report was corrected before."))
    made = issue_report(report.anew(reason), by=by, at=at)
    if not definitions.read(made).issue.changes:
        raise NothingToCorrectError(
            _("The report would say the same: there is nothing to correct.")
        )
    audit.record(report, "correct_report", by=by, at=at)
    return made


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


def write_digests(*, at: dt.datetime) -> int:
    """Write the weekly mail of everybody who wants one and for whom something is open (F03, R-245)."""
    with acting_as(DatabaseRole.WORKER):
        wanting = User.objects.filter(is_active=True, notices__way=NoticeWay.WEEKLY)
        people = list(wanting.distinct().order_by("pk"))
    written = 0
    for person in people:
        with acting_as(DatabaseRole.WEB, sight.of(person)), translation.override(person.language):
            written += write_digest(person, at=at)
    return written


@transaction.atomic
def write_digest(person: User, *, at: dt.datetime) -> bool:
    """Tell a person what is open now and what happened; nothing of either is no mail."""
    ways = dict(person.notices.values_list("kind", "way"))
    lists = []
    if ways.get(NoticeKind.REMINDER) == NoticeWay.WEEKLY:
        lists = [each for each in work_lists(person, now=at) if each.is_work and each.items]
    lines = notices.still_true(person)
    if not lists and not lines:
        return False
    mail.send(
        "reports/mail/write_digest.txt",
        to=[person],
        at=at,
        context={"lists": lists, "lines": lines},
    )
    person.waiting_notices.all().delete()
    audit.record(person, "write_digest", by=None, at=at)
    return True


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
