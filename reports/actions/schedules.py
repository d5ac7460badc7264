"""What can happen to a schedule: it is set, issues, pauses, goes on and stops (R-292, R-293)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from reports import rules
from reports.actions import issue_report
from reports.models import Report, ReportSchedule, ScheduleStatus
from sroi_portal.core import audit, mail
from sroi_portal.core.models import User
from sroi_portal.core.status import lock, move, save


@transaction.atomic
def set_schedule(schedule: ReportSchedule, *, by: User, at: dt.datetime) -> ReportSchedule:
    """Ask for a report after each quarter that ends from now on."""
    schedule.owner, schedule.set_at = by, at
    save(schedule)
    audit.record(schedule, "set_schedule", by=by, at=at)
    return schedule


@transaction.atomic
def issue_scheduled(
    schedule: ReportSchedule, quarter: dt.date, *, by: User, at: dt.datetime
) -> Report | None:
    """Issue the report of a quarter and tell its readers; None when that was done before.

    Who set it and may issue it no more issues nothing: then it pauses.
    """
    schedule = lock(schedule)
    is_done = Report.objects.filter(schedule=schedule, quarter=quarter).exists()
    if is_done or schedule.status != ScheduleStatus.RUNNING:
        return None
    if not rules.may_issue_scheduled(by, schedule):
        pause_schedule(schedule, at=at)
        return None
    report = Report(
        definition=schedule.definition,
        authority=schedule.authority,
        other_authority_ids=schedule.other_authority_ids,
        supplier=schedule.supplier,
        contract=schedule.contract,
        category=schedule.category,
        language=schedule.language,
        schedule=schedule,
        quarter=quarter,
    )
    made = issue_report(report, by=by, at=at)
    schedule.failed_at = None
    save(schedule)
    audit.record(schedule, "issue_scheduled", by=by, at=at)
    mail.send(
        "reports/mail/issue_scheduled.txt",
        to=_readers(schedule),
        at=at,
        context={"report": made},
    )
    return made


@transaction.atomic
def pause_schedule(schedule: ReportSchedule, *, at: dt.datetime) -> None:
    """Stand still because who set it left or lost the role, and say so to the readers."""
    schedule = lock(schedule)
    move(schedule, ScheduleStatus.PAUSED, verb="pause_schedule", by=None, at=at)
    mail.send(
        "reports/mail/pause_schedule.txt",
        to=_readers(schedule),
        at=at,
        context={"schedule": schedule},
    )


@transaction.atomic
def fail_schedule(schedule: ReportSchedule, *, at: dt.datetime) -> None:
    """Keep that the report could not be made, and tell its owner once; it is tried again (R-319)."""
    schedule = lock(schedule)
    is_told = schedule.failed_at is not None
    schedule.failed_at = at
    save(schedule)
    if is_told:
        return
    audit.record(schedule, "fail_schedule", by=None, at=at)
    mail.send(
        "reports/mail/fail_schedule.txt",
        to=[schedule.owner],
        at=at,
        context={"schedule": schedule},
    )


@transaction.atomic
def resume_schedule(schedule: ReportSchedule, *, by: User, at: dt.datetime) -> None:
    """Go on in the name of somebody who issues these reports, with the last quarter first.

    :raises IllegalMoveError: when it runs, or was stopped.
    """
    schedule = lock(schedule)
    schedule.owner = by
    move(schedule, ScheduleStatus.RUNNING, verb="resume_schedule", by=by, at=at)


@transaction.atomic
def stop_schedule(schedule: ReportSchedule, *, by: User, at: dt.datetime) -> None:
    """Issue no more; what was issued stays.

    :raises IllegalMoveError: when it was stopped before.
    """
    move(lock(schedule), ScheduleStatus.STOPPED, verb="stop_schedule", by=by, at=at)


def _readers(schedule: ReportSchedule) -> Iterable[User]:
    """Find those who still may see the report."""
    people = User.objects.filter(pk__in=schedule.reader_ids, is_active=True).order_by("pk")
    return [person for person in people if rules.may_see_scheduled(person, schedule)]
