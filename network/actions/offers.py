"""What happens to an offer: posted, changed, extended, withdrawn, and gone after a while."""

import datetime as dt
import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.actions.showing import show
from network.actions.telling import tell
from network.models import (
    LIVING,
    PROFILE_KEPT,
    REMINDED,
    STANDING,
    STAYS,
    MatchStatus,
    Offer,
    OfferKind,
    OfferStatus,
)
from sroi_portal.core import audit, personal
from sroi_portal.core.models import Remark, User
from sroi_portal.core.status import IllegalMoveError, RefusedError, lock, move, save
from suppliers.models import Supplier

# an e-mail address or link, a telephone number, a date of birth, a postcode
FINDABLE = re.compile(
    r"@|https?:|www\.|(?<![\d,.])(?:\+|00)?\d(?:[ ./-]?\d){8,}(?!\d)"
    r"|\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}\b|\b[1-9]\d{3} ?[A-Z]{2}\b"
)
FIELDS = ("form", "title", "category", "region", "hours_per_week", "starts_on", "ends_on")


class FindableError(RefusedError):
    """The profile holds something by which the person can be found."""


@transaction.atomic
def post_offer(
    supplier: Supplier, facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID
) -> Offer:
    """Put a line on the board, for 30 or 60 days (R-380, R-381).

    :raises FindableError: when the profile of a candidate says who it is.
    """
    kind = OfferKind(facts["kind"])
    offer = Offer(uuid=key, supplier=supplier, kind=kind, posted_by=by, posted_at=at)
    _fill(offer, facts)
    offer.stays_until = _last_day(kind, at)
    save(offer)
    audit.record(offer, "post_offer", by=by, at=at)
    show(offer)
    return offer


@transaction.atomic
def change_offer(
    offer: Offer,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Offer:
    """Put it right, as long as it stands on the board.

    :raises IllegalMoveError: when it left the board.
    :raises FindableError: when the profile of a candidate says who it is.
    """
    offer = lock(offer, revision=revision)
    _require_standing(offer)
    before = {name: getattr(offer, name) for name in (*FIELDS, "apply_at")}
    _fill(offer, facts)
    changed = [name for name in before if getattr(offer, name) != before[name]]
    save(offer)
    audit.record(offer, "change_offer", by=by, at=at, changed=[*changed, "text"])
    show(offer)
    return offer


@transaction.atomic
def extend_offer(offer: Offer, *, by: User, at: dt.datetime) -> None:
    """Let it stand for another 30 or 60 days; what expired comes back (R-382).

    :raises IllegalMoveError: when it was withdrawn or agreed, or its text is gone.
    """
    offer = lock(offer)
    offer.stays_until, offer.reminded_on = _last_day(OfferKind(offer.kind), at), None
    if offer.status == OfferStatus.EXPIRED and offer.sealed:
        offer.ended_on = None
        move(offer, OfferStatus.OPEN, verb="extend_offer", by=by, at=at)
        show(offer)
        return
    _require_standing(offer)
    save(offer)
    audit.record(offer, "extend_offer", by=by, at=at, changed=["stays_until"])
    show(offer)


@transaction.atomic
def withdraw_offer(offer: Offer, *, by: User, at: dt.datetime) -> None:
    """Take it from the board; who was in contact about it hears that it ended."""
    offer = lock(offer)
    offer.ended_on = timezone.localdate(at)
    move(offer, OfferStatus.WITHDRAWN, verb="withdraw_offer", by=by, at=at)
    show(offer)
    for each in offer.matches.filter(status__in=LIVING).order_by("pk"):
        match = lock(each)
        match.stepped_at = at
        move(match, MatchStatus.ENDED, verb="withdraw_offer", by=by, at=at)
        tell("end_match", match, match.partner_id, at=at)


@transaction.atomic
def expire_offers(*, at: dt.datetime) -> int:
    """Take from the board what is over, remind of what soon is, erase old profiles (R-382).

    What two suppliers talk about stays until the talk ends.
    """
    today = timezone.localdate(at)
    over = Offer.objects.filter(status=OfferStatus.OPEN, stays_until__lt=today)
    soon = Offer.objects.filter(
        status__in=STANDING, stays_until__lte=today + REMINDED, reminded_on=None
    )
    old = Offer.objects.filter(ended_on__lt=today - PROFILE_KEPT, kind=OfferKind.CANDIDATE)
    gone = list(over.order_by("pk"))
    for offer in gone:
        expire_offer(offer, at=at)
    waiting = list(soon.order_by("pk"))
    for offer in waiting:
        remind_offer(offer, at=at)
    erased = list(old.exclude(sealed=b"").order_by("pk"))
    for offer in erased:
        erase_profile(offer, at=at)
    return len(gone) + len(waiting) + len(erased)


@transaction.atomic
def expire_offer(offer: Offer, *, at: dt.datetime) -> None:
    offer = lock(offer)
    offer.ended_on = timezone.localdate(at)
    move(offer, OfferStatus.EXPIRED, verb="expire_offer", by=None, at=at)
    show(offer)
    tell("expire_offer", offer, offer.supplier_id, at=at)


@transaction.atomic
def remind_offer(offer: Offer, *, at: dt.datetime) -> None:
    offer = lock(offer)
    offer.reminded_on = timezone.localdate(at)
    save(offer)
    audit.record(offer, "remind_offer", by=None, at=at)
    tell("remind_offer", offer, offer.supplier_id, at=at)


@transaction.atomic
def erase_profile(offer: Offer, *, at: dt.datetime) -> None:
    """Forget what was written and said about a candidate; that there was an offer stays."""
    offer = lock(offer)
    offer.sealed, offer.title = b"", str(OfferKind.CANDIDATE.label)
    said = [offer.uuid, *offer.matches.values_list("uuid", flat=True)]
    Remark.objects.filter(object_uuid__in=said).delete()
    save(offer)
    audit.record(offer, "erase_profile", by=None, at=at, changed=["text", "title"])


def findable(text: str) -> bool:
    """Whether somebody can be found by what a text says."""
    return bool(FINDABLE.search(text)) or personal.contains_bsn(text)


def _fill(offer: Offer, facts: Mapping[str, Any]) -> None:
    for name in FIELDS:
        setattr(offer, name, facts[name])
    offer.text, offer.apply_at = facts["text"], facts.get("apply_at", "")
    if offer.kind == OfferKind.CANDIDATE and findable(f"{offer.title}\n{offer.text}"):
        raise FindableError(
            _(
                "This says who the person is. Leave out names, numbers, addresses and dates: "
                "write what he or she wants to do or learn."
            )
        )


def _require_standing(offer: Offer) -> None:
    if not offer.is_standing:
        raise IllegalMoveError(
            _("This can no longer be done: it now has the status “%(status)s”.")
            % {"status": offer.get_status_display()}
        )


def _last_day(kind: OfferKind, at: dt.datetime) -> dt.date:
    return timezone.localdate(at) + dt.timedelta(days=STAYS[kind])
