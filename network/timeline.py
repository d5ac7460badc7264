"""What the public timeline tells, from milestones, meetings, pilots and what was published (R-417)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from network.models import (
    GoodExample,
    Meeting,
    MeetingStatus,
    Milestone,
    MomentKind,
    Pilot,
    PilotStatus,
    PublicEdition,
    TimelineMoment,
)
from sroi_portal.core.acting import DatabaseRole, acting_as

BEGUN = (PilotStatus.RUNNING, PilotStatus.CLOSING, PilotStatus.FINISHED)
OWN = frozenset(set(MomentKind) - {MomentKind.FIGURES})  # figures come from the app of reports
TOLD = ("kind", "on", "title", "title_en", "words", "address", "is_open")


def renew() -> None:
    """Write what the network tells; as the worker, which alone writes what everybody reads."""
    with acting_as(DatabaseRole.WORKER):
        put(OWN, _gathered())


def put(kinds: Iterable[MomentKind], moments: Iterable[TimelineMoment]) -> None:
    """Make the moments of these kinds the ones that stand; one at a time does this."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('timeline', 0))")
    wanted = {moment.key: moment for moment in moments}
    there = {each.key: each for each in TimelineMoment.objects.filter(kind__in=list(kinds))}
    gone = [each.pk for key, each in there.items() if key not in wanted]
    TimelineMoment.objects.filter(pk__in=gone).delete()
    for key, moment in wanted.items():
        if key not in there:
            moment.save(force_insert=True)
        elif _facts(moment) != _facts(there[key]):
            moment.pk = there[key].pk
            moment.save(force_update=True)


def _facts(moment: TimelineMoment) -> tuple[Any, ...]:
    return tuple(getattr(moment, name) for name in TOLD)


def _gathered() -> Iterator[TimelineMoment]:
    yield from _milestones()
    yield from _meetings()
    yield from _pilots()
    yield from _publications()


def _milestones() -> Iterator[TimelineMoment]:
    for each in Milestone.objects.published():
        yield TimelineMoment(
            key=f"milestone-{each.uuid}",
            kind=MomentKind.PILOT_ENDED if each.pilot_id else MomentKind.MILESTONE,
            on=each.on,
            title=each.title,
            words=each.words,
            address=each.link,
            is_open=bool(each.link),
        )


def _meetings() -> Iterator[TimelineMoment]:
    """Tell what for and for whom; where it is and who holds it is for who signs in."""
    for each in Meeting.objects.filter(status=MeetingStatus.PLANNED, is_public=True):
        yield TimelineMoment(
            key=f"meeting-{each.uuid}",
            kind=MomentKind.MEETING,
            on=each.day,
            title=each.title,
            words=each.for_whom,
            address=each.get_absolute_url(),
        )


def _pilots() -> Iterator[TimelineMoment]:
    """Tell question and days; what came of it is told by a milestone that two advisers read."""
    told = Milestone.objects.published().filter(pilot=OuterRef("pk"))
    begun: Any = Pilot.objects.shared().filter(status__in=BEGUN)
    for each in begun.annotate(is_told=Exists(told)):
        moment = {"title": each.title, "words": each.question, "address": each.get_absolute_url()}
        first, last = MomentKind.PILOT_BEGUN, MomentKind.PILOT_ENDED
        yield TimelineMoment(key=f"begun-{each.uuid}", kind=first, on=each.starts_on, **moment)
        if each.status == PilotStatus.FINISHED and not each.is_told:
            yield TimelineMoment(key=f"ended-{each.uuid}", kind=last, on=each.ends_on, **moment)


def _publications() -> Iterator[TimelineMoment]:
    for edition in PublicEdition.objects.all():
        yield TimelineMoment(
            key=f"edition-{edition.number}",
            kind=MomentKind.EDITION,
            on=edition.released_on,
            title=edition.title,
            address=reverse("network:public-magazine"),
            is_open=True,
        )
    for example in GoodExample.objects.published().defer("search"):
        yield TimelineMoment(
            key=f"example-{example.uuid}",
            kind=MomentKind.EXAMPLE,
            on=timezone.localdate(example.published_at),
            title=example.title,
            words=example.summary,
            address=example.get_absolute_url(),
        )
