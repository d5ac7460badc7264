"""Sentences of a notice about social return: quoted to the officer, never filled in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from contracts.notices.records import Lot, Notice
from contracts.notices.terms import LABELS

KEYWORD = re.compile(
    r"\b(?:social[\s-]+return|sroi|sociaal rendement|afstand tot de arbeidsmarkt)\b", re.IGNORECASE
)
PERCENTAGE = re.compile(r"\b\d{1,3}(?:[.,]\d{1,2})?\s?(?:%|procent\b)")
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=\W?[A-Z0-9])")
NEAR = 160
LONGEST = 600


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A quotation, where it stands, and the percentages near its keyword as they are written."""

    term: str
    place: str
    text: str
    percentages: tuple[str, ...]

    @property
    def label(self) -> Promise:
        return LABELS[self.term]


@dataclass(frozen=True, slots=True)
class Source:
    term: str
    place: str
    text: str


def social_return_sentences(notice: Notice) -> tuple[Sentence, ...]:
    found = (sentence for source in sources(notice) for sentence in quoted(source))
    return tuple(dict.fromkeys(found))


def sources(notice: Notice) -> Iterator[Source]:
    """BT-24 of the procedure, and what each lot and part says."""
    if notice.description:
        yield Source("BT-24", "", notice.description)
    for lot in (*notice.lots, *notice.parts):
        yield from lot_sources(lot)


def lot_sources(lot: Lot) -> Iterator[Source]:
    texts: Iterable[tuple[str, tuple[str, ...]]] = (
        ("BT-24", (lot.description or "",)),
        ("BT-70", lot.performance_terms),
        ("BT-539", lot.criteria),
        ("BT-777", lot.strategic_descriptions),
    )
    return (Source(term, lot.id, text) for term, those in texts for text in those if text)


def quoted(source: Source) -> Iterator[Sentence]:
    start = 0
    for end in [*(match.end() for match in SENTENCE_END.finditer(source.text)), len(source.text)]:
        if keyword := KEYWORD.search(source.text, start, end):
            yield Sentence(
                term=source.term,
                place=source.place,
                text=shortened(source.text[start:end].strip(), keyword.start() - start),
                percentages=percentages_near(source.text, keyword),
            )
        start = end


def percentages_near(text: str, keyword: re.Match[str]) -> tuple[str, ...]:
    """In the words around the keyword, the next sentence included."""
    around = text[max(0, keyword.start() - NEAR) : keyword.end() + NEAR]
    return tuple(dict.fromkeys(PERCENTAGE.findall(around)))


def shortened(sentence: str, keyword_at: int) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    start = max(0, keyword_at - LONGEST // 2)
    return f"… {sentence[start : start + LONGEST].strip()} …"
