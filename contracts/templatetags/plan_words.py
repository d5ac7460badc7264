"""Words and colours for plans: once, for all pages."""

from django import template
from django.utils.translation import npgettext

from contracts.models import PLAN_READS, Plan, PlanLine, PlanStatus, PlanUnit
from sroi_portal.core.templatetags import formats

register = template.Library()

TONES = {
    PlanStatus.DRAFT: "neutral",
    PlanStatus.PROPOSED: "warning",
    PlanStatus.RETURNED: "warning",
    PlanStatus.AGREED: "positive",
    PlanStatus.SUPERSEDED: "neutral",
}


@register.inclusion_tag("core/badge.html")
def plan_status(plan: Plan, *, is_supplier: bool) -> dict[str, object]:
    """Say how it stands, in the words of the side that reads."""
    status = PlanStatus(plan.status)
    label = PLAN_READS.get(status, status.label) if is_supplier else status.label
    return {"label": label, "tone": TONES[status]}


@register.filter
def plan_quantity(line: PlanLine) -> str:
    """Write how much of it, in what it is counted."""
    if line.unit == PlanUnit.EURO:
        return formats.euro(line.quantity)
    written, plural = formats.number(line.quantity), 1 if line.quantity == 1 else 2
    units = {
        PlanUnit.JOB: npgettext("quantity", "full-time job", "full-time jobs", plural),
        PlanUnit.HOUR: npgettext("quantity", "hour", "hours", plural),
        PlanUnit.DAY: npgettext("quantity", "day", "days", plural),
        PlanUnit.TIMES: npgettext("quantity", "time", "times", plural),
    }
    return f"{written} {units[PlanUnit(line.unit)]}"
