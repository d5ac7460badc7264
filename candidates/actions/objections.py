"""What happens after a rejection: the supplier objects once, and another person decides (D05)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from candidates import locking, worth
from candidates.actions.placements import ContractClosedError
from candidates.actions.shares import (
    VERIFIED_ONLY,
    OwnWorkError,
    free,
    freeze_worth,
    note_decision,
    post_share,
    set_date,
    set_worth,
    tell_supplier,
)
from candidates.models import Share, ShareStatus
from contracts.models import ContractStatus
from sroi_portal.core import mail
from sroi_portal.core.models import RoleAssignment, RoleName, User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save

CLOSED = (ContractStatus.SETTLED, ContractStatus.CANCELLED)


class TooLateError(RefusedError):
    """The term for an objection is over."""


class EnteredAnewError(RefusedError):
    """The days, the part or the invoice were claimed again since the rejection."""


@transaction.atomic
def object_share(
    share: Share, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Ask another person to look again; it waits as it did before (R-170).

    :raises TooLateError: after the last day.
    :raises EnteredAnewError: when the same was entered since.
    """
    locking.lock_room(share)
    share = lock(share, revision=revision)
    _require_objectable(share, today=timezone.localdate(at))
    share.objected_by, share.objected_at = by, at
    set_date(share, at=at)
    try:
        _revive(share)
        value = worth.of_share(share)
        set_worth(share, value)
        move(share, ShareStatus.OBJECTED, verb="object_share", by=by, at=at, remark=reason)
    except ValidationError as refused:
        raise EnteredAnewError(
            _(
                "You entered this anew after the rejection, so you cannot object any more. "
                "Withdraw the new contribution first."
            )
        ) from refused
    worth.use(share, value)
    post_share(share, by=by, at=at)
    mail.send(
        "candidates/mail/share_objected.txt",
        to=[each for each in checkers_of(share.authority_id) if each.pk != share.rejected_by_id],
        at=at,
        context={"share": share, "contract": share.contract},
    )


@transaction.atomic
def grant_objection(
    share: Share, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Let it count after all, and freeze what it counts for (R-171)."""
    locking.lock_room(share)
    share = lock(share, revision=revision)
    _require_another(share, by)
    other = freeze_worth(share, worth.used_by_others(share, VERIFIED_ONLY), by=by, at=at)
    move(share, ShareStatus.VERIFIED, verb="grant_objection", by=by, at=at, remark=reason)
    if other:
        worth.use(share, other)
    post_share(share, by=by, at=at, is_same=other is None)
    tell_supplier(share, "granted", at=at)


@transaction.atomic
def uphold_rejection(
    share: Share, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Let the rejection stand, for good (R-171)."""
    locking.lock_room(share)
    share = lock(share, revision=revision)
    _require_another(share, by)
    note_decision(share, by=by, at=at)
    move(share, ShareStatus.UPHELD, verb="uphold_rejection", by=by, at=at, remark=reason)
    free(share)
    post_share(share, by=by, at=at)
    tell_supplier(share, "upheld", at=at)


def checkers_of(authority_id: int) -> list[User]:
    """Name who checks for an authority."""
    held = RoleAssignment.objects.held().filter(
        authority=authority_id, role=RoleName.COORDINATOR, user__is_active=True
    )
    return [each.user for each in held.select_related("user").order_by("user_id")]


def _require_objectable(share: Share, *, today: dt.date) -> None:
    contract = share.contract
    if contract.status in CLOSED:
        raise ContractClosedError(
            _("You cannot object any more: the contract has the status “%(status)s”.")
            % {"status": contract.get_status_display()}
        )
    if share.status == ShareStatus.REJECTED and share.object_until and today > share.object_until:
        raise TooLateError(
            _("You could object until %(day)s. That day is over.")
            % {"day": formats.date_format(share.object_until)}
        )


def _require_another(share: Share, by: User) -> None:
    if not share.is_objection:
        raise IllegalMoveError(
            _("No objection waits here: it now has the status “%(status)s”.")
            % {"status": share.get_status_display()}
        )
    if by.pk in (share.rejected_by_id, share.submitted_by_id, share.objected_by_id):
        raise OwnWorkError(_("You decided on this before. A colleague decides on the objection."))


def _revive(share: Share) -> None:
    """Claim the period again; the database says whether it is still free."""
    contribution = lock(share.contribution)
    if not contribution.is_live:
        contribution.is_live = True
        save(contribution)
    share.contribution = contribution
