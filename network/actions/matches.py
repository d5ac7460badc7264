"""Two suppliers about an offer: the first word, what they say, a deal or an end (H10)."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates import actions as candidate_actions
from candidates.models import SharedPath
from network.actions.showing import show
from network.actions.telling import tell
from network.models import LIVING, Match, MatchStatus, Offer, OfferStatus
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save
from suppliers.models import Supplier


class OwnSideError(RefusedError):
    """Who proposed a deal does not agree to it as well."""


@transaction.atomic
def answer_offer(
    offer: Offer, partner: Supplier, text: str, *, by: User, at: dt.datetime, key: uuid.UUID
) -> Match:
    """Make the first contact: the other side reads it in the portal (R-383).

    :raises IllegalMoveError: when the offer left the board.
    """
    offer = lock(offer)
    if not offer.is_standing:
        raise IllegalMoveError(_("This no longer stands on the board."))
    match = Match(
        uuid=key,
        offer=offer,
        supplier=offer.supplier,
        partner=partner,
        opened_by=by,
        opened_at=at,
        stepped_at=at,
    )
    save(match)
    audit.record(match, "answer_offer", by=by, at=at, remark=text)
    if offer.status == OfferStatus.OPEN:
        move(offer, OfferStatus.IN_CONTACT, verb="answer_offer", by=by, at=at)
    tell("answer_offer", match, offer.supplier_id, at=at)
    return match


@transaction.atomic
def write_match(
    match: Match, text: str, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Say something to the other side; an answer to the first word makes it a conversation.

    :raises IllegalMoveError: when the contact ended.
    """
    match = lock(match, revision=revision)
    _require_living(match)
    match.stepped_at = at
    side = side_of(match, by)
    is_answer = match.status == MatchStatus.CONTACT and side == match.supplier_id
    if is_answer:
        move(match, MatchStatus.TALKING, verb="write_match", by=by, at=at, remark=text)
    else:
        save(match)
        audit.record(match, "write_match", by=by, at=at, remark=text)
    tell("write_match", match, _other(match, side), at=at)


@transaction.atomic
def propose_deal(
    match: Match, text: str, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Write down what you would agree; the other side agrees or talks on."""
    match = lock(match, revision=revision)
    side = side_of(match, by)
    match.stepped_at, match.proposed_for_id = at, side
    move(match, MatchStatus.PROPOSED, verb="propose_deal", by=by, at=at, remark=text)
    tell("propose_deal", match, _other(match, side), at=at)


@transaction.atomic
def agree_deal(match: Match, *, by: User, at: dt.datetime, revision: int | None = None) -> None:
    """Agree to what the other side proposed; the offer leaves the board (R-384).

    :raises OwnSideError: when one's own side proposed it.
    """
    match = lock(match, revision=revision)
    match.agreed_for_id = _answering(match, by)
    match.agreed_by, match.agreed_at, match.stepped_at = by, at, at
    move(match, MatchStatus.AGREED, verb="agree_deal", by=by, at=at)
    offer = lock(match.offer)
    if offer.is_standing:
        offer.ended_on = timezone.localdate(at)
        move(offer, OfferStatus.AGREED, verb="agree_deal", by=by, at=at)
        show(offer)
    tell("agree_deal", match, _other(match, match.agreed_for_id), at=at)


@transaction.atomic
def decline_deal(
    match: Match, text: str, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Talk on about what was proposed, with why.

    :raises OwnSideError: when one's own side proposed it.
    """
    match = lock(match, revision=revision)
    side = _answering(match, by)
    match.stepped_at, match.proposed_for = at, None
    move(match, MatchStatus.TALKING, verb="decline_deal", by=by, at=at, remark=text)
    tell("write_match", match, _other(match, side), at=at)


@transaction.atomic
def end_match(
    match: Match, text: str, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Stop without a deal, with why; the offer is open again when nobody else is talking."""
    match = lock(match, revision=revision)
    match.stepped_at = at
    move(match, MatchStatus.ENDED, verb="end_match", by=by, at=at, remark=text)
    offer = lock(match.offer)
    is_alone = not offer.matches.filter(status__in=LIVING).exists()
    if is_alone and offer.status == OfferStatus.IN_CONTACT:
        move(offer, OfferStatus.OPEN, verb="end_match", by=by, at=at)
    tell("end_match", match, _other(match, side_of(match, by)), at=at)


@transaction.atomic
def plan_path(match: Match, *, by: User, at: dt.datetime, key: uuid.UUID) -> SharedPath:
    """Begin the shared path of a deal; asked twice, it is the same one.

    :raises IllegalMoveError: when the two have not agreed.
    """
    match = lock(match)
    if match.status != MatchStatus.AGREED:
        raise IllegalMoveError(_("First agree to a deal; then plan the path together."))
    if match.path is None:
        both = (match.supplier, match.partner)
        match.path = candidate_actions.begin_path(both, match.offer.title, by=by, at=at, key=key)
        match.stepped_at = at
        save(match)
        audit.record(match, "plan_path", by=by, at=at)
    return match.path


def side_of(match: Match, person: User) -> int:
    """Name the supplier for which somebody speaks here; the owner's, when it could be both."""
    return next(each for each in match.sides if each in person.supplier_ids)


def _other(match: Match, side: int) -> int:
    return match.partner_id if side == match.supplier_id else match.supplier_id


def _answering(match: Match, person: User) -> int:
    """Name the side that did not propose, when the person speaks for it."""
    answering = [each for each in match.sides if each != match.proposed_for_id]
    mine = [each for each in answering if each in person.supplier_ids]
    if match.proposed_for_id is None or not mine:
        raise OwnSideError(_("You proposed this yourself. The other side agrees or not."))
    return mine[0]


def _require_living(match: Match) -> None:
    if not match.is_living:
        raise IllegalMoveError(
            _("This can no longer be done: it now has the status “%(status)s”.")
            % {"status": match.get_status_display()}
        )
