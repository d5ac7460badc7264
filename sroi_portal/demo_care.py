"""What is announced to be removed in the demo, and words of a person that became a quote."""

import datetime as dt

from candidates import actions as candidate_actions
from candidates import voices
from network import actions
from network.models import GoodExample, QuoteUse
from sroi_portal.core.models import RoleName, User

CHOSEN = 2


def load(adviser: User, other: User, *, now: dt.datetime) -> None:
    """Announce as every night, and choose some of the words that people permit; another reads them."""
    candidate_actions.announce_removals(by=None, at=now - dt.timedelta(days=3))
    permitted = voices.quotable(adviser.authorities_with(RoleName.ADVISER))
    examples = GoodExample.objects.published().order_by("pk")[:CHOSEN]
    for words, example in zip(permitted, examples, strict=False):
        uses = (QuoteUse.PORTAL, QuoteUse.MAGAZINE)
        quote = actions.choose_words(words, {"example": example}, uses, by=adviser, at=now)
        actions.publish_quote(quote, by=other, at=now)
