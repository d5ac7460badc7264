"""Which kind of file it is: by name and by content, which must say the same and nothing more."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

import puremagic
from django.utils.translation import gettext as _

from sroi_portal.core.uploads.refusals import UploadRefusedError

OTHER_MEANINGS = re.compile(
    rb"<\s*(?:!doctype\s+html|html|script|svg|iframe)|<\?php|#!/|PK\x03\x04", re.IGNORECASE
)
HEAD_BYTES = 2048
PDF_AFTER_END = re.compile(rb"[\s\0]*")


class MediaType(StrEnum):
    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return SUFFIXES[self]


SUFFIXES = {
    MediaType.PDF: (".pdf",),
    MediaType.PNG: (".png",),
    MediaType.JPEG: (".jpg", ".jpeg"),
}
STARTS = {
    MediaType.PDF: b"%PDF-",
    MediaType.PNG: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    MediaType.JPEG: b"\xff\xd8\xff",
}
ENDS = {
    MediaType.PDF: b"%%EOF",
    MediaType.PNG: b"IEND\xaeB`\x82",
    MediaType.JPEG: b"\xff\xd9",
}


def media_type_of(content: bytes, name: str) -> MediaType:
    """Tell the kind of a file.

    :raises UploadRefusedError: unless name and content say the same, and nothing else.
    """
    suffix = PurePath(name).suffix.lower()
    named = next((kind for kind, suffixes in SUFFIXES.items() if suffix in suffixes), None)
    if named is None:
        raise UploadRefusedError(
            _("A file of this kind cannot be added. Use a PDF, or a picture in PNG or JPEG.")
        )
    if not content.startswith(STARTS[named]) or _seen_in(content) != named:
        raise UploadRefusedError(
            _(
                "The content of the file is not what its name says. Save it again as PDF, PNG or JPEG."
            )
        )
    _refuse_second_meaning(content, named)
    return named


def _seen_in(content: bytes) -> str:
    try:
        return puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def _refuse_second_meaning(content: bytes, kind: MediaType) -> None:
    """Refuse what another program would read as something else: web page, archive, script."""
    _before, end, after = content.rpartition(ENDS[kind])
    if not end:
        raise UploadRefusedError(
            _("The file is not complete: its end is missing. Save it again and try once more.")
        )
    odd_end = not PDF_AFTER_END.fullmatch(after) if kind != MediaType.JPEG else _is_odd(after)
    if odd_end or _is_odd(content[:HEAD_BYTES]) or zipfile.is_zipfile(io.BytesIO(content)):
        raise UploadRefusedError(
            _("The file holds a second file of another kind. Save it again as PDF, PNG or JPEG.")
        )


def _is_odd(part: bytes) -> bool:
    return bool(OTHER_MEANINGS.search(part))
