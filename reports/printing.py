"""Print a frozen report: facts to HTML to tagged PDF, stored once."""

import datetime as dt
import hashlib
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports import facts
from reports.models import Report, ReportStatus
from sroi_portal.core import jobs, pdf
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.charts import Bar, BarChart, CourseChart, Line
from sroi_portal.core.models import Job
from sroi_portal.core.money import ZERO
from sroi_portal.core.status import lock, move
from sroi_portal.core.templatetags import formats

STYLESHEET = "css/report.css"
LAID_OUT, STORED = 90, 100  # of 100 steps of progress
BARS = 12  # categories that fit a chart; the table beside it has all

type Now = Callable[[], dt.datetime]


def print_report(report_uuid: str, job: Job, *, now: Now) -> None:
    """Print and store; when a worker was killed before, the next one ends with the same one PDF."""
    with acting_as(DatabaseRole.WORKER):
        report = _begin(UUID(report_uuid), at=now())
    if report is None:
        return
    try:
        made = as_pdf(report, on_page=_progress(report, job, now))
    except Exception:
        if job.attempts >= jobs.ATTEMPTS:
            with acting_as(DatabaseRole.WORKER):
                _give_up(report, at=now())
        raise
    with acting_as(DatabaseRole.WORKER):
        _store(report, made, at=now())
        jobs.progress(job, STORED, STORED, at=now())


def as_pdf(report: Report, *, on_page: pdf.OnPage | None = None) -> bytes:
    return pdf.render(as_html(report), stylesheet=STYLESHEET, on_page=on_page)


def as_html(report: Report) -> str:
    """Fill the template of the version that the report was issued with."""
    with translation.override(report.language):
        name = f"reports/{report.definition}_v{report.template_version}.html"
        return render_to_string(name, context(report))


def as_twin(report: Report) -> SafeString:
    """Fill the part of the web page that says what the PDF says, in the report's language."""
    with translation.override(report.language):
        name = f"reports/{report.definition}_v{report.template_version}_facts.html"
        return render_to_string(name, context(report))


def context(report: Report) -> dict[str, Any]:
    """Everything that the printed page and its twin on the web show."""
    found = facts.read(report)
    with translation.override(report.language):
        chart = (
            course_chart(found) if isinstance(found, facts.ContractFacts) else category_chart(found)
        )
    return {
        "report": report,
        "facts": found,
        "chart": chart,
        "fingerprint": bytes(report.facts_sha256).hex(),
        "late_days": facts.LATE_DAYS,
        "address": f"{settings.SITE_URL}{report.get_absolute_url()}",
    }


def course_chart(found: facts.ContractFacts) -> CourseChart:
    """Draw what was verified over time against what was expected."""
    terms, standing = found.contract.terms, found.contract.standing
    today = timezone.localdate(found.issue.cut_off_at)
    starts_on, ends_on = terms.starts_on or today, terms.ends_on or today
    points = [
        (starts_on, ZERO),
        *((min(each.ends_on, today), each.verified_so_far_eur) for each in found.periods),
        (today, found.contract.sums.verified_eur),
    ]
    return CourseChart(
        key="course",
        title=_("What was verified, against what was expected"),
        description=_(
            "On %(day)s, %(verified)s was verified; %(expected)s was expected by then, "
            "and %(owed)s is owed in all."
        )
        % {
            "day": formats.day(today),
            "verified": formats.euro(found.contract.sums.verified_eur),
            "expected": formats.euro(standing.expected_eur),
            "owed": formats.euro(standing.owed_eur),
        },
        lines=[
            Line(_("Verified"), _in_order(points)),
            Line(_("Expected"), [(starts_on, ZERO), (ends_on, standing.owed_eur)]),
        ],
    )


def category_chart(found: facts.PortfolioFacts) -> BarChart:
    """Draw each category, the largest obligations first."""
    largest = sorted(found.by_category, key=lambda group: -group.standing.owed_eur)[:BARS]
    return BarChart(
        key="categories",
        title=_("Owed, verified and submitted by category"),
        description=_("%(verified)s of %(owed)s was verified, over %(count)s categories.")
        % {
            "verified": formats.euro(found.total.sums.verified_eur),
            "owed": formats.euro(found.total.standing.owed_eur),
            "count": len(found.by_category),
        },
        bars=[
            Bar(
                label=group.label,
                owed=group.standing.owed_eur,
                verified=group.sums.verified_eur,
                submitted=group.sums.submitted_eur,
                expected=group.standing.expected_eur,
            )
            for group in largest
        ],
    )


def _in_order(points: list[tuple[dt.date, Decimal]]) -> list[tuple[dt.date, Decimal]]:
    """One point a day, the last known amount of that day."""
    return sorted(dict(points).items())


def _begin(report_uuid: UUID, *, at: dt.datetime) -> Report | None:
    """None when another worker finished it."""
    report = lock(Report.objects.get(uuid=report_uuid))
    if report.status == ReportStatus.ISSUED:
        return None
    if report.status != ReportStatus.PRINTING:
        move(report, ReportStatus.PRINTING, verb="begin_print", by=None, at=at)
    return report


def _store(report: Report, made: bytes, *, at: dt.datetime) -> None:
    """Under the lock, and under a name of its own: what a killed worker left is written over."""
    report = lock(report)
    if report.status == ReportStatus.ISSUED:
        return
    name = f"reports/{report.uuid}.pdf"
    default_storage.delete(name)
    report.pdf.name = default_storage.save(name, ContentFile(made))
    report.pdf_sha256 = hashlib.sha256(made).digest()
    report.printed_at = at
    move(report, ReportStatus.ISSUED, verb="print_report", by=None, at=at)


def _give_up(report: Report, *, at: dt.datetime) -> None:
    report = lock(report)
    if report.status == ReportStatus.PRINTING:
        move(report, ReportStatus.FAILED, verb="fail_print", by=None, at=at)


def _progress(report: Report, job: Job, now: Now) -> pdf.OnPage:
    """Count pages against a guess; each page also keeps the lease."""
    lines = len(report.facts.get("contracts", ()))
    guess = 6 + lines // 25
    last = 0

    def hear(page: int) -> None:
        nonlocal last
        share = min(LAID_OUT * page // guess, LAID_OUT)
        if share > last or page % 50 == 0:
            last = share
            with acting_as(DatabaseRole.WORKER):
                jobs.progress(job, share, STORED, at=now())

    return hear
