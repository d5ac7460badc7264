"""A thousand shares verified in one go, beside the statements of one of them a thousand times."""

import copy
import datetime as dt
import uuid

from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.measure import Result, milliseconds
from candidates import actions
from candidates.models import (
    Candidate,
    CandidateCode,
    Contribution,
    Placement,
    Share,
    UsedMonth,
    WeeklyHours,
)
from contracts.models import LedgerEntry
from sroi_portal.core.models import Authority, Job, RoleAssignment, RoleName, User

COUNT = 1_000
MOST_SECONDS = 20
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE")


def verify_a_thousand(share: Share, noon: dt.datetime) -> Result:
    """Verify copies of a submitted share, each of another person on the same contract."""
    olga = _checker(share.authority, noon)
    shares = [_copy(share, number) for number in range(COUNT)]
    with CaptureQueriesContext(connection) as asked:
        _undone(share, olga, noon)
    said = [each["sql"].replace("%", "%%") for each in asked if each["sql"].startswith(VERBS)]
    bulk = actions.ask_bulk_check([each.pk for each in shares], by=olga, at=noon)
    job = Job.objects.get(uuid=bulk.job_uuid)
    taken = milliseconds(lambda: actions.verify_many(str(bulk.uuid), job, now=timezone.now))
    bulk.refresh_from_db()
    if bulk.verified_count != COUNT:
        raise RuntimeError(f"not verified: {bulk.refusals}")
    bare = milliseconds(lambda: [_replay(said) for _number in range(COUNT)])
    return Result(
        f"{COUNT:,} shares verified at once",
        f"{COUNT:,} x {len(said)} bare statements",
        bare,
        taken,
        taken / bare,
        f"≤ {MOST_SECONDS} s",
        taken <= MOST_SECONDS * 1000,
    )


def _checker(authority: Authority, noon: dt.datetime) -> User:
    olga = User.objects.create_user("olga@example.org", name="Olga")
    RoleAssignment.objects.create(
        user=olga, authority=authority, role=RoleName.COORDINATOR, given_at=noon
    )
    return olga


def _undone(share: Share, olga: User, noon: dt.datetime) -> None:
    with transaction.atomic():
        actions.verify_share(share, by=olga, at=noon, tells=False)
        transaction.set_rollback(True)


def _replay(statements: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
        transaction.set_rollback(True)


def _copy(share: Share, number: int) -> Share:
    """Write the rows of another person who did the same work."""
    placement = share.contribution.placement
    person = Candidate(supplier=share.supplier)
    person.reference = f"B-{number}"
    person.save()
    CandidateCode.objects.create(
        candidate=person, supplier=share.supplier, authority=share.authority
    )
    worked: Placement = _again(placement, candidate=person)
    for change in WeeklyHours.objects.filter(placement=placement):
        _again(change, placement=worked)
    contribution: Contribution = _again(share.contribution, placement=worked)
    made: Share = _again(share, contribution=contribution)
    for month in UsedMonth.objects.filter(share=share):
        _again(month, share=made, reference_hash=person.reference_hash)
    for old, new in ((share, made), (placement, worked)):
        LedgerEntry.objects.bulk_create(
            LedgerEntry(
                **{
                    each.attname: getattr(entry, each.attname)
                    for each in LedgerEntry._meta.concrete_fields
                    if not each.primary_key
                }
                | {"source_uuid": new.uuid}
            )
            for entry in LedgerEntry.objects.filter(source_uuid=old.uuid)
        )
    return made


def _again[M: models.Model](row: M | None, **facts: object) -> M:
    if row is None:
        raise ValueError("the share is of work")
    made = copy.copy(row)
    made._state = models.base.ModelState()
    made.pk = None
    if hasattr(made, "uuid"):
        made.uuid = uuid.uuid4()
    for name, value in facts.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made
