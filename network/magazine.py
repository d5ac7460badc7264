"""What an edition of the magazine says, frozen when it is composed, and how it is printed."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation

from contracts.valuation import codec
from network import repeating
from network.models import Edition, GoodExample, Quote, QuoteUse
from sroi_portal.core import jobs, pdf
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Job
from sroi_portal.core.status import lock

STYLESHEET = "css/magazine.css"
LANGUAGE = "nl"  # of what people wrote
LAID_OUT, STORED = 90, 100  # of 100 steps of progress

type Now = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is told large, with where it comes from."""

    value: str
    label: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    summary: str
    question: str
    done: str
    outcome: str
    took: tuple[str, ...]
    helped: str
    category: str
    year: int
    ask: str
    quotes: tuple[repeating.QuoteRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """A pilot in a few lines."""

    title: str
    question: str
    outcome: str
    phase: str


@dataclass(frozen=True, slots=True)
class Content:
    number: int
    title: str
    foreword: str
    composed_on: dt.date
    figures: tuple[Figure, ...]
    articles: tuple[Article, ...]
    trials: tuple[Trial, ...]
    voices: tuple[repeating.QuoteRef, ...]  # of no example of this edition

    @property
    def quotes(self) -> list[repeating.QuoteRef]:
        return [*(each for article in self.articles for each in article.quotes), *self.voices]

    def as_json(self) -> dict[str, Any]:
        written: dict[str, Any] = codec.encode(self)
        return written


def gather(edition: Edition, *, on: dt.date) -> Content:
    """Gather what is still published and may still be repeated."""
    chosen = edition.quotes.allowed(QuoteUse.MAGAZINE).order_by("published_at", "pk")
    quotes: list[Quote] = list(chosen)
    articles = edition.articles.select_related("example__category", "example__ask_person")
    examples = [each.example for each in articles.order_by("place", "pk")]
    shown = [example for example in examples if example.is_published]
    own = {example.pk for example in shown}
    with translation.override(LANGUAGE):
        return Content(
            number=edition.number,
            title=edition.title,
            foreword=edition.foreword,
            composed_on=on,
            figures=tuple(Figure(**figure) for figure in edition.figures),
            articles=tuple(_article(example, quotes) for example in shown),
            trials=tuple(
                Trial(each.title, each.question, each.outcome, str(each.get_status_display()))
                for each in edition.pilots.shared().order_by("title", "pk")
            ),
            voices=repeating.refer(each for each in quotes if each.example_id not in own),
        )


def without_withdrawn(content: Content) -> Content:
    """Leave out the quotes that may no longer be repeated."""
    return keeping(content, repeating.words(content.quotes))


def keeping(content: Content, known: Collection[str]) -> Content:
    """Leave out every quote but these."""

    def kept(refs: Iterable[repeating.QuoteRef]) -> tuple[repeating.QuoteRef, ...]:
        return tuple(ref for ref in refs if ref.uuid in known)

    articles = tuple(replace(each, quotes=kept(each.quotes)) for each in content.articles)
    return replace(content, articles=articles, voices=kept(content.voices))


def read(edition: Edition) -> Content:
    found: Content = codec.decode(Content, edition.facts)
    return found


def context(edition: Edition, content: Content) -> dict[str, Any]:
    """Everything that the printed pages and the page on the web show."""
    known = repeating.words(content.quotes)
    with translation.override(LANGUAGE):
        return {
            "edition": edition,
            "content": content,
            "articles": [
                (f"article-{place}", article, repeating.said(article.quotes, known))
                for place, article in enumerate(content.articles, start=1)
            ],
            "voices": repeating.said(content.voices, known),
        }


def as_html(edition: Edition, content: Content | None = None) -> str:
    with translation.override(LANGUAGE):
        shown = context(edition, content or read(edition))
        return render_to_string("network/edition_print.html", shown)


def print_edition(edition_uuid: str, job: Job, *, now: Now) -> None:
    """Print and store; printed again it replaces what was there."""
    with acting_as(DatabaseRole.WORKER):
        edition = Edition.objects.get(uuid=UUID(edition_uuid))
    if edition.facts is None:  # composed no longer
        return
    guess = 4 + 2 * len(edition.facts["articles"])

    def hear(page: int) -> None:
        with acting_as(DatabaseRole.WORKER):
            jobs.progress(job, min(LAID_OUT * page // guess, LAID_OUT), STORED, at=now())

    made = pdf.render(as_html(edition), stylesheet=STYLESHEET, on_page=hear)
    name = f"editions/{edition.uuid}-{job.uuid}.pdf"
    with acting_as(DatabaseRole.WORKER):
        edition = lock(edition)
        if edition.facts is not None:
            default_storage.delete(name)
            edition.pdf.name = default_storage.save(name, ContentFile(made))
            edition.save(update_fields=["pdf"])
        jobs.progress(job, STORED, STORED, at=now())


def _article(example: GoodExample, quotes: list[Quote]) -> Article:
    return Article(
        title=example.title,
        summary=example.summary,
        question=example.question,
        done=example.done,
        outcome=example.outcome,
        took=tuple(example.took),
        helped=example.helped,
        category=str(example.category or ""),
        year=example.year,
        ask=example.ask_person.email if example.ask_person else example.ask_mailbox,
        quotes=repeating.refer(each for each in quotes if each.example_id == example.pk),
    )
