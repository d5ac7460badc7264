"""A report as files beside its PDF: all made from the facts that were frozen."""

from django.http import FileResponse, Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports import definitions, tables
from reports.facts import stories
from reports.views import recalled, report_of
from sroi_portal.core.http import UserRequest

TABLES = {
    "xlsx": (tables.as_xlsx, "xlsx"),
    "csv": (tables.as_csv, "zip"),  # a file for each table
}


@require_safe
def report_tables(request: UserRequest, report_id: int, kind: str) -> FileResponse:
    """Send what the report says as tables (R-290)."""
    report = report_of(request, report_id)
    if kind not in TABLES:
        raise Http404
    write, ending = TABLES[kind]
    return FileResponse(write(report), as_attachment=True, filename=report.file_name(f".{ending}"))


@require_safe
def report_archive(request: UserRequest, report_id: int) -> HttpResponse | FileResponse:
    """Send the copy for the archive: PDF/A with the facts inside (R-291)."""
    report = report_of(request, report_id)
    if not report.archive:
        raise Http404
    if stories.lacks_words(definitions.read(report)):
        return recalled(request, report)
    with translation.override(report.language):
        kept = _("archive")
    return FileResponse(
        report.archive.open("rb"),
        as_attachment=True,
        filename=report.file_name(".pdf", kept),
        content_type="application/pdf",
    )
