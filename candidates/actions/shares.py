"""What happens to a share: drafted, submitted, returned, verified, rejected, withdrawn, revoked."""

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from candidates import locking, parts, paths, uses, worth
from candidates.actions import showing
from candidates.actions.entry_checks import NotSubmittableError, keep_findings, require_let_in
from candidates.actions.placements import post_plan, require_open
from candidates.models import (
    FREED,
    Contribution,
    Evidence,
    Placement,
    Share,
    ShareStatus,
    UsedMonth,
)
from contracts import ledger, valuation
from contracts.actions.telling import people_of
from contracts.models import Contract, LedgerUnit
from sroi_portal.core import audit, mail, terms
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import NoticeKind, User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save

VERIFIED_ONLY = (ShareStatus.VERIFIED,)  # room is given in order of verification
ALWAYS_TOLD = ("rejected", "upheld")


class OwnWorkError(RefusedError):
    """Who submitted something does not check it."""


@transaction.atomic
def draft_contribution(
    placement: Placement,
    *,
    by: User,
    at: dt.datetime,
    period: tuple[dt.date, dt.date],
    pct: Decimal = worth.WHOLE,
    key: uuid.UUID | None = None,
) -> Share:
    """Begin a claim for a period of a placement, with what it would count for now."""
    placement = lock(placement)
    contract = placement.contract
    require_open(contract)
    contribution = Contribution(
        supplier=placement.supplier,
        placement=placement,
        starts_on=period[0],
        ends_on=period[1],
        entered_by=by,
        entered_at=at,
    )
    contribution.full_clean()
    contribution.save()
    share = Share(
        uuid=key or uuid.uuid4(),
        contribution=contribution,
        contract=contract,
        authority=contract.authority,
        supplier=placement.supplier,
        block=placement.block,
        pct=pct,
    )
    set_worth(share, worth.of_share(share))
    share.full_clean()
    share.save()
    audit.record(contribution, "draft_contribution", by=by, at=at)
    audit.record(share, "draft_contribution", by=by, at=at)
    return share


@transaction.atomic
def change_share(
    share: Share,
    *,
    by: User,
    at: dt.datetime,
    period: tuple[dt.date, dt.date],
    pct: Decimal,
    revision: int | None = None,
) -> None:
    """Correct the period or the part of a concept, or of what came back with a question (N17)."""
    locking.lock_room(share)
    living = parts.locked(share.contribution)
    share = lock(share, revision=revision)
    require_changeable(share)
    contribution = lock(share.contribution)
    is_moved = (contribution.starts_on, contribution.ends_on) != period
    contribution.starts_on, contribution.ends_on = period
    share.pct = pct
    change_parts(share, contribution, living, by=by, at=at, is_other=is_moved)
    audit.record(share, "change_share", by=by, at=at, changed=["period", "pct"])


@transaction.atomic
def submit_share(
    share: Share, *, by: User, at: dt.datetime, answer: str = "", revision: int | None = None
) -> None:
    """Claim it: valued now, month by month, on the account `submitted` (R-121)."""
    locking.lock_room(share)
    share = lock(share, revision=revision)
    _require_submittable(share, today=timezone.localdate(at))
    paths.require_within(share.contribution)
    findings = require_let_in(share, at=at)
    value = worth.of_share(share)
    set_worth(share, value)
    share.submitted_by, share.submitted_at = by, at
    set_date(share, at=at)
    move(share, ShareStatus.SUBMITTED, verb="submit_share", by=by, at=at, remark=answer)
    keep_findings(share, findings, at=at)
    _show_to_authority(share)
    worth.use(share, value)
    post_share(share, by=by, at=at)


@transaction.atomic
def withdraw_share(share: Share, *, by: User, at: dt.datetime) -> None:
    """Take it back until it is checked: the period is free again (N17)."""
    locking.lock_room(share)
    share = lock(share)
    move(share, ShareStatus.WITHDRAWN, verb="withdraw_share", by=by, at=at)
    free(share)
    post_share(share, by=by, at=at)


@transaction.atomic
def verify_share(
    share: Share, *, by: User, at: dt.datetime, revision: int | None = None, tells: bool = True
) -> None:
    """Grant the share and freeze what it counts for (R-122).

    What uses the same months as it did when it was submitted leaves the plan as it is.

    :raises OwnWorkError: when the checker submitted it.
    """
    locking.lock_room(share)
    share = lock(share, revision=revision)
    require_checker(share, by)
    other = freeze_worth(share, worth.used_by_others(share, VERIFIED_ONLY), by=by, at=at)
    move(share, ShareStatus.VERIFIED, verb="verify_share", by=by, at=at)
    if other:
        worth.use(share, other)
    post_share(share, by=by, at=at, is_same=other is None)
    if tells:
        tell_supplier(share, "verified", at=at)


def freeze_worth(
    share: Share, used: uses.Used, *, by: User, at: dt.datetime
) -> valuation.Valuation | None:
    """Grant a share what it counts for; gives the worth when it became another."""
    share.verified_by, share.verified_at = by, at
    note_decision(share, by=by, at=at)
    value = worth.of_share(share, used)
    is_same = share.valuation == value.as_json()
    set_worth(share, value)
    return None if is_same else value


@transaction.atomic
def return_share(
    share: Share, *, by: User, at: dt.datetime, question: str, revision: int | None = None
) -> None:
    """Ask the supplier something before deciding; its value stays under `submitted` (R-123)."""
    share = lock(share, revision=revision)
    note_decision(share, by=by, at=at)
    share.due_on = None
    move(share, ShareStatus.RETURNED, verb="return_share", by=by, at=at, remark=question)
    post_share(share, by=by, at=at)
    tell_supplier(share, "returned", at=at)


@transaction.atomic
def reject_share(
    share: Share, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Refuse it with a reason; the period may be entered anew, or objected to (R-124, R-170)."""
    locking.lock_room(share)
    share = lock(share, revision=revision)
    require_checker(share, by)
    note_decision(share, by=by, at=at)
    share.rejected_by, share.rejected_at = by, at
    share.object_until = terms.due_on(timezone.localdate(at), share.contract.objection_days)
    move(share, ShareStatus.REJECTED, verb="reject_share", by=by, at=at, remark=reason)
    free(share)
    post_share(share, by=by, at=at)
    tell_supplier(share, "rejected", at=at)


@transaction.atomic
def revoke_share(share: Share, *, by: User, at: dt.datetime, reason: str) -> None:
    """Take a verification back, by somebody else than who gave it (R-125)."""
    locking.lock_room(share)
    share = lock(share)
    if by.pk in (share.verified_by_id, share.submitted_by_id):
        raise OwnWorkError(_("You verified this yourself. A colleague decides to revoke it."))
    note_decision(share, by=by, at=at)
    move(share, ShareStatus.REVOKED, verb="revoke_share", by=by, at=at, remark=reason)
    free(share)
    post_share(share, by=by, at=at)
    tell_supplier(share, "revoked", at=at)


def _require_submittable(share: Share, *, today: dt.date) -> None:
    """Refuse days that are not over, or not on the contract and in the placement."""
    contract, contribution = share.contract, share.contribution
    require_open(contract)
    if contribution.ends_on > today:
        raise NotSubmittableError(
            _("The period ends on %(day)s. You can submit it once it is over.")
            % {"day": formats.date_format(contribution.ends_on)}
        )
    if _outside(contribution, contract):
        raise NotSubmittableError(
            _(
                "Part of the period lies before the first or after the last working day, "
                "or outside the contract. Change the period."
            )
        )


def _outside(contribution: Contribution, contract: Contract) -> bool:
    """Whether days lie outside the placement, or what is no work outside the contract."""
    placement = contribution.placement
    first = placement.starts_on if placement else contract.starts_on
    ends = (placement.ends_on if placement else None, contract.closes_on)
    last = min(filter(None, ends), default=None)
    return (first is not None and contribution.starts_on < first) or (
        last is not None and contribution.ends_on > last
    )


def require_changeable(share: Share) -> None:
    """Refuse to correct what waits for a decision, or was decided on.

    :raises IllegalMoveError: when it does or was.
    """
    if not share.is_changeable:
        raise IllegalMoveError(
            _("This can no longer be changed: it now has the status “%(status)s”.")
            % {"status": share.get_status_display()}
        )


def change_parts(
    share: Share,
    contribution: Contribution,
    living: Sequence[Share],
    *,
    by: User,
    at: dt.datetime,
    is_other: bool,
) -> None:
    """Write a corrected contribution and value its part anew; the other parts when it is other.

    :raises PartStandsError: when it became another one, and a part of it was submitted.
    """
    if is_other:
        parts.require_open(living, besides=share)
        locking.lock_contracts(living)
    save(contribution)
    together = [share if each.pk == share.pk else each for each in living]
    parts.lay_out(together)
    paths.require_within(contribution)
    for each in together if is_other else [share]:
        each.contribution = contribution
        value = worth.of_share(each)
        set_worth(each, value)
        save(each)
        if each.status == ShareStatus.RETURNED:
            worth.use(each, value)
            post_share(each, by=by, at=at)


def set_worth(share: Share, value: valuation.Valuation) -> None:
    share.valuation = value.as_json()
    share.value_eur = value.total_eur
    share.hours = sum((earned.hours for earned in value.by_month), Decimal(0))


def require_checker(share: Share, by: User) -> None:
    """Refuse one's own work, and an objection: that is decided on with a reason.

    :raises OwnWorkError: when the checker submitted it.
    :raises IllegalMoveError: when there is an objection.
    """
    if share.submitted_by_id == by.pk:
        raise OwnWorkError(_("You submitted this yourself. A colleague checks it."))
    if share.is_objection:
        raise IllegalMoveError(_("The supplier objected. Decide on the objection, with a reason."))


def set_date(share: Share, *, at: dt.datetime) -> None:
    """Start the clock of the authority, which ends on a working day (R-173)."""
    share.due_on = terms.due_on(timezone.localdate(at), share.contract.review_days)


def note_decision(share: Share, *, by: User, at: dt.datetime) -> None:
    share.decided_by, share.decided_at = by, at


def _show_to_authority(share: Share) -> None:
    """From submission on, the authority sees the work."""
    placement, authority = share.contribution.person_of, share.authority_id
    showing.let_see(Contribution.objects.filter(pk=share.contribution_id), authority)
    if placement is not None:
        showing.let_see(Evidence.objects.filter(contribution=share.contribution_id), authority)
        showing.show_placement(placement, authority)


def free(share: Share) -> None:
    """Give back the person's months and, when no other share lives, the period."""
    UsedMonth.objects.filter(share=share).delete()
    contribution = share.contribution
    with acting_as(DatabaseRole.WORKER):
        living = contribution.shares.exclude(status__in=FREED)
        if not living.exists():
            contribution.is_live = False
            save(contribution)


def post_share(share: Share, *, by: User | None, at: dt.datetime, is_same: bool = False) -> None:
    """Post what the share stands for now, and plan what is left of its placement.

    A share that claims the same as before (`is_same`) leaves a plan as it is; persons move along.
    """
    unit = share.contract.owed_unit
    ledger.post(ledger.Source.of(share), worth.wanted(share, unit), by=by, at=at)
    placement = share.contribution.placement
    if placement and not (is_same and unit != LedgerUnit.PERSON):
        if placement.contract_id == share.contract_id:
            placement.contract = share.contract
        if placement.block_id == share.block_id:
            placement.block = share.known_block
        with acting_as(DatabaseRole.WORKER):
            post_plan(placement, by=by, at=at)


def tell_supplier(share: Share, outcome: str, *, at: dt.datetime) -> None:
    """Mail those who are to be told, without a word about the person.

    A rejection is always mailed: a term to object begins.
    """
    mail.send(
        f"candidates/mail/share_{outcome}.txt",
        to=people_told(share),
        at=at,
        context={"share": share, "contract": share.contract},
        notice=None if outcome in ALWAYS_TOLD else NoticeKind.DECISION,
        about=share,
    )


def people_told(share: Share) -> list[User]:
    """Find who submitted it and who was named for the contract; when both are gone, everybody."""
    named = User.objects.filter(delegations__contract=share.contract_id)
    people = people_of(share.contract)
    nearest = people.filter(Q(pk=share.submitted_by_id) | Q(pk__in=named))
    return list(nearest or people)
