"""Stories beside the numbers: published examples, and the words that people allow (R-336, ADR 0027)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from network import suggesting
from network.models import GoodExample, Quote, QuoteRole, QuoteStatus, QuoteUse
from sroi_portal.core.acting import DatabaseRole, acting_as


@dataclass(frozen=True, slots=True)
class StoryQuote:
    """Who says something, and which quote it is: the words themselves are never frozen."""

    uuid: str
    role: str


@dataclass(frozen=True, slots=True)
class Story:
    """An example as it read when the report was issued."""

    uuid: str
    title: str
    summary: str
    outcome: str
    took: str
    helped: str
    year: int
    quotes: tuple[StoryQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A quote of a story as it may be shown now."""

    role: str
    text: str  # empty when the permission was withdrawn


def fitting(*reasons: Q) -> tuple[Story, ...]:
    """Take the few examples that most reasons speak for; two queries."""
    examples = suggesting.fitting(*reasons)
    quotes = Quote.objects.allowed(QuoteUse.REPORTS).filter(example__in=examples)
    by_example: dict[int | None, list[StoryQuote]] = {}
    for quote in quotes.order_by("published_at", "pk"):
        said = StoryQuote(str(quote.uuid), quote.role)
        by_example.setdefault(quote.example_id, []).append(said)
    return tuple(_story(each, by_example.get(each.pk, ())) for each in examples)


def told(stories: Sequence[Story]) -> list[tuple[Story, list[Said]]]:
    """Put the words that may be repeated today beside each story."""
    words = _words(quote.uuid for story in stories for quote in story.quotes)
    return [
        (
            story,
            [
                Said(str(QuoteRole(quote.role).label), words.get(quote.uuid, ""))
                for quote in story.quotes
            ],
        )
        for story in stories
    ]


def lacks_words(found: Any) -> bool:
    """Tell whether a permission was withdrawn since: then no file of the report is given out."""
    stories: Sequence[Story] = getattr(found, "stories", ())
    asked = {quote.uuid for story in stories for quote in story.quotes}
    return len(_words(asked)) < len(asked)


def _words(asked: Iterable[str]) -> dict[str, str]:
    """Read as the worker: a printer has no person, and each of these was published."""
    uuids = list(asked)
    if not uuids:
        return {}
    with acting_as(DatabaseRole.WORKER):
        found = Quote.objects.filter(uuid__in=uuids, status=QuoteStatus.PUBLISHED)
        return {str(quote.uuid): quote.text for quote in found.order_by("pk")}


def _story(example: GoodExample, quotes: Iterable[StoryQuote]) -> Story:
    took = (example.took_time, example.took_money, example.took_people)
    return Story(
        uuid=str(example.uuid),
        title=example.title,
        summary=example.summary,
        outcome=example.outcome,
        took="; ".join(each for each in took if each),
        helped=example.helped,
        year=example.year,
        quotes=tuple(quotes),
    )
