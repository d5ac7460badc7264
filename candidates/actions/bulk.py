"""A checker verifies many shares at once: each with its own lock, posting and event."""

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from candidates import rules
from candidates.actions.entry_checks import NotSubmittableError
from candidates.actions.placements import ContractClosedError
from candidates.actions.shares import OwnWorkError, people_told, verify_share
from candidates.models import BulkCheck, Share, ShareStatus
from sroi_portal.core import audit, jobs, mail, sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Job, NoticeKind, User
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError, write

TASK = "candidates.tasks.verify_many"
OFTEN = 25  # how many shares between two steps of the progress bar
FORESEEN = (
    ContractClosedError,
    NotSubmittableError,
    OwnWorkError,
    IllegalMoveError,
    ChangedMeanwhileError,
    ValidationError,
)

type Now = Callable[[], dt.datetime]


@transaction.atomic
def ask_bulk_check(share_ids: Iterable[int], *, by: User, at: dt.datetime) -> BulkCheck:
    """Write down which shares are to be verified, and queue the work (R-178)."""
    wanted = list(dict.fromkeys(share_ids))
    bulk = BulkCheck(share_ids=wanted, asked_by=by, asked_at=at)
    bulk.job_uuid = jobs.queue(TASK, str(bulk.uuid), by=by, at=at, total=len(wanted)).uuid
    write(bulk)
    audit.record(bulk, "ask_bulk_check", by=by, at=at)
    return bulk


def verify_many(bulk_uuid: str, job: Job, *, now: Now) -> None:
    """Verify each share in a transaction of its own, as its checker; then tell the suppliers."""
    with acting_as(DatabaseRole.WORKER):
        bulk = BulkCheck.objects.select_related("asked_by").get(uuid=bulk_uuid)
    total, refusals = len(bulk.share_ids), {}
    with translation.override(bulk.asked_by.language):
        for number, share_id in enumerate(bulk.share_ids, 1):
            refusal = _verify(bulk, share_id, at=now())
            if refusal:
                refusals[str(share_id)] = refusal
            if number % OFTEN == 0:
                with acting_as(DatabaseRole.WORKER):
                    jobs.progress(job, number, total, at=now())
    with acting_as(DatabaseRole.WORKER):
        _conclude(bulk, refusals, at=now())


def _verify(bulk: BulkCheck, share_id: int, *, at: dt.datetime) -> str:
    """Verify one with the eyes and the rights of the checker; say why when it is refused."""
    person = bulk.asked_by
    try:
        with acting_as(DatabaseRole.WEB, sight.of(person)):
            share = Share.objects.visible_to(person).with_facts().filter(pk=share_id).first()
            if share is None or not (rules.checks(person, share) or _is_done(bulk, share)):
                return _("This is not yours to check.")
            if not _is_done(bulk, share):
                verify_share(share, by=person, at=at, tells=False)
    except FORESEEN as reason:
        return " ".join(reason.messages) if isinstance(reason, ValidationError) else str(reason)
    return ""


def _is_done(bulk: BulkCheck, share: Share) -> bool:
    """Whether this very work did it before a worker fell over."""
    return bool(
        share.status == ShareStatus.VERIFIED
        and share.verified_by_id == bulk.asked_by_id
        and share.verified_at
        and share.verified_at >= bulk.asked_at
    )


def _conclude(bulk: BulkCheck, refusals: dict[str, str], *, at: dt.datetime) -> None:
    """Keep the outcome, and write one mail to each who is told of something of it."""
    refused = set(map(int, refusals))
    done = [share_id for share_id in bulk.share_ids if share_id not in refused]
    BulkCheck.objects.filter(pk=bulk.pk).update(refusals=refusals, verified_count=len(done))
    for person, told in _told(done).items():
        mail.send(
            "candidates/mail/shares_verified.txt",
            to=[person],
            at=at,
            context={"count": len(told), "titles": sorted({each.contract.title for each in told})},
            notice=NoticeKind.DECISION,
        )


def _told(share_ids: Iterable[int]) -> dict[User, list[Share]]:
    """Gather for each person the shares he or she is to be told of."""
    shares = Share.objects.filter(pk__in=share_ids).select_related("contract", "submitted_by")
    told: dict[User, list[Share]] = {}
    for _place, alike in groupby(
        shares.order_by("contract_id", "submitted_by_id", "pk"),
        key=lambda share: (share.contract_id, share.submitted_by_id),
    ):
        together = list(alike)
        for person in people_told(together[0]):
            told.setdefault(person, []).extend(together)
    return told
