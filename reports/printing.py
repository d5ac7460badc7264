"""Print a frozen report: facts to HTML to tagged PDF, stored once."""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports import definitions, facts
from reports.facts import stories
from reports.models import Report, ReportStatus
from sroi_portal.core import jobs, pdf, pdf_archives
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Job
from sroi_portal.core.status import lock, move

STYLESHEET = "css/report.css"
LAID_OUT, STORED = 90, 100  # of 100 steps of progress

type Now = Callable[[], dt.datetime]


def print_report(report_uuid: str, job: Job, *, now: Now, is_alone: bool = True) -> None:
    """Print and store; when a worker was killed before, the next one ends with the same one PDF.

    Printed with others the job tells how far all of them are, and not the pages of one.
    """
    with acting_as(DatabaseRole.WORKER):
        report = _begin(UUID(report_uuid), at=now())
    if report is None:
        return
    try:
        made = as_files(report, on_page=_progress(report, job, now) if is_alone else None)
    except Exception:
        if job.attempts >= jobs.ATTEMPTS:
            with acting_as(DatabaseRole.WORKER):
                _give_up(report, at=now())
        raise
    with acting_as(DatabaseRole.WORKER):
        _store(report, made, at=now())
        if is_alone:
            jobs.progress(job, STORED, STORED, at=now())


def as_pdf(report: Report) -> bytes:
    return pdf.render(as_html(report), stylesheet=STYLESHEET)


def as_files(report: Report, *, on_page: pdf.OnPage | None = None) -> pdf.Printed:
    """Print to read and to keep; the copy for the archive holds the facts themselves (R-291)."""
    with translation.override(report.language):
        attached = pdf_archives.Attached(
            name=f"{report.number}.json",
            description=_("The facts of this report"),
            content=facts.canonical(report.facts),
            made_at=timezone.localtime(report.issued_at),
        )
    return pdf.render_for_archive(as_html(report), attached, stylesheet=STYLESHEET, on_page=on_page)


def as_html(report: Report) -> str:
    """Fill the template of the version that the report was issued with."""
    with translation.override(report.language):
        name = definitions.kind_of(report).template(report.template_version)
        return render_to_string(name, context(report))


def as_twin(report: Report) -> SafeString:
    """Fill the part of the web page that says what the PDF says, in the report's language."""
    with translation.override(report.language):
        name = definitions.kind_of(report).template(report.template_version, "_facts")
        shown = context(report)
        changed = render_to_string("reports/changes_v1.html", shown)
        return format_html("{}{}", changed, render_to_string(name, shown))


def as_preview(report: Report, found: facts.Facts) -> str:
    """Fill the same part with facts that are not frozen: what the report would say now."""
    kind = definitions.kind_of(report)
    name = kind.template(kind.template_version, "_facts")
    with translation.override(report.language):
        return render_to_string(name, _shown(report, found))


def context(report: Report) -> dict[str, Any]:
    """Everything that the printed page and its twin on the web show."""
    found = definitions.read(report)
    with translation.override(report.language):
        shown = _shown(report, found)
    return {
        **shown,
        "subject": definitions.kind_of(report).title(found),
        "fingerprint": bytes(report.facts_sha256).hex(),
        "address": f"{settings.SITE_URL}{report.get_absolute_url()}",
    }


def _shown(report: Report, found: facts.Facts) -> dict[str, Any]:
    return {
        "report": report,
        "facts": found,
        "chart": definitions.kind_of(report).chart(found),
        "stories": stories.told(getattr(found, "stories", ())),
        "late_days": facts.LATE_DAYS,
    }


def _begin(report_uuid: UUID, *, at: dt.datetime) -> Report | None:
    """None when another worker finished it."""
    report = lock(Report.objects.get(uuid=report_uuid))
    if report.status == ReportStatus.ISSUED:
        return None
    if report.status != ReportStatus.PRINTING:
        move(report, ReportStatus.PRINTING, verb="begin_print", by=None, at=at)
    return report


def _store(report: Report, made: pdf.Printed, *, at: dt.datetime) -> None:
    """Under the lock, and under names of its own: what a killed worker left is written over."""
    report = lock(report)
    if report.status == ReportStatus.ISSUED:
        return
    report.pdf.name = _kept(f"reports/{report.uuid}.pdf", made.pdf)
    report.pdf_sha256 = hashlib.sha256(made.pdf).digest()
    report.archive.name = _kept(f"archive/{report.uuid}.pdf", made.archive)
    report.archive_sha256 = hashlib.sha256(made.archive).digest()
    report.printed_at = at
    move(report, ReportStatus.ISSUED, verb="print_report", by=None, at=at)


def _kept(name: str, content: bytes) -> str:
    default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))


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
