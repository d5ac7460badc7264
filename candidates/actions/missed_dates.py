"""The authority's own clock: reminded before, passed without a check (D12, N13, A14)."""

import datetime as dt
import itertools
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates import locking
from candidates.actions.objections import checkers_of
from candidates.actions.shares import post_share
from candidates.models import CHECKABLE, Share, ShareStatus
from sroi_portal.core import audit, mail, terms
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import IllegalMoveError, lock, move

AHEAD_DAYS = 21  # after which the checkers are told once
BURST = 500
TOGETHER = 50


class Stage(StrEnum):
    """Each is told once for every time that it was submitted."""

    SOON = "checks_soon"
    TODAY = "checks_today"


def mark_unchecked(*, at: dt.datetime) -> int:
    """Mark all whose last day has passed, some in a transaction, with one mail for a submitter."""
    with acting_as(DatabaseRole.WORKER):
        missed = list(Share.objects.missed(timezone.localdate(at))[:BURST])
    missed.sort(key=lambda share: (share.submitted_by_id, share.pk))
    count = 0
    for _who, shares in itertools.groupby(missed, key=lambda share: share.submitted_by_id):
        for together in itertools.batched(shares, TOGETHER, strict=False):
            with acting_as(DatabaseRole.WORKER):
                count += _mark(together, at=at)
    return count


@transaction.atomic
def mark_share_unchecked(share: Share, *, at: dt.datetime) -> None:
    """Say that the authority missed its date: shown apart, decided on later (R-174).

    :raises IllegalMoveError: when it was decided on, or has time left.
    """
    share = lock(share)
    if share.due_on is None or share.due_on >= timezone.localdate(at):
        raise IllegalMoveError(_("The authority still has time to check this."))
    move(share, ShareStatus.UNCHECKED, verb="mark_share_unchecked", by=None, at=at)
    post_share(share, by=None, at=at)


@transaction.atomic
def remind_checkers(*, at: dt.datetime) -> int:
    """Write the mails of today, one for a checker; a second time the same day writes none."""
    count = 0
    for stage, shares in _stages(at):
        ordered = shares.select_related("authority").order_by("authority_id", "pk")
        for _id, of_one in itertools.groupby(ordered, key=lambda share: share.authority_id):
            waiting = list(of_one)
            for share in waiting:
                remind_share(share, stage, at=at)
            _tell_checkers(waiting, stage, at=at)
            count += len(waiting)
    return count


@transaction.atomic
def remind_share(share: Share, stage: Stage, *, at: dt.datetime) -> None:
    """Write down that the checkers were told."""
    audit.record(share, "remind_share", by=None, at=at, changed=[stage])


def _mark(shares: Iterable[Share], *, at: dt.datetime) -> int:
    shares, marked = list(shares), []
    locking.lock_many(Share.objects.filter(pk__in=[share.pk for share in shares]))
    for share in shares:
        try:
            mark_share_unchecked(share, at=at)
        except IllegalMoveError:  # decided on in the meantime
            continue
        marked.append(share)
    if marked:
        mail.send(
            "candidates/mail/shares_unchecked.txt",
            to=filter(None, [marked[0].submitted_by]),
            at=at,
            context={"count": len(marked)},
        )
    return len(marked)


def _stages(at: dt.datetime) -> list[tuple[Stage, "QuerySet[Share, Any]"]]:
    today = timezone.localdate(at)
    long_ago = terms.starts_at(today - dt.timedelta(days=AHEAD_DAYS - 1))
    waiting = Share.objects.filter(status__in=CHECKABLE).annotate(
        since=Coalesce("objected_at", "submitted_at")
    )
    soon = waiting.filter(since__lt=long_ago, due_on__gt=today)
    return [
        (Stage.SOON, soon.exclude(_told(Stage.SOON))),
        (Stage.TODAY, waiting.filter(due_on=today).exclude(_told(Stage.TODAY))),
    ]


def _told(stage: Stage) -> Exists:
    return Exists(
        AuditEvent.objects.filter(
            object_uuid=OuterRef("uuid"),
            verb="remind_share",
            changed__contains=[stage],
            at__gte=OuterRef("since"),
        )
    )


def _tell_checkers(shares: list[Share], stage: Stage, *, at: dt.datetime) -> None:
    last = max(share.due_on for share in shares if share.due_on)
    mail.send(
        f"candidates/mail/{stage}.txt",
        to=checkers_of(shares[0].authority_id),
        at=at,
        context={"count": len(shares), "authority": shares[0].authority, "last_on": last},
    )
