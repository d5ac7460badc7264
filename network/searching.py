"""Full text search in Dutch: one home for everything of the network that is looked for (R-332)."""

import re
from typing import Any

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVector,
    SearchVectorField,
)
from django.db import models
from django.db.models import F, QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

CONFIG = "dutch"
BEGINS, ENDS = "\ue000", "\ue001"  # of what was found; no keyboard types them
WORD = re.compile(r"\w+")
OPERATORS = re.compile(r'["-]|\bor\b', re.IGNORECASE)


def vector(*fields: tuple[str, str]) -> "models.GeneratedField":
    """Keep what is looked through beside the row: fields with their weight, A to D."""
    parts = [SearchVector(name, weight=weight, config=CONFIG) for name, weight in fields]
    whole: Any = parts[0]
    for part in parts[1:]:
        whole = whole + part
    return models.GeneratedField(
        expression=whole, output_field=SearchVectorField(), db_persist=True, editable=False
    )


def matching[M: models.Model](
    rows: "QuerySet[M, Any]", words: str, *, shown: str
) -> "QuerySet[M, Any]":
    """Keep what answers to the words, with its `rank` and the `headline` of the field `shown`.

    Quotes, a minus and “or” work as on the web; otherwise a word also finds what begins with it,
    because Dutch writes its words together.
    """
    query = _query(words.replace("\0", ""))
    headline = SearchHeadline(
        shown,
        query,
        config=CONFIG,
        start_sel=BEGINS,
        stop_sel=ENDS,
        max_words=35,
        min_words=15,
    )
    found: Any = rows.filter(search=query)
    ranked: QuerySet[M, Any] = found.annotate(
        rank=SearchRank(F("search"), query), headline=headline
    )
    return ranked


def marked(headline: str) -> SafeString:
    """Show a headline with what was found in it marked; everything else is text."""
    text = escape(headline).replace(BEGINS, "<mark>").replace(ENDS, "</mark>")
    return mark_safe(text)  # noqa: S308 - escaped above


def _query(words: str) -> Any:
    asked = SearchQuery(words, config=CONFIG, search_type="websearch")
    parts = WORD.findall(words)
    if OPERATORS.search(words) or not parts:
        return asked
    begun = " & ".join(f"{part}:*" for part in parts)
    return asked | SearchQuery(begun, config="simple", search_type="raw")
