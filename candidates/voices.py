"""When the three questions are asked, and which words may be quoted (N27, R-373)."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from candidates.models import Moment, Placement, Voice, VoiceQuestion
from contracts.valuation.terms import months_before
from sroi_portal.core.acting import DatabaseRole, acting_as

SIX_WEEKS = dt.timedelta(weeks=6)


@dataclass(frozen=True)
class QuotableWords:
    """Words that the person lets be quoted, without the person."""

    key: uuid.UUID  # of this permission: given again after it was withdrawn, it is another
    question: str
    moment: str
    words: str
    permitted_at: dt.datetime

    @property
    def question_label(self) -> str:
        return str(VoiceQuestion(self.question).label)

    @property
    def moment_label(self) -> str:
        return str(Moment(self.moment).label)


def days_of(starts_on: dt.date) -> dict[Moment, dt.date]:
    """Give the days from which the questions are ready."""
    return {
        Moment.WEEK_6: starts_on + SIX_WEEKS,
        Moment.MONTH_3: months_before(starts_on, -3),
        Moment.MONTH_12: months_before(starts_on, -12),
    }


def asked_on(placement: Placement, today: dt.date) -> Moment | None:
    """Give the moment whose questions are open: the last one reached, until the work is over."""
    if placement.ends_on and placement.ends_on < today:
        return None
    reached = [moment for moment, day in days_of(placement.starts_on).items() if day <= today]
    return reached[-1] if reached else None


def to_come(placement: Placement, today: dt.date) -> dict[Moment, dt.date]:
    """Give the days from which later questions are ready, as far as the work then goes on."""
    last = placement.ends_on or dt.date.max
    days = days_of(placement.starts_on)
    return {moment: day for moment, day in days.items() if today < day <= last}


def next_on(placement: Placement, today: dt.date) -> dt.date | None:
    return next(iter(to_come(placement, today).values()), None)


def quotable(authority_ids: Iterable[int]) -> list[QuotableWords]:
    """Read the words that may be quoted, of contracts of these authorities, the newest first."""
    with acting_as(DatabaseRole.WORKER):
        found = Voice.objects.quotable().filter(authority_id__in=list(authority_ids))
        return [_words(voice) for voice in found.order_by("-quotable_at", "-pk")]


def permitted() -> set[uuid.UUID]:
    """Name every permission that stands now."""
    with acting_as(DatabaseRole.WORKER):
        given = Voice.objects.quotable().values_list("uuid", "quotable_at")
        return {_key(voice, at) for voice, at in given if at}


def _words(voice: Voice) -> QuotableWords:
    permitted_at = voice.quotable_at or voice.said_at
    key = _key(voice.uuid, permitted_at)
    return QuotableWords(key, voice.question, voice.moment, voice.words, permitted_at)


def _key(voice: uuid.UUID, permitted_at: dt.datetime) -> uuid.UUID:
    return uuid.uuid5(voice, permitted_at.astimezone(dt.UTC).isoformat())
