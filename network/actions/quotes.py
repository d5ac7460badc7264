"""What happens to words that may be repeated: recorded, published, gone (R-333, R-334)."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates import voices
from network import public_magazine
from network.models import (
    ON_PAGE,
    GivenHow,
    Permission,
    Quote,
    QuoteRole,
    QuoteStatus,
    QuoteUse,
)
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save


class NoPermissionError(RefusedError):
    """Nobody allowed these words to be repeated, or nowhere."""


@transaction.atomic
def record_quote(
    facts: Mapping[str, Any],
    permission: Permission,
    *,
    by: User | None,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> Quote:
    """Write down what somebody said and where it may stand; by nobody: on the candidate's page.

    `facts` has the role, the text, and the example or contract that it is about.

    :raises NoPermissionError: when it may stand nowhere, or was allowed on a day to come.
    """
    if not permission.uses:
        raise NoPermissionError(_("Say where the words may stand: at least one place."))
    if permission.given_on > timezone.localdate(at):
        raise NoPermissionError(_("The day of the permission lies in the future."))
    quote = Quote(
        uuid=key or uuid.uuid4(),
        given_on=permission.given_on,
        given_how=permission.how,
        uses=[use.value for use in permission.uses],
        recorded_by=by,
        recorded_at=at,
        **facts,
    )
    save(quote)
    audit.record(quote, "record_quote", by=by, at=at, moved=("", quote.status))
    return quote


@transaction.atomic
def choose_words(
    words: voices.QuotableWords,
    about: Mapping[str, Any],
    uses: Iterable[QuoteUse],
    *,
    by: User,
    at: dt.datetime,
) -> Quote:
    """Make a quote of what a person permits on the own page, word for word (R-424).

    Another adviser reads it before it is published: that nobody can be recognised (R-457).

    :raises NoPermissionError: when it was withdrawn meanwhile, or nowhere is chosen.
    """
    if words.key not in voices.permitted():
        raise NoPermissionError(_("The person withdrew the permission. These words are gone."))
    facts = {
        "role": QuoteRole.CANDIDATE,
        "text": words.words,
        "permission_key": words.key,
        **about,
    }
    given_on = timezone.localdate(words.permitted_at)
    allowed = tuple(use for use in uses if use in ON_PAGE)  # nobody was asked about the internet
    permission = Permission(given_on=given_on, how=GivenHow.PAGE, uses=allowed)
    quote = record_quote(facts, permission, by=by, at=at)
    audit.record(quote, "choose_words", by=by, at=at)
    return quote


@transaction.atomic
def withdraw_unpermitted(*, at: dt.datetime) -> int:
    """Withdraw every quote of which the permission on the own page no longer stands (R-424)."""
    standing = Quote.objects.exclude(status=QuoteStatus.WITHDRAWN).exclude(permission_key=None)
    chosen = list(standing.order_by("pk"))
    permitted = voices.permitted() if chosen else set()
    gone = [quote for quote in chosen if quote.permission_key not in permitted]
    for quote in gone:
        withdraw_quote(quote, by=None, at=at)
    return len(gone)


@transaction.atomic
def publish_quote(quote: Quote, *, by: User, at: dt.datetime, revision: int | None = None) -> None:
    """Let it be read where the permission says.

    :raises ValidationError: of what one recorded oneself.
    """
    quote = lock(quote, revision=revision)
    quote.published_by, quote.published_at = by, at
    move(quote, QuoteStatus.PUBLISHED, verb="publish_quote", by=by, at=at)


@transaction.atomic
def withdraw_quote(
    quote: Quote, *, by: User | None, at: dt.datetime, revision: int | None = None
) -> None:
    """Note that the permission is withdrawn: the words are destroyed and stand nowhere any more."""
    quote = lock(quote, revision=revision)
    quote.withdrawn_on, quote.sealed = timezone.localdate(at), b""
    move(quote, QuoteStatus.WITHDRAWN, verb="withdraw_quote", by=by, at=at)
    for edition in public_magazine.with_words_of(quote):
        public_magazine.take_away(edition)
        public_magazine.queue(edition, by=by, at=at)
