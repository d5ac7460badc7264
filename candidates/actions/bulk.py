"""A checker verifies many shares at once: each with its own worth, posting and event."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched, groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from candidates import rules
from candidates.actions import verifying
from candidates.actions.entry_checks import NotSubmittableError
from candidates.actions.placements import ContractClosedError
from candidates.actions.shares import OwnWorkError, people_told, verify_share
from candidates.models import BulkCheck, Share, ShareStatus
from sroi_portal.core import audit, jobs, mail, sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Job, NoticeKind, User
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError, texts_of, write

TASK = "candidates.tasks.verify_many"
TOGETHER = 25  # in one transaction, between two steps of the progress bar
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
    """Verify the shares as their checker, some at a time; then tell the suppliers."""
    with acting_as(DatabaseRole.WORKER):
        bulk = BulkCheck.objects.select_related("asked_by").get(uuid=bulk_uuid)
        parts = list(_parts(bulk.share_ids))
    refusals: dict[str, str] = {}
    done = 0
    with translation.override(bulk.asked_by.language):
        for part in parts:
            refusals |= _verify_part(bulk, part, at=now())
            done += len(part)
            with acting_as(DatabaseRole.WORKER):
                jobs.progress(job, done, len(bulk.share_ids), at=now())
    with acting_as(DatabaseRole.WORKER):
        _conclude(bulk, refusals, at=now())


def _parts(share_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Lay the shares out in parts of a few, no person twice in a part: room is given in turn."""
    shares = Share.objects.filter(pk__in=share_ids)
    people = dict(shares.values_list("pk", "contribution__placement__candidate"))
    seen: Counter[int] = Counter()
    turns: dict[int, list[int]] = {}
    for share_id in share_ids:
        person = people.get(share_id)
        turns.setdefault(seen[person] if person else 0, []).append(share_id)
        seen[person or 0] += 1
    for turn in turns.values():
        yield from batched(turn, TOGETHER, strict=False)


def _verify_part(bulk: BulkCheck, part: Sequence[int], *, at: dt.datetime) -> dict[str, str]:
    """Verify a part in one transaction; when one of it is refused, each in one of its own."""
    try:
        refusals, alone = _verify_together(bulk, part, at=at)
    except FORESEEN:
        refusals, alone = {}, list(part)
    for share_id in alone:
        refusal = _verify(bulk, share_id, at=at)
        if refusal:
            refusals[share_id] = refusal
    return {str(share_id): reason for share_id, reason in refusals.items()}


def _verify_together(
    bulk: BulkCheck, part: Sequence[int], *, at: dt.datetime
) -> tuple[dict[int, str], list[int]]:
    """Verify what can be verified together; says why not, and which are to be done alone."""
    person = bulk.asked_by
    refusals, alone, together = {}, [], []
    with acting_as(DatabaseRole.WEB, sight.of(person)):
        found = {share.pk: share for share in verifying.locked(part, of=person)}
        units = verifying.units_of(found.values())
        for share_id in part:
            share = found.get(share_id)
            if share is None or not (rules.checks(person, share) or _is_done(bulk, share)):
                refusals[share_id] = _("This is not yours to check.")
            elif not verifying.goes_together(share, units):
                alone.append(share_id)
            elif not _is_done(bulk, share):
                together.append(share)
        verifying.verify_together(together, units, by=person, at=at)
    return refusals, alone


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
        return " ".join(texts_of(reason))
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
