"""Mail: a row in the transaction that causes it, sent by a worker, without personal data."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from sroi_portal.core import jobs
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import (
    Absence,
    NoticeChoice,
    NoticeKind,
    NoticeWay,
    Outgoing,
    Recorded,
    User,
    WaitingNotice,
)

LEASE = dt.timedelta(minutes=2)
ATTEMPTS = 8
logger = logging.getLogger(__name__)


def send(
    template: str,
    *,
    to: Iterable[User],
    at: dt.datetime,
    context: Mapping[str, object],
    notice: NoticeKind | None = None,
    about: Recorded | None = None,
) -> None:
    """Write a mail to each person, in his or her language; the first line is the subject.

    What is about a contract goes to who stands in as well (R-250). With a kind of notice it
    respects what the person chose (R-245); without one it is always mailed at once. `about` is
    the object whose moving on makes the weekly line superfluous.
    """
    asked = list(to)
    authority_id = getattr(context.get("contract"), "authority_id", None)
    deputies = _deputies(asked, authority_id, timezone.localdate(at))
    people = [person for person in (*asked, *deputies) if person.is_active]
    ways = _ways(people, notice)
    for person in people:
        way = ways.get(person.pk, NoticeWay.AT_ONCE)
        if way == NoticeWay.AT_ONCE:
            write(template, person.email, language=person.language, at=at, context=context)
        elif way == NoticeWay.WEEKLY and notice and notice != NoticeKind.REMINDER:
            subject, _body = _rendered(template, person.language, context)
            _keep(person, notice, subject, about=about, at=at)


def _ways(people: list[User], notice: NoticeKind | None) -> dict[int, str]:
    if notice is None:
        return {}
    chosen = NoticeChoice.objects.filter(kind=notice, user__in=people)
    return dict(chosen.values_list("user_id", "way"))


def _keep(
    person: User, notice: NoticeKind, subject: str, *, about: Recorded | None, at: dt.datetime
) -> None:
    """Leave a line for the weekly mail, which finds reminders anew by itself."""
    path: Callable[[], str] | None = getattr(about, "get_absolute_url", None)
    WaitingNotice.objects.create(
        user=person,
        kind=notice,
        subject=subject,
        path=path() if path else "",
        object_kind=about._meta.label_lower if about else "",
        object_uuid=about.uuid if about else None,
        status=getattr(about, "status", ""),
        written_at=at,
    )


def _rendered(template: str, language: str, context: Mapping[str, object]) -> tuple[str, str]:
    with translation.override(language):
        text = render_to_string(template, {**context, "site_url": settings.SITE_URL})
    subject, _newline, body = text.strip().partition("\n")
    return subject.strip()[:200], body.strip() + "\n"


def _deputies(people: list[User], authority_id: int | None, day: dt.date) -> list[User]:
    """Find who stands in for one of these people, at the authority that the mail is about."""
    if authority_id is None:
        return []
    away = Absence.objects.on(day).filter(
        authority=authority_id, user__in=[person.pk for person in people]
    )
    theirs = User.objects.filter(stands_in_for__in=away).distinct().order_by("pk")
    return list(theirs.exclude(pk__in=[person.pk for person in people]))


def write(
    template: str,
    address: str,
    *,
    language: str,
    at: dt.datetime,
    context: Mapping[str, object],
) -> None:
    subject, body = _rendered(template, language, context)
    Outgoing.objects.create(to_address=address, subject=subject, body=body, written_at=at)
    jobs.hint("sroi_portal.core.tasks.send_mail")


def send_waiting(*, at: dt.datetime) -> int:
    """Send what waits, each row leased first so that two workers send it once."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
    with acting_as(DatabaseRole.WORKER):
        waiting = list(
            Outgoing.objects.filter(free, sent_at__isnull=True, attempts__lt=ATTEMPTS)[:200]
        )
    return sum(_send_one(mail, at=at) for mail in waiting)


def _send_one(mail: Outgoing, *, at: dt.datetime) -> bool:
    with acting_as(DatabaseRole.WORKER):
        mine = Outgoing.objects.filter(
            Q(leased_until__isnull=True) | Q(leased_until__lt=at), pk=mail.pk, sent_at__isnull=True
        ).update(leased_until=at + LEASE, attempts=F("attempts") + 1)
    if not mine:
        return False
    try:
        send_mail(mail.subject, mail.body, None, [mail.to_address])
        outcome: dict[str, object] = {"sent_at": at, "error": "", "leased_until": None}
    except OSError as reason:
        logger.warning("mail %s not sent: %s", mail.pk, reason)
        outcome = {"error": str(reason)[:500]}
    with acting_as(DatabaseRole.WORKER):
        Outgoing.objects.filter(pk=mail.pk).update(**outcome)
    return "sent_at" in outcome
