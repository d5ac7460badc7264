"""Queue long work as a row, in the transaction that needs it; the message is only a hint."""

import contextlib
import datetime as dt
import itertools
import logging
import threading
from collections.abc import Callable, Iterator

from celery import current_app
from django.db import connection, transaction
from django.db.models import F, Q

from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Job, JobStatus, User

LEASE = dt.timedelta(seconds=20)  # renewed while the work goes on
SHOWN_EVERY, RENEWED_EVERY = 1, 7  # seconds between looks at the count; looks between renewals
ATTEMPTS = 5
logger = logging.getLogger(__name__)


class FailedForGoodError(Exception):
    """The work cannot succeed, however often it is tried; the message is shown to who asked."""


def queue(task: str, *args: object, by: User | None, at: dt.datetime, total: int = 0) -> Job:
    """Write down that `task` is to be called with (job uuid, *args), and hint at it on commit."""
    job = Job.objects.create(
        task=task, args=list(args), asked_by=by, asked_at=at, due_at=at, total_count=total
    )
    hint(task, str(job.uuid), *args)
    return job


def hint(task: str, *args: object) -> None:
    """Tell a worker on commit; when the broker is away, beat finds the row later."""
    transaction.on_commit(lambda: _send(task, args))


def claim(job_uuid: str, *, at: dt.datetime) -> Job | None:
    """Take the job for a while; None when it is done or somebody else has it."""
    taken = (
        Job.objects.filter(uuid=job_uuid, status__in=(JobStatus.QUEUED, JobStatus.RUNNING))
        .filter(Q(leased_until__isnull=True) | Q(leased_until__lt=at))
        .update(status=JobStatus.RUNNING, leased_until=at + LEASE, attempts=F("attempts") + 1)
    )
    return Job.objects.get(uuid=job_uuid) if taken else None


def progress(job: Job, done: int, total: int, *, at: dt.datetime) -> None:
    """Show how far it is, and keep the lease."""
    Job.objects.filter(pk=job.pk, status=JobStatus.RUNNING).update(
        done_count=done, total_count=total, leased_until=at + LEASE
    )


def count(job: Job, done: int, total: int) -> None:
    """Say how far work is that is one long transaction; the thread beside it shows it."""
    job.total_count, job.done_count = total, done


def finish(job: Job, *, at: dt.datetime, error: str = "") -> None:
    Job.objects.filter(pk=job.pk).update(
        status=JobStatus.FAILED if error else JobStatus.DONE,
        error=error[:500],
        done_count=F("done_count") if error else F("total_count"),
        ended_at=at,
        leased_until=None,
    )


def run(job_uuid: str, work: Callable[[Job], None], *, now: Callable[[], dt.datetime]) -> None:
    """Claim, work, finish; a failure frees the lease for another try and fails the job at last."""
    with acting_as(DatabaseRole.WORKER):
        job = claim(job_uuid, at=now())
    if job is None:
        return
    try:
        with _lease_renewed(job, now=now):
            work(job)
    except Exception as reason:
        for_good = isinstance(reason, FailedForGoodError) or job.attempts >= ATTEMPTS
        logger.exception("job %s failed, attempt %s", job, job.attempts)
        with acting_as(DatabaseRole.WORKER):
            if for_good:
                finish(job, at=now(), error=str(reason) or type(reason).__name__)
            else:
                wait = dt.timedelta(seconds=5 * 2**job.attempts)
                Job.objects.filter(pk=job.pk).update(leased_until=now() + wait)
        return
    with acting_as(DatabaseRole.WORKER):
        finish(job, at=now())


@contextlib.contextmanager
def _lease_renewed(job: Job, *, now: Callable[[], dt.datetime]) -> Iterator[None]:
    """Keep the job ours from a thread beside the work; when this process dies, so does the lease."""
    over = threading.Event()

    def renew() -> None:
        shown = job.done_count
        try:
            for look in itertools.count(1):
                if over.wait(SHOWN_EVERY):
                    return
                done, total = job.done_count, job.total_count
                counted = {} if done == shown else {"done_count": done, "total_count": total}
                if counted or look % RENEWED_EVERY == 0:
                    with acting_as(DatabaseRole.WORKER):
                        Job.objects.filter(pk=job.pk, status=JobStatus.RUNNING).update(
                            leased_until=now() + LEASE, **counted
                        )
                    shown = done
        finally:
            connection.close()

    beside = threading.Thread(target=renew, name=f"lease of {job.uuid}", daemon=True)
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()


def due(*, at: dt.datetime) -> list[Job]:
    """Work that nobody has, or whose holder fell silent."""
    return list(
        Job.objects.filter(due_at__lte=at, status__in=(JobStatus.QUEUED, JobStatus.RUNNING))
        .filter(Q(leased_until__isnull=True) | Q(leased_until__lt=at))
        .order_by("due_at", "pk")[:500]
    )


def _send(task: str, args: tuple[object, ...]) -> None:
    try:
        current_app.send_task(task, args=args, ignore_result=True, retry=False)
    except Exception:  # noqa: BLE001 - any broker trouble is harmless here
        logger.warning("no worker could be told of %s; beat will find it", task)
