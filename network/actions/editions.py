"""What happens to an edition of the magazine: made, composed, published (R-338, R-339)."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network import magazine, public_magazine, repeating
from network.models import Edition, EditionArticle, EditionStatus, GoodExample
from sroi_portal.core import audit, jobs
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save

PRINTING = "network.tasks.print_edition"
TOGETHER = ("examples", "quotes", "pilots")  # what an edition is composed of


class EditionStandsError(RefusedError):
    """The edition cannot be changed, composed or published as it stands."""


@transaction.atomic
def draft_edition(
    facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Edition:
    edition = Edition(uuid=key or uuid.uuid4())
    _write(edition, facts)
    save(edition)
    _put_together(edition, facts)
    audit.record(edition, "draft_edition", by=by, at=at, moved=("", edition.status))
    return edition


@transaction.atomic
def change_edition(
    edition: Edition,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> None:
    """Change what it says, as long as it is being made.

    :raises EditionStandsError: when it is composed.
    """
    edition = lock(edition, revision=revision)
    if edition.status != EditionStatus.DRAFT:
        raise EditionStandsError(_("This edition is composed. Open it again to change it."))
    _write(edition, facts)
    save(edition)
    _put_together(edition, facts)
    audit.record(edition, "change_edition", by=by, at=at, changed=facts)


@transaction.atomic
def compose_edition(
    edition: Edition, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Freeze what it says, and print it.

    :raises EditionStandsError: without an article.
    """
    edition = lock(edition, revision=revision)
    content = magazine.gather(edition, on=timezone.localdate(at))
    if not content.articles:
        raise EditionStandsError(_("Choose at least one published example first."))
    edition.facts = content.as_json()
    edition.composed_by, edition.composed_at = by, at
    edition.job_uuid = _queue(edition, by=by, at=at)
    move(edition, EditionStatus.COMPOSED, verb="compose_edition", by=by, at=at)


@transaction.atomic
def reopen_edition(edition: Edition, *, by: User, at: dt.datetime) -> None:
    """Go on making it; what was printed is thrown away."""
    edition = lock(edition)
    edition.facts = edition.composed_by = edition.composed_at = edition.job_uuid = None
    edition.pdf = ""
    move(edition, EditionStatus.DRAFT, verb="reopen_edition", by=by, at=at)


@transaction.atomic
def reprint_edition(edition: Edition, *, by: User, at: dt.datetime) -> None:
    """Print it anew, without the words of whom withdrew the permission.

    :raises EditionStandsError: when it is not composed.
    """
    edition = lock(edition)
    if edition.facts is None:
        raise EditionStandsError(_("Compose the edition first."))
    content = magazine.read(edition)
    edition.facts = magazine.without_withdrawn(content).as_json()
    edition.job_uuid = _queue(edition, by=by, at=at)
    save(edition)
    audit.record(edition, "reprint_edition", by=by, at=at)


@transaction.atomic
def publish_edition(
    edition: Edition, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Let everybody in the network read it.

    :raises EditionStandsError: when somebody in it withdrew the permission.
    :raises ValidationError: of what one composed oneself, or before it is printed.
    """
    edition = lock(edition, revision=revision)
    if edition.facts and repeating.lack_words(magazine.read(edition).quotes):
        raise EditionStandsError(
            _("A permission to quote was withdrawn meanwhile. Print the edition anew first.")
        )
    edition.published_by, edition.published_at = by, at
    move(edition, EditionStatus.PUBLISHED, verb="publish_edition", by=by, at=at)


@transaction.atomic
def release_edition(
    edition: Edition, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Let anybody download a copy, with only the words that may stand there (R-418).

    :raises ValidationError: when it is not published.
    """
    edition = lock(edition, revision=revision)
    edition.released_by, edition.released_at = by, at
    save(edition)
    audit.record(edition, "release_edition", by=by, at=at)
    public_magazine.queue(edition, by=by, at=at)


@transaction.atomic
def take_back_edition(
    edition: Edition, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Let only who signs in read it; what was downloaded cannot be called back."""
    edition = lock(edition, revision=revision)
    edition.released_by = edition.released_at = None
    save(edition)
    audit.record(edition, "take_back_edition", by=by, at=at)
    public_magazine.take_away(edition)


def _write(edition: Edition, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if name not in TOGETHER:
            setattr(edition, name, value)


def _put_together(edition: Edition, facts: Mapping[str, Any]) -> None:
    """Put the examples in their order, and the rest beside them."""
    examples: Sequence[GoodExample] = facts.get("examples", ())
    edition.articles.all().delete()
    EditionArticle.objects.bulk_create(
        EditionArticle(edition=edition, example=example, place=place)
        for place, example in enumerate(examples, start=1)
    )
    edition.quotes.set(facts.get("quotes", ()))
    edition.pilots.set(facts.get("pilots", ()))


def _queue(edition: Edition, *, by: User, at: dt.datetime) -> uuid.UUID:
    return jobs.queue(PRINTING, str(edition.uuid), by=by, at=at, total=100).uuid
