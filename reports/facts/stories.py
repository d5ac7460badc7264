"""Stories beside the numbers: published examples, and the words that people allow (R-336, ADR 0027)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from network import repeating, suggesting
from network.models import GoodExample, Quote, QuoteUse


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
    quotes: tuple[repeating.QuoteRef, ...] = ()


def fitting(*reasons: Q) -> tuple[Story, ...]:
    """Take the few examples that most reasons speak for; two queries."""
    examples = suggesting.fitting(*reasons)
    quotes = Quote.objects.allowed(QuoteUse.REPORTS).filter(example__in=examples)
    by_example: dict[int | None, list[Quote]] = {}
    for quote in quotes.order_by("published_at", "pk"):
        by_example.setdefault(quote.example_id, []).append(quote)
    return tuple(_story(each, by_example.get(each.pk, ())) for each in examples)


def told(stories: Sequence[Story]) -> list[tuple[Story, list[repeating.Said]]]:
    """Put the words that may be repeated today beside each story."""
    known = repeating.words(_quotes(stories))
    return [(story, repeating.said(story.quotes, known)) for story in stories]


def lacks_words(found: Any) -> bool:
    return repeating.lack_words(_quotes(getattr(found, "stories", ())))


def _quotes(stories: Iterable[Story]) -> list[repeating.QuoteRef]:
    return [quote for story in stories for quote in story.quotes]


def _story(example: GoodExample, quotes: Iterable[Quote]) -> Story:
    return Story(
        uuid=str(example.uuid),
        title=example.title,
        summary=example.summary,
        outcome=example.outcome,
        took="; ".join(example.took),
        helped=example.helped,
        year=example.year,
        quotes=repeating.refer(quotes),
    )
