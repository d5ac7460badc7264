"""Words of the glossary, explained on the page where they are used: `{% words "obligation" %}` (L06)."""

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

register = template.Library()


@register.inclusion_tag("core/words.html")
def words(*wanted: str) -> dict[str, Any]:
    """Give each word with its meaning, in the language of the reader; unknown ones are left out."""
    known = _known()
    is_dutch = (get_language() or "nl").startswith("nl")
    found = [known[word] for word in wanted if word in known]
    return {
        "words": [
            (dutch, uitleg) if is_dutch else (english, explanation)
            for dutch, english, uitleg, explanation in found
        ]
    }


@cache
def _known() -> dict[str, tuple[str, str, str, str]]:
    """Read the glossary once; an installation without it explains nothing in place."""
    try:
        text = (settings.BASE_DIR / "docs" / "domain.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    rows = [line.strip("| ").replace("`", "").split(" | ") for line in text.splitlines()]
    return {row[1]: (row[0], row[1], row[2], row[3]) for row in rows if len(row) == 4}
