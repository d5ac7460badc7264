"""Lists that a worker writes to a file: follow, find again, take along (R-318)."""

import uuid

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sroi_portal.core import list_files, sight
from sroi_portal.core.http import UserRequest, paginate
from sroi_portal.core.models import Job, JobStatus, ListFile


@require_safe
def list_file_list(request: UserRequest) -> HttpResponse:
    files = ListFile.objects.visible_to(request.user).order_by("-asked_at", "-pk")
    page = paginate(request, files)
    failed = Job.objects.filter(
        uuid__in=[each.job_uuid for each in page], status=JobStatus.FAILED
    ).values_list("uuid", flat=True)
    context = {"page": page, "failed": set(failed), "days": list_files.KEPT.days}
    return render(request, "core/list_file_list.html", context)


@require_safe
def list_file(request: UserRequest, file_uuid: uuid.UUID) -> HttpResponse:
    """Show how far it is, and the file when it is ready; the page loads anew when it ended."""
    wanted = _mine(request, file_uuid)
    job = Job.objects.filter(uuid=wanted.job_uuid).first() if wanted.job_uuid else None
    is_failed = job is not None and job.status == JobStatus.FAILED
    context = {
        "file": wanted,
        "job": job,
        "is_failed": is_failed,
        "is_as_seen": list_files.is_as_seen(wanted, sight.of(request.user)),
        "until": wanted.asked_at + list_files.KEPT,
    }
    template = "core/list_file.html" + ("#progress" if request.htmx else "")
    response = render(request, template, context)
    if request.htmx and (wanted.made_at or is_failed):
        response.headers["HX-Refresh"] = "true"
    return response


@require_safe
def list_file_download(request: UserRequest, file_uuid: uuid.UUID) -> HttpResponse | FileResponse:
    """Send the file while its owner sees what it was made from; else say so on its page."""
    wanted = _mine(request, file_uuid)
    if not wanted.made_at:
        raise Http404
    if not list_files.is_as_seen(wanted, sight.of(request.user)):
        return redirect(wanted)
    made_on = timezone.localdate(wanted.made_at)
    return FileResponse(
        wanted.file.open("rb"),
        as_attachment=True,
        filename=f"{wanted.name}-{made_on:%Y-%m-%d}.{wanted.kind}",
    )


def _mine(request: UserRequest, file_uuid: uuid.UUID) -> ListFile:
    files = ListFile.objects.visible_to(request.user)
    found: ListFile = get_object_or_404(files, uuid=file_uuid)
    return found
