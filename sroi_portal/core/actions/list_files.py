"""What somebody asks to be written while doing something else (R-318)."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from sroi_portal.core import audit, jobs
from sroi_portal.core.models import Job, JobStatus, ListFile, User
from sroi_portal.core.status import RefusedError, save

MOST_AT_ONCE = 5
TASK = "sroi_portal.core.tasks.make_list_file"


class TooManyFilesError(RefusedError):
    """One person has no more than a few files in the making."""


@transaction.atomic
def ask_list_file(wanted: ListFile, *, by: User, at: dt.datetime) -> ListFile:
    """Let a worker write the list.

    :raises TooManyFilesError: when too many of this person wait already.
    """
    User.objects.select_for_update().get(pk=by.pk)
    waiting = Job.objects.filter(
        task=TASK, asked_by=by, status__in=(JobStatus.QUEUED, JobStatus.RUNNING)
    )
    if waiting.count() >= MOST_AT_ONCE:
        raise TooManyFilesError(
            _("Five of your files are being made. Wait until one of them is ready.")
        )
    wanted.user, wanted.asked_at = by, at
    job = jobs.queue(TASK, str(wanted.uuid), by=by, at=at, total=wanted.row_count)
    wanted.job_uuid = job.uuid
    save(wanted)
    audit.record(wanted, "ask_list_file", by=by, at=at)
    return wanted
