"""Rows of the core that are kept for a while only."""

import datetime as dt

from sroi_portal.core import drafts, list_files
from sroi_portal.core.models import FormDraft, Job, JobStatus, Outgoing, SignInFailure

FAILURES_KEPT = dt.timedelta(days=30)
MAIL_KEPT = dt.timedelta(days=90)
JOBS_KEPT = dt.timedelta(days=400)


def remove_expired(*, at: dt.datetime) -> dict[str, int]:
    """Delete what has expired; returns how many rows of each kind."""
    expired = {
        "sign-in failures": SignInFailure.objects.filter(failed_at__lt=at - FAILURES_KEPT),
        "drafts": FormDraft.objects.filter(saved_at__lt=at - drafts.KEPT),
        "sent mail": Outgoing.objects.filter(sent_at__lt=at - MAIL_KEPT),
        "ended work": Job.objects.filter(
            status__in=(JobStatus.DONE, JobStatus.FAILED), ended_at__lt=at - JOBS_KEPT
        ),
    }
    removed = {kind: rows.delete()[0] for kind, rows in expired.items()}
    return removed | {"lists as files": list_files.remove_old(at=at)}
