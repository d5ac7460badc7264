"""Tagged PDF/UA from HTML of our own: nothing is fetched, and what goes wrong stops the print."""

import atexit
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from sroi_portal.core import pdf_archives

type OnPage = Callable[[int], None]

VARIANT = "pdf/ua-1"
THEME = "css/theme.css"  # colours; its fonts are for browsers
PAGE = re.compile(r"Creating layout - Page (\d+)")
WITHOUT_GLYPH = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
# A space at the end of a line that is just full makes the printer break after the first word.
AT_THE_END = re.compile(
    r"[ \t\r\n]+(?=</(?:p|td|th|li|h[1-6]|caption|figcaption|dt|dd)>|<span class=\"table__sub\"|<br>)"
)
TOLD = re.compile(rb"<[0-9a-f]{4}> <(?!ffff)")
NO_LETTER = re.compile(rb"<[0-9a-f]{4}> <(0000|feff|fffe)>")
INSTEAD = "\N{REPLACEMENT CHARACTER}"


class PrintError(Exception):
    """The document cannot be printed as it should be."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A document as it is read, and its copy for the archive."""

    pdf: bytes
    archive: bytes


def render(html: str, *, stylesheet: str, on_page: OnPage | None = None) -> bytes:
    """Print a document; `on_page` hears the number of each page that is laid out.

    A character that no font knows is shown as a mark, because PDF/UA refuses an unknown shape.

    :raises PrintError: when the printer reports an error, such as a picture without a text.
    """
    return _sound(html, stylesheet, on_page, _pdf)


def render_for_archive(
    html: str, attached: pdf_archives.Attached, *, stylesheet: str, on_page: OnPage | None = None
) -> Printed:
    """Print a document that is laid out once, to read and to keep.

    :raises PrintError: as `render` does.
    """
    return _sound(
        html,
        stylesheet,
        on_page,
        lambda document: Printed(_pdf(document), pdf_archives.write(document, attached)),
    )


def _pdf(document: Any) -> bytes:
    made: bytes = document.write_pdf(pdf_variant=VARIANT, custom_metadata=True, finisher=_readable)
    return made


def _readable(document: Any, made: Any) -> None:
    """Say of each shape of a font that fields use which letters it is (PDF/UA).

    The printer leaves ligatures out of such a font, and calls its empty shape a letter.
    """
    used = {font.name: font.to_unicode for font in document.fonts.values() if font.used_in_forms}
    objects = {each.reference: each for each in made.objects}
    for each in made.objects:
        if isinstance(each, dict) and each.get("BaseFont") in used and "ToUnicode" in each:
            told = objects[each["ToUnicode"]]
            told.stream = _all_told(told.stream, used[each["BaseFont"]])


def _all_told(lines: list[bytes], used: dict[int, str]) -> list[bytes]:
    """Leave out what is no letter, and add the shapes that were used and not told."""
    kept = [line for line in lines if not TOLD.match(line) and not line.endswith(b"bfchar")]
    told = {line[1:5]: line for line in lines if TOLD.match(line) and not NO_LETTER.match(line)}
    for glyph, text in used.items():
        letters = text.encode("utf-16-be").hex().encode()
        told.setdefault(b"%04x" % glyph, b"<%04x> <%s>" % (glyph, letters))
    end = kept.index(b"endcmap")
    said = [line for each in told.values() for line in (b"1 beginbfchar", each, b"endbfchar")]
    return [*kept[:end], *said, *kept[end:]]


def _sound[Made](
    html: str, stylesheet: str, on_page: OnPage | None, write: Callable[[Any], Made]
) -> Made:
    html = AT_THE_END.sub("", UNPRINTABLE.sub(INSTEAD, html))
    made, heard = _print(html, stylesheet, on_page, write)
    if heard.without_glyph:
        html = html.translate(dict.fromkeys(heard.without_glyph, INSTEAD))
        made, heard = _print(html, stylesheet, on_page, write)
    if heard.errors:
        raise PrintError("; ".join(heard.errors))
    return made


def _print[Made](
    html: str, stylesheet: str, on_page: OnPage | None, write: Callable[[Any], Made]
) -> tuple[Made, "_Hearing"]:
    from weasyprint import HTML

    fonts, sheets = _prepared(stylesheet)
    with _listening(on_page) as heard:
        document = HTML(string=html, url_fetcher=_refusing_fetcher())
        made = write(document.render(font_config=fonts, stylesheets=sheets))
    return made, heard


@cache
def _prepared(stylesheet: str) -> tuple[Any, list[Any]]:
    """Parse style sheets and load fonts once a process: a tenth of the time of a print."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # fonts carry no time: same words, same file
    atexit.register(_prepared.cache_clear)  # fonts must go before the interpreter does
    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=("file",), allow_redirects=False)
    return fonts, [
        CSS(filename=_path(THEME), url_fetcher=fetcher),
        CSS(filename=_path(stylesheet), url_fetcher=fetcher, font_config=fonts),
    ]


@cache
def _refusing_fetcher() -> Any:
    """One for all documents: a text that got in as markup cannot reach a file or another host."""
    from weasyprint.urls import URLFetcher

    class Refusing(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, _headers: object = None) -> None:
            raise PrintError(f"a document asked for {url}")

    return Refusing()


def _path(name: str) -> Path:
    found = finders.find(name)
    if not isinstance(found, str):
        raise PrintError(f"no style sheet {name}")
    return Path(found)


@contextmanager
def _listening(on_page: OnPage | None) -> Iterator["_Hearing"]:
    """Hear what the printer logs; nobody else hears of each page."""
    ear, progress = logging.getLogger("weasyprint"), logging.getLogger("weasyprint.progress")
    heard = _Hearing(on_page)
    level, propagates = progress.level, progress.propagate
    progress.setLevel(logging.INFO)
    progress.propagate = False
    ear.addHandler(heard)
    progress.addHandler(heard)
    try:
        yield heard
    finally:
        ear.removeHandler(heard)
        progress.removeHandler(heard)
        progress.setLevel(level)
        progress.propagate = propagates


class _Hearing(logging.Handler):
    """Gather errors and characters without a shape, pass on pages."""

    def __init__(self, on_page: OnPage | None) -> None:
        super().__init__(logging.INFO)
        self.errors: list[str] = []
        self.without_glyph: set[int] = set()
        self.on_page = on_page

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage()
        if record.levelno >= logging.ERROR:
            self.errors.append(said)
        elif "notdef" in said:
            self.without_glyph.update(int(code, 16) for code in WITHOUT_GLYPH.findall(said))
        elif self.on_page and (page := PAGE.search(said)):
            self.on_page(int(page[1]))
