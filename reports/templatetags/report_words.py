"""Words and colours for how a report stands: once, for all pages."""

from typing import Any

from django import template

from contracts.models import Contract
from reports import coverage, rules
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


@register.simple_tag(takes_context=True)
def may_report(context: dict[str, Any], contract: Contract) -> bool:
    """Tell whether this person may issue a report of the contract."""
    return rules.may_issue_report(context["user"], contract.authority_id)


@register.filter
def exemption(code: str) -> str:
    """Say why nothing is owed."""
    return str(dict(coverage.REASONS)[code])
