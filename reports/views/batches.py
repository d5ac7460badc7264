"""Reports of many contracts at once: ask, follow, take along."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reports import actions, rules
from reports.forms import BatchForm
from reports.models import ReportBatch
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import Job, JobStatus


@require_http_methods(["GET", "POST"])
def batch_issue(request: UserRequest) -> HttpResponse:
    """Choose the contracts; the work goes on in the background."""
    require(rules.may_issue_batch(request.user))
    form = BatchForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            made = form.already_made() or actions.issue_batch(
                form.batch(), by=request.user, at=timezone.now()
            )
            return redirect(made)
        except actions.NothingToReportError as refusal:
            form.refuse(refusal)
    return render(request, "reports/batch_issue.html", {"form": form})


@require_safe
def batch_detail(request: UserRequest, batch_id: int) -> HttpResponse:
    return render(request, "reports/batch_detail.html", _shown(_batch(request, batch_id)))


@require_safe
def batch_progress(request: UserRequest, batch_id: int) -> HttpResponse:
    """Tell how far it is; the page loads anew when it ended."""
    batch = _batch(request, batch_id)
    if not request.htmx:
        return redirect(batch)
    shown = _shown(batch)
    response = render(request, "reports/batch_detail.html#progress", shown)
    if batch.made_at or shown["is_failed"]:
        response.headers["HX-Refresh"] = "true"
    return response


@require_safe
def batch_download(request: UserRequest, batch_id: int) -> FileResponse:
    batch = _batch(request, batch_id)
    if not batch.made_at:
        raise Http404
    kind = _("compliance-reports")
    name = f"{kind}-{timezone.localdate(batch.asked_at)}.zip"
    return FileResponse(
        batch.zip.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )


def _batch(request: UserRequest, batch_id: int) -> ReportBatch:
    batches = ReportBatch.objects.visible_to(request.user).select_related("authority", "category")
    batch: ReportBatch = get_object_or_404(batches, pk=batch_id)
    return batch


def _shown(batch: ReportBatch) -> dict[str, Any]:
    job = Job.objects.filter(uuid=batch.job_uuid).first() if batch.job_uuid else None
    is_failed = job is not None and job.status == JobStatus.FAILED
    return {"batch": batch, "job": job, "is_failed": is_failed, "count": len(batch.contract_ids)}
