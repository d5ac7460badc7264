"""When the three questions are asked, and which words may be quoted (N27, R-373)."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from candidates.models import Moment, Placement, Voice
from contracts.valuation.terms import months_before
from sroi_portal.core.acting import DatabaseRole, acting_as

SIX_WEEKS = dt.timedelta(weeks=6)


@dataclass(frozen=True)
class QuotableWords:
    """Words that the person lets be quoted, without the person."""

    uuid: uuid.UUID
    question: str
    moment: str
    words: str
    permitted_at: dt.datetime


def days_of(starts_on: dt.date) -> dict[Moment, dt.date]:
    """Give the days from which the questions are ready."""
    return {
        Moment.WEEK_6: starts_on + SIX_WEEKS,
        Moment.MONTH_3: months_before(starts_on, -3),
        Moment.MONTH_12: months_before(starts_on, -12),
    }


def asked_on(placement: Placement, today: dt.date) -> Moment | None:
    """Give the moment whose questions are open: the last one that was reached during the work."""
    last = min(today, placement.ends_on or today)
    reached = [moment for moment, day in days_of(placement.starts_on).items() if day <= last]
    return reached[-1] if reached else None


def next_on(placement: Placement, today: dt.date) -> dt.date | None:
    """Give the day from which the next questions are ready, if the work still goes on then."""
    days = days_of(placement.starts_on).values()
    return next(
        (
            day
            for day in days
            if day > today and (not placement.ends_on or day <= placement.ends_on)
        ),
        None,
    )


def quotable(authority_ids: Iterable[int]) -> list[QuotableWords]:
    """Read the words that may be quoted, of contracts of these authorities, the newest first."""
    with acting_as(DatabaseRole.WORKER):
        found = Voice.objects.quotable().filter(authority_id__in=list(authority_ids))
        return [_words(voice) for voice in found.order_by("-quotable_at", "-pk")]


def may_be_quoted(voice_uuid: uuid.UUID) -> bool:
    """Ask whether the permission of these words still stands."""
    with acting_as(DatabaseRole.WORKER):
        return bool(Voice.objects.quotable().filter(uuid=voice_uuid).exists())


def _words(voice: Voice) -> QuotableWords:
    permitted_at = voice.quotable_at or voice.said_at
    return QuotableWords(voice.uuid, voice.question, voice.moment, voice.words, permitted_at)
