"""What happens to a pilot, its partners, and the tenders and contracts it runs on."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Contract, Tender
from network import timeline
from network.actions import telling
from network.models import ENDED, Pilot, PilotPartner, PilotPlace, PilotStatus
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save


class PilotEndedError(RefusedError):
    """Nothing is added to a pilot that has ended."""


class ReasonNeededError(RefusedError):
    """Who stops a pilot says why."""


@transaction.atomic
def propose_pilot(
    facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Pilot:
    pilot = Pilot(uuid=key or uuid.uuid4(), proposed_by=by, **facts)
    save(pilot)
    audit.record(pilot, "propose_pilot", by=by, at=at, moved=("", pilot.status))
    return pilot


@transaction.atomic
def change_pilot(
    pilot: Pilot,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Pilot:
    """Change what is known of it; the same facts once more change nothing.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    """
    pilot = lock(pilot, revision=revision)
    changed = [name for name, value in facts.items() if getattr(pilot, name) != value]
    if changed:
        for name in changed:
            setattr(pilot, name, facts[name])
        save(pilot)
        audit.record(pilot, "change_pilot", by=by, at=at, changed=changed)
    return pilot


@transaction.atomic
def move_pilot(
    pilot: Pilot,
    to: str,
    *,
    by: User,
    at: dt.datetime,
    remark: str = "",
    revision: int | None = None,
    **days: dt.date,
) -> Pilot:
    """Go to another phase; the first step shares it, and who stops it says why (R-320, R-321).

    Its days may be named with the step: a pilot that runs has a first and a last one.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises IllegalMoveError: when this phase does not follow.
    :raises ReasonNeededError: when it is stopped without a word.
    :raises ValidationError: when the phase asks for days or an outcome that are not there.
    """
    pilot = lock(pilot, revision=revision)
    if to == PilotStatus.STOPPED:
        if not remark:
            raise ReasonNeededError(_("Write down why the pilot stops."))
        _end_today(pilot, timezone.localdate(at))
    elif pilot.shared_at is None:
        pilot.shared_at = at
    for name, day in days.items():
        setattr(pilot, name, day)
    move(pilot, to, verb="move_pilot", by=by, at=at, remark=remark)
    if pilot.shared_at:
        telling.inform("pilot_moved", pilot, telling.partners_of(pilot), by=by, at=at)
    timeline.renew()
    return pilot


@transaction.atomic
def add_partner(
    pilot: Pilot,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> PilotPartner:
    """Write down who takes part, and what it does.

    :raises PilotEndedError: when the pilot has ended.
    """
    pilot = _going_on(pilot)
    partner = PilotPartner(uuid=key or uuid.uuid4(), pilot=pilot, **facts)
    save(partner)
    audit.record(pilot, "add_partner", by=by, at=at)
    return partner


@transaction.atomic
def remove_partner(partner: PilotPartner, *, by: User, at: dt.datetime) -> None:
    """Take back that it takes part.

    :raises PilotEndedError: when the pilot has ended.
    """
    pilot = _going_on(partner.pilot)
    partner.delete()
    audit.record(pilot, "remove_partner", by=by, at=at)


@transaction.atomic
def add_place(pilot: Pilot, place: Contract | Tender, *, by: User, at: dt.datetime) -> PilotPlace:
    """Let it run on a tender or a contract; twice is once.

    :raises PilotEndedError: when the pilot has ended.
    """
    pilot = _going_on(pilot)
    where = {"contract": place} if isinstance(place, Contract) else {"tender": place}
    made = PilotPlace.objects.filter(pilot=pilot, **where).first()
    if made is None:
        made = PilotPlace(pilot=pilot, **where)
        save(made)
        audit.record(pilot, "add_place", by=by, at=at)
    return made


@transaction.atomic
def remove_place(place: PilotPlace, *, by: User, at: dt.datetime) -> None:
    """Take back that it runs there: what was done there counts no longer.

    :raises PilotEndedError: when the pilot has ended.
    """
    pilot = _going_on(place.pilot)
    place.delete()
    audit.record(pilot, "remove_place", by=by, at=at)


def _going_on(pilot: Pilot) -> Pilot:
    pilot = lock(pilot)
    if pilot.status in ENDED:
        raise PilotEndedError(_("This pilot has ended: its partners and places stay as they are."))
    return pilot


def _end_today(pilot: Pilot, today: dt.date) -> None:
    """End it today, when it had begun and was to last longer."""
    if pilot.starts_on and pilot.starts_on <= today and pilot.ends_on and pilot.ends_on > today:
        pilot.ends_on = today
