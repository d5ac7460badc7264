"""PDF: read, refused when it can act or hides something, and written anew without its makers."""

import io
import time
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from pypdf import Configuration, PdfReader, PdfWriter, apply_configuration
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, TextStringObject

from sroi_portal.core import personal
from sroi_portal.core.uploads.refusals import UploadRefusedError

MOST_PAGES = 200
MOST_OBJECTS = 100_000
MOST_SECONDS = 15
MOST_UNPACKED_BYTES = 30_000_000
ACTING_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/RichMediaSettings"})
HIDING_KEYS = frozenset({"/EF", "/EmbeddedFiles", "/Collection"})
ACTIONS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/GoToR",
        "/Rendition",
        "/RichMediaExecute",
        "/Movie",
        "/Sound",
    }
)
ACTING_SUBTYPES = frozenset({"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
LIMITS = Configuration(
    zlib_maximum_output_length=MOST_UNPACKED_BYTES,
    lzw_maximum_output_length=MOST_UNPACKED_BYTES,
    run_length_maximum_output_length=MOST_UNPACKED_BYTES,
    array_based_stream_maximum_output_length=MOST_UNPACKED_BYTES,
)
TELLING_KEYS = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")


def clean(content: bytes) -> bytes:
    """Write it anew, without metadata and without what no page uses.

    :raises UploadRefusedError: when it is locked, can act, holds files or a citizen service number.
    """
    try:
        with apply_configuration(LIMITS):
            return _written_anew(content)
    except UploadRefusedError:
        raise
    except Exception:  # noqa: BLE001 - whatever a broken file does to the reader, it is not kept
        raise UploadRefusedError(_("The PDF cannot be read. Print it to PDF again.")) from None


def _written_anew(content: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise UploadRefusedError(
            _("The PDF is locked with a password. Save it without a password and try again.")
        )
    if len(reader.pages) > MOST_PAGES:
        raise UploadRefusedError(_("The PDF has more than 200 pages. Send what is needed only."))
    writer = PdfWriter(clone_from=reader)
    texts = [*_inspect(writer), *_page_texts(writer)]
    if any(personal.contains_bsn(text) for text in texts):
        raise UploadRefusedError(
            _(
                "The PDF holds a citizen service number (BSN). We never store one. "
                "Make the number unreadable and print the file to PDF again."
            )
        )
    writer.metadata = None
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _inspect(writer: PdfWriter) -> Iterator[str]:
    """Go through every object; take off what tells about makers, yield what people can read."""
    for each in _objects(writer.root_object):
        if isinstance(each, TextStringObject):
            yield str(each)
        elif isinstance(each, DictionaryObject):
            _refuse_acting(each)
            for key in TELLING_KEYS:
                each.pop(key, None)


def _objects(root: Any) -> Iterator[Any]:
    seen: set[tuple[int, int]] = set()
    waiting = [root]
    for _count in range(MOST_OBJECTS):
        if not waiting:
            return
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            place = (each.idnum, each.generation)
            if place in seen:
                continue
            seen.add(place)
            each = each.get_object()
        yield each
        if isinstance(each, DictionaryObject):
            waiting.extend(each.values())
        elif isinstance(each, ArrayObject):
            waiting.extend(each)
    raise _too_much()


def _refuse_acting(each: DictionaryObject) -> None:
    keys = set(each)
    if keys & HIDING_KEYS or _said(each, "/Type") == "/EmbeddedFile":
        raise UploadRefusedError(
            _("The PDF has other files inside. Print it to PDF again and try once more.")
        )
    acts = _said(each, "/S") in ACTIONS or _said(each, "/Subtype") in ACTING_SUBTYPES
    if acts or keys & ACTING_KEYS:
        raise UploadRefusedError(
            _("The PDF can start programs or scripts. Print it to PDF again and try once more.")
        )


def _said(each: DictionaryObject, key: str) -> str:
    return str(each[key]) if key in each else ""


def _page_texts(writer: PdfWriter) -> Iterator[str]:
    last = time.monotonic() + MOST_SECONDS
    for page in writer.pages:
        if time.monotonic() > last:
            raise _too_much()
        yield page.extract_text()


def _too_much() -> UploadRefusedError:
    return UploadRefusedError(_("The PDF is too complicated to check. Print it to PDF again."))
