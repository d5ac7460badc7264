"""A letter gives a person a link of their own; the person alone knows its code (N26, R-370)."""

import datetime as dt
import re
import secrets
import uuid
from enum import Enum, auto

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import (
    PersonalCode,
    PersonalLink,
    PersonalLinkStatus,
    Placement,
    PlacementStatus,
    hashed,
)
from contracts.valuation.terms import months_before
from sroi_portal.core import audit, terms, throttle
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save

VALID_MONTHS = 14  # from the first working day: the questions of month 12, and time to answer
AT_LEAST = dt.timedelta(days=90)
SHORTEST_CODE = 6
SAME = re.compile(r"(.)\1*")


class LetterNotPossibleError(RefusedError):
    """The placement was withdrawn."""


class CodeRefusedError(RefusedError):
    """The code is too easy, or one was chosen before."""


class Opening(Enum):
    """What came of a code that was typed."""

    RIGHT = auto()
    WRONG = auto()
    TOO_OFTEN = auto()


@transaction.atomic
def make_personal_link(
    placement: Placement, *, by: User, at: dt.datetime, key: uuid.UUID
) -> tuple[PersonalLink, str]:
    """Begin anew: an earlier letter and its code are dead at once (R-370).

    The same form sent twice prints the same letter, of which the newest print works.

    :raises LetterNotPossibleError: when the placement was withdrawn.
    """
    placement = lock(placement)
    if placement.status == PlacementStatus.WITHDRAWN:
        raise LetterNotPossibleError(_("This placement was withdrawn: there is nothing to tell."))
    token = secrets.token_urlsafe(32)
    standing = PersonalLink.objects.standing().filter(candidate=placement.candidate_id).first()
    if standing is not None:
        standing = lock(standing)
        if standing.uuid == key and not _is_used(standing):
            standing.token_hash = hashed(token)
            save(standing)
            return standing, token
        key = uuid.uuid4() if standing.uuid == key else key
        move(standing, PersonalLinkStatus.REPLACED, verb="make_personal_link", by=by, at=at)
    link = PersonalLink(
        uuid=key,
        supplier_id=placement.supplier_id,
        candidate_id=placement.candidate_id,
        placement=placement,
        token_hash=hashed(token),
        made_by=by,
        made_at=at,
        expires_at=_works_until(placement, at),
    )
    save(link)
    audit.record(link, "make_personal_link", by=by, at=at)
    return link, token


@transaction.atomic
def revoke_personal_link(link: PersonalLink, *, by: User, at: dt.datetime) -> None:
    """Let a letter work no longer, because it was lost or given to somebody else."""
    link = lock(link)
    move(link, PersonalLinkStatus.REVOKED, verb="revoke_personal_link", by=by, at=at)


@transaction.atomic
def choose_code(link: PersonalLink, code: str, *, at: dt.datetime) -> PersonalCode:
    """Keep the hash of the code that the person chose at first use; nobody changes it.

    :raises CodeRefusedError: when the code is too easy, or one was chosen before.
    """
    link = lock(link)
    if PersonalCode.objects.filter(link=link).exists():
        raise CodeRefusedError(_("A code was chosen before."))
    if len(code) < SHORTEST_CODE or SAME.fullmatch(code):
        raise CodeRefusedError(_("Choose at least 6 letters or digits, not always the same."))
    made = PersonalCode.objects.create(link=link, code_hash=make_password(code), chosen_at=at)
    audit.record(link, "choose_code", by=None, at=at)
    return made


def try_code(link: PersonalLink, code: str, *, address: str, at: dt.datetime) -> Opening:
    """Compare a typed code; who is wrong waits longer each time, as with signing in (R-371)."""
    trying = throttle.attempt(f"link {link.uuid}", address)
    if throttle.wait(trying, at=at):
        return Opening.TOO_OFTEN
    kept = PersonalCode.objects.filter(link=link).first()
    if kept is not None and check_password(code, kept.code_hash):
        throttle.forget(trying)
        return Opening.RIGHT
    throttle.count(trying, at=at)
    return Opening.WRONG


def _is_used(link: PersonalLink) -> bool:
    """Whether a code was chosen; read as the worker, for nobody else can."""
    with acting_as(DatabaseRole.WORKER):
        return PersonalCode.objects.filter(link=link).exists()


def _works_until(placement: Placement, at: dt.datetime) -> dt.datetime:
    last = months_before(placement.starts_on, -VALID_MONTHS)
    return terms.ended_at(max(last, timezone.localdate(at) + AT_LEAST))
