"""Post the paid hours of each month that is over, as differences (R-343)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from candidates.agreed_jobs import months, norm
from candidates.models import (
    SECTORS,
    AgreedJob,
    HoursPer,
    JobAccount,
    JobEntry,
    JobForm,
    JobStatus,
    PaidHours,
    Placement,
    PlacementStatus,
)
from sroi_portal.core import rows, turns
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.turns import Turn

COLUMNS = ("source_uuid", "account", "form", "sector", "month", "hours", "posting_no")
ACCOUNTS = {JobStatus.STATED: JobAccount.STATED, JobStatus.CONFIRMED: JobAccount.CHECKED}
NONE = Decimal(0)

type Place = tuple[str, str, dt.date]  # account, form, month


def post(job: AgreedJob, *, by: User | None, at: dt.datetime) -> int:
    """Bring the entries of a locked job up to date; a second call posts none."""
    through = months.last_closed_month(timezone.localdate(at))
    with acting_as(DatabaseRole.WORKER):
        turns.share(Turn.JOB_ENTRIES)
        job.posted_through = max(through, job.posted_through or through)
        AgreedJob.objects.filter(pk=job.pk).update(posted_through=job.posted_through)
        wanted = wanted_of(job)
        standing = JobEntry.sums([job.uuid]).get(job.uuid, {})
        number = JobEntry.objects.filter(source_uuid=job.uuid).aggregate(last=Max("posting_no"))
        entries = [
            (
                job.uuid,
                account,
                form,
                SECTORS[JobForm(form)].value,
                month,
                hours,
                (number["last"] or 0) + 1,
            )
            for (account, form, month), hours in _changes(wanted, standing)
        ]
        rows.insert(
            JobEntry, COLUMNS, entries, {"posted_at": at, "posted_by_id": by.pk if by else None}
        )
    return len(entries)


def wanted_of(job: AgreedJob) -> dict[Place, Decimal]:
    """Say what a job stands for; one that was not confirmed or is withdrawn for nothing."""
    account = ACCOUNTS.get(JobStatus(job.status))
    placement = job.placement
    if account is None or placement.status == PlacementStatus.WITHDRAWN or not job.posted_through:
        return {}
    paid = hours_of(job, through=job.posted_through)
    return {(account.value, job.form, month): hours for month, hours in paid.items()}


def hours_of(job: AgreedJob, *, through: dt.date) -> dict[dt.date, Decimal]:
    stated = [
        months.Stated(each.per == HoursPer.MONTH, each.starts_on, each.hours)
        for each in job.paid_hours.all()
    ]
    placement = job.placement
    return months.hours_by_month(stated, placement.starts_on, placement.ends_on, through)


def follow_placement(placement: Placement, *, by: User | None, at: dt.datetime) -> None:
    """Bring the months up to date after the first or last day of the work changed."""
    with acting_as(DatabaseRole.WORKER):
        job = AgreedJob.objects.select_for_update().filter(placement=placement.pk).first()
        if job is not None:
            job.placement = placement
            post(job, by=by, at=at)


def post_closed_months(*, at: dt.datetime) -> int:
    """Every night: post the month that is over, each job in a transaction of its own."""
    through = months.last_closed_month(timezone.localdate(at))
    with acting_as(DatabaseRole.WORKER):
        late = Q(posted_through=None) | Q(posted_through__lt=through)
        due = AgreedJob.objects.standing().filter(late).order_by("pk")
        keys = list(due.values_list("pk", flat=True))
    count = 0
    for key in keys:
        with transaction.atomic(), acting_as(DatabaseRole.WORKER):
            locked = AgreedJob.objects.select_for_update(of=("self",)).select_related("placement")
            count += post(locked.get(pk=key), by=None, at=at)
    return count


def position() -> int:
    """Give the last entry while no posting is under way: sums up to it never change."""
    turns.take(Turn.JOB_ENTRIES)
    return int(JobEntry.objects.aggregate(last=Max("pk"))["last"] or 0)


def differences() -> Iterator[str]:
    """Name each job whose entries are not what it stands for; read as the worker."""
    jobs: Any = AgreedJob.objects.select_related("placement").prefetch_related("paid_hours")
    for job in jobs.order_by("pk").iterator(chunk_size=500):
        if _changes(wanted_of(job), JobEntry.sums([job.uuid]).get(job.uuid, {})):
            yield f"job {job.uuid} differs from its entries"


def _changes(
    wanted: dict[Place, Decimal], standing: dict[Place, Decimal]
) -> list[tuple[Place, Decimal]]:
    places = sorted(wanted.keys() | standing.keys())
    found = [(place, wanted.get(place, NONE) - standing.get(place, NONE)) for place in places]
    return [(place, hours) for place, hours in found if hours]


def hours_on(job: AgreedJob, day: dt.date) -> PaidHours | None:
    """Find the hours that hold on a day: those of its month, else the last of before."""
    stated = sorted(job.paid_hours.all(), key=lambda each: each.starts_on)
    of_month = [each for each in stated if each.per == HoursPer.MONTH]
    exact = [each for each in of_month if each.starts_on == day.replace(day=1)]
    weekly = [each for each in stated if each.per == HoursPer.WEEK]
    past = [each for each in weekly if each.starts_on <= day]
    return next(iter([*exact, *past[::-1], *weekly]), None)


def jobs_of(paid: PaidHours) -> Fraction:
    """Say how many jobs these hours are, exactly."""
    is_month = paid.per == HoursPer.MONTH
    jobs = norm.jobs_a_month if is_month else norm.jobs_a_week
    return jobs(paid.hours, paid.starts_on)
