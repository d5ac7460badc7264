"""Words and colours for how a report stands: once, for all pages."""

from django import template

from reports.models import Report, ReportStatus

register = template.Library()

TONES = {
    ReportStatus.QUEUED: "neutral",
    ReportStatus.PRINTING: "info",
    ReportStatus.ISSUED: "positive",
    ReportStatus.FAILED: "negative",
}


@register.inclusion_tag("core/badge.html")
def report_status(report: Report) -> dict[str, object]:
    return {"label": report.get_status_display(), "tone": TONES[ReportStatus(report.status)]}
