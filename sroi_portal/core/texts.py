"""Texts of ours that are kept with the source: read, and made into HTML."""

from collections.abc import Iterable
from pathlib import Path

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

PAGE = "page:"  # a link to a page of the portal says the name of its address


def read(path: Path) -> tuple[str, str]:
    """Read a text: its title, and what follows.

    :raises Http404: when this installation has no such text.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as reason:
        raise Http404 from reason
    if not text.startswith("# "):
        return "", text
    title, _, rest = text.removeprefix("# ").partition("\n")
    return title, rest


def html(text: str) -> SafeString:
    """Render a text of ours; HTML in it is shown, not run."""
    rules = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = rules.parse(text)
    _lead_to_pages(tokens)
    return SafeString(rules.renderer.render(tokens, rules.options, {}))


def _lead_to_pages(tokens: Iterable[Token]) -> None:
    for token in tokens:
        _lead_to_pages(token.children or ())
        target = str(token.attrs.get("href", ""))
        if target.startswith(PAGE):
            token.attrs["href"] = reverse(target.removeprefix(PAGE))
