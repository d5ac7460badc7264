"""The banenafspraak beside social return, on the pages of a placement and of a share."""

from typing import Any

from django import template
from django.utils import timezone

from candidates import rules
from candidates.agreed_jobs import norm, posting
from candidates.models import AgreedJob, HoursPer, JobStatus, Placement

register = template.Library()

TONES = {
    JobStatus.STATED: "info",
    JobStatus.CONFIRMED: "positive",
    JobStatus.DECLINED: "negative",
    JobStatus.WITHDRAWN: "neutral",
}


@register.inclusion_tag("core/badge.html")
def job_status(job: AgreedJob) -> dict[str, object]:
    status = JobStatus(job.status)
    return {"label": status.label, "tone": TONES[status]}


@register.inclusion_tag("candidates/parts/agreed_job.html", takes_context=True)
def agreed_job(context: Any, placement: Placement) -> dict[str, Any]:
    """Show what is stated, and to whom it belongs a way to state it; nothing to others."""
    user, today = context["user"], timezone.localdate()
    jobs = AgreedJob.objects.visible_to(user).filter(placement=placement)
    job = jobs.select_related("placement").prefetch_related("paid_hours").first()
    held = norm.norm_on(today)
    paid = posting.hours_on(job, today) if job else None
    return {
        "job": job,
        "placement": placement,
        "paid": paid,
        "is_a_week": bool(paid and paid.per == HoursPer.WEEK),
        "jobs": norm.shown(posting.jobs_of(paid)) if paid else None,
        "norm": held,
        "may_register": job is None and rules.may_register_job(user, placement),
    }
