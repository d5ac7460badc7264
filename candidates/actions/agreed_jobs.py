"""A placement counts for the banenafspraak: stated by the supplier, checked by the authority."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.actions.showing import show_placement
from candidates.agreed_jobs import posting
from candidates.models import (
    AgreedJob,
    HoursPer,
    JobStatus,
    PaidHours,
    Placement,
    PlacementStatus,
)
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, lock, move, save, write

CORRECTED = ("form", "known_on")


@dataclass(frozen=True)
class JobFacts:
    """What a supplier states: in what form, since when it is known, and the paid hours a week."""

    form: str
    known_on: dt.date
    hours_a_week: Decimal
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def register_job(placement: Placement, facts: JobFacts, *, by: User, at: dt.datetime) -> AgreedJob:
    """State that the placement counts; stated again after it was withdrawn, it begins anew.

    Who checks work on the contract sees it from now on.

    :raises IllegalMoveError: of a placement that was withdrawn, or that counts already.
    :raises ValidationError: of a day to come.
    """
    placement = lock(placement)
    _require_past(facts.known_on, at)
    if placement.status == PlacementStatus.WITHDRAWN:
        raise IllegalMoveError(_("This placement was withdrawn."))
    show_placement(placement, placement.contract.authority_id)
    placement.refresh_from_db()
    job = AgreedJob.objects.select_for_update().filter(placement=placement).first()
    if job is None:
        job = AgreedJob(
            uuid=facts.key,
            placement=placement,
            supplier=placement.supplier,
            authority_ids=placement.authority_ids,
        )
    elif job.status != JobStatus.WITHDRAWN:
        raise IllegalMoveError(_("This placement counts for the banenafspraak already."))
    job.form, job.known_on = facts.form, facts.known_on
    _state(job, "register_job", by=by, at=at)
    job.paid_hours.all().delete()
    _set_hours(job, HoursPer.WEEK, placement.starts_on, facts.hours_a_week)
    posting.post(job, by=by, at=at)
    return job


@transaction.atomic
def correct_job(
    job: AgreedJob,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> AgreedJob:
    """Change the form or the day; what was checked is to be checked again.

    :raises IllegalMoveError: when it was withdrawn.
    :raises ValidationError: of a day to come.
    """
    job = _locked(job, revision)
    _require_standing(job)
    _require_past(facts["known_on"], at)
    for name in CORRECTED:
        setattr(job, name, facts[name])
    _state(job, "correct_job", by=by, at=at)
    posting.post(job, by=by, at=at)
    return job


@transaction.atomic
def state_paid_hours(  # noqa: PLR0913 - which hours, from when, and who says so
    job: AgreedJob,
    *,
    per: str,
    starts_on: dt.date,
    hours: Decimal,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> AgreedJob:
    """Let other paid hours hold from a day on, or for one whole month.

    :raises IllegalMoveError: when it was withdrawn.
    :raises ValidationError: of a day outside the placement, or hours nobody works.
    """
    job = _locked(job, revision)
    _require_standing(job)
    if per == HoursPer.MONTH:
        starts_on = starts_on.replace(day=1)
    _require_inside(job.placement, per, starts_on)
    _set_hours(job, per, starts_on, hours)
    _state(job, "state_paid_hours", by=by, at=at, changed=("paid_hours",))
    posting.post(job, by=by, at=at)
    return job


@transaction.atomic
def withdraw_job(job: AgreedJob, *, by: User, at: dt.datetime, revision: int | None = None) -> None:
    """Take it back: the placement counts for social return alone."""
    job = _locked(job, revision)
    job.checked_by = job.checked_at = None
    move(job, JobStatus.WITHDRAWN, verb="withdraw_job", by=by, at=at)
    posting.post(job, by=by, at=at)


@transaction.atomic
def confirm_job(job: AgreedJob, *, by: User, at: dt.datetime, revision: int | None = None) -> None:
    """Confirm what was stated: from now on its hours are checked."""
    job = _locked(job, revision)
    job.checked_by, job.checked_at = by, at
    move(job, JobStatus.CONFIRMED, verb="confirm_job", by=by, at=at)
    posting.post(job, by=by, at=at)


@transaction.atomic
def decline_job(
    job: AgreedJob, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Say that it is not confirmed, with the reason; the supplier may state it anew."""
    job = _locked(job, revision)
    job.checked_by, job.checked_at = by, at
    move(job, JobStatus.DECLINED, verb="decline_job", by=by, at=at, remark=reason)
    posting.post(job, by=by, at=at)


def _locked(job: AgreedJob, revision: int | None) -> AgreedJob:
    return lock(job, revision=revision)


def _state(
    job: AgreedJob,
    verb: str,
    *,
    by: User,
    at: dt.datetime,
    changed: tuple[str, ...] = CORRECTED,
) -> None:
    """Write who states it now; an earlier check no longer holds (R-345)."""
    before = job.status
    job.checked_by = job.checked_at = None
    job.stated_by, job.stated_at = by, at
    if before == JobStatus.STATED:
        save(job)
        audit.record(job, verb, by=by, at=at, changed=changed)
        return
    move(job, JobStatus.STATED, verb=verb, by=by, at=at)


def _set_hours(job: AgreedJob, per: str, starts_on: dt.date, hours: Decimal) -> None:
    stated = job.paid_hours.filter(per=per, starts_on=starts_on).first()
    stated = stated or PaidHours(
        job=job,
        placement=job.placement,
        supplier=job.supplier,
        authority_ids=job.authority_ids,
        per=per,
        starts_on=starts_on,
    )
    stated.hours = hours
    write(stated)


def _require_standing(job: AgreedJob) -> None:
    if job.status == JobStatus.WITHDRAWN:
        raise IllegalMoveError(_("This was withdrawn. State it again first."))


def _require_past(day: dt.date, at: dt.datetime) -> None:
    if day > timezone.localdate(at):
        raise ValidationError({"known_on": _("This day has not come yet.")})


def _require_inside(placement: Placement, per: str, starts_on: dt.date) -> None:
    """Refuse hours of before or after the work."""
    first = placement.starts_on.replace(day=1) if per == HoursPer.MONTH else placement.starts_on
    if starts_on < first or (placement.ends_on and starts_on > placement.ends_on):
        raise ValidationError({"starts_on": _("This day lies outside the placement.")})
