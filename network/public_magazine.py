"""The copy of an edition that anybody may download: only with words that may stand there (R-418)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from network import magazine, repeating, timeline
from network.models import Edition, PublicEdition, Quote, QuoteUse
from sroi_portal.core import jobs, leftovers, pdf
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Job, User
from sroi_portal.core.status import lock

PRINTING = "network.tasks.print_public_edition"


class PermissionGoneError(Exception):
    """Somebody took a permission back while the copy was printed: it is printed again."""


def queue(edition: Edition, *, by: User | None, at: dt.datetime) -> None:
    jobs.queue(PRINTING, str(edition.uuid), by=by, at=at, total=magazine.STORED)


def take_away(edition: Edition) -> None:
    """Nobody can download it from this moment on."""
    with acting_as(DatabaseRole.WORKER):
        for copy in PublicEdition.objects.filter(edition=edition):
            _delete_on_commit(copy)
            copy.delete()
    timeline.renew()


def with_words_of(quote: Quote) -> list[Edition]:
    """Find the editions of which everybody can download a copy with these words."""
    with acting_as(DatabaseRole.WORKER):
        copies = PublicEdition.objects.filter(quotes__contains=[quote.uuid])
        return [copy.edition for copy in copies.select_related("edition")]


def for_everybody(content: magazine.Content) -> magazine.Content:
    """Leave out what may not be everywhere: words without that permission, addresses of people."""
    with acting_as(DatabaseRole.WORKER):
        allowed = set(_allowed(content.quotes).values_list("uuid", flat=True))
        asked = [article.ask for article in content.articles]
        people = set(User.objects.filter(email__in=asked).values_list("email", flat=True))
    kept = magazine.keeping(content, {str(each) for each in allowed})
    articles = tuple(
        replace(each, ask="") if each.ask in people else each for each in kept.articles
    )
    return replace(kept, articles=articles)


def print_copy(edition_uuid: str, job: Job, *, now: magazine.Now) -> None:
    """Print and put it where everybody finds it, unless it was taken back meanwhile."""
    with acting_as(DatabaseRole.WORKER):
        edition = Edition.objects.get(uuid=UUID(edition_uuid))
    if edition.facts is None or edition.released_at is None:
        return
    content = for_everybody(magazine.read(edition))
    made = pdf.render(magazine.as_html(edition, content), stylesheet=magazine.STYLESHEET)
    with acting_as(DatabaseRole.WORKER):
        _put(edition, content, made, name=f"editions/{edition.uuid}-{job.uuid}-public.pdf")
        jobs.progress(job, magazine.STORED, magazine.STORED, at=now())
        timeline.renew()


def _put(edition: Edition, content: magazine.Content, made: bytes, *, name: str) -> None:
    """Store it, with the quotes locked: whoever withdraws one waits, and then takes it away.

    :raises PermissionGoneError: when one was withdrawn since it was gathered.
    """
    edition = lock(edition)
    if edition.released_at is None:
        return
    standing = _allowed(content.quotes).select_for_update()
    if len(standing) < len({ref.uuid for ref in content.quotes}):
        raise PermissionGoneError
    before = PublicEdition.objects.filter(edition=edition).first()
    if before:
        _delete_on_commit(before)
        before.delete()
    stored = default_storage.save(name, ContentFile(made))
    leftovers.remove_unless_committed(default_storage, stored)
    PublicEdition.objects.create(
        edition=edition,
        number=edition.number,
        title=edition.title,
        released_on=timezone.localdate(edition.released_at),
        pdf=stored,
        size=len(made),
        quotes=[UUID(ref.uuid) for ref in content.quotes],
    )


def _allowed(refs: Iterable[repeating.QuoteRef]) -> QuerySet[Quote]:
    uuids = [ref.uuid for ref in refs]
    found: QuerySet[Quote] = Quote.objects.allowed(QuoteUse.PUBLIC).filter(uuid__in=uuids)
    return found.order_by("pk")


def _delete_on_commit(copy: PublicEdition) -> None:
    name = str(copy.pdf)
    transaction.on_commit(lambda: default_storage.delete(name))
