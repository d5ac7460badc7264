"""How far long work is."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sroi_portal.core.http import UserRequest
from sroi_portal.core.models import Job


@require_safe
def job_progress(request: UserRequest, job_uuid: uuid.UUID) -> HttpResponse:
    """Show the work that this person asked for: alone, or as the fragment that asks again."""
    job = get_object_or_404(Job, uuid=job_uuid, asked_by=request.user)
    template = "core/job_progress.html" + ("#progress" if request.htmx else "")
    response = render(request, template, {"job": job})
    if request.htmx and job.ended_at:
        response.headers["HX-Refresh"] = "true"
    return response
