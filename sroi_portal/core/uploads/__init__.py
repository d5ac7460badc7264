"""Files from outside: hostile until proven otherwise.

What is kept is never the file as it came: a PDF is written anew without what can act or tell who
made it, a picture is drawn anew from its dots.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from sroi_portal.core import personal
from sroi_portal.core.uploads import images, pdfs, scanning
from sroi_portal.core.uploads.names import spoken, tidy
from sroi_portal.core.uploads.refusals import UploadRefusedError
from sroi_portal.core.uploads.signatures import MediaType, media_type_of

__all__ = [
    "MOST_BYTES",
    "Accepted",
    "UploadRefusedError",
    "accept",
    "are_possible",
    "scan_again",
]

MOST_BYTES = 10 * 1024 * 1024
CLEANERS: dict[MediaType, Callable[[bytes], bytes]] = {
    MediaType.PDF: pdfs.clean,
    MediaType.PNG: images.clean,
    MediaType.JPEG: images.clean,
}


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept: cleaned, with a name that is safe to show."""

    content: "ContentFile[bytes]"
    name: str
    suffix: str
    media_type: str
    sha256: bytes
    scan: str


def are_possible() -> bool:
    """Whether this installation takes files at all: it has a scanner, or does without one."""
    return scanning.has_scanner() or scanning.may_do_without()


def accept(file: "File[bytes]") -> Accepted:
    """Check and clean a PDF, PNG or JPEG.

    :raises UploadRefusedError: with a sentence that says why and what to do.
    """
    name = tidy(file.name or "")
    if personal.contains_bsn(name) or personal.contains_bsn(spoken(name)):
        raise UploadRefusedError(
            _(
                "The name of the file holds a citizen service number (BSN). We never store one. "
                "Give the file another name."
            )
        )
    content = _read(file)
    media_type = media_type_of(content, name)
    scan = scanning.scan_or_wait(content)
    cleaned = CLEANERS[media_type](content)
    return Accepted(
        content=ContentFile(cleaned, name=name),
        name=name,
        suffix=media_type.suffixes[0],
        media_type=media_type.value,
        sha256=hashlib.sha256(cleaned).digest(),
        scan=scan,
    )


def scan_again(content: bytes) -> str:
    """Say how it stands with a file that was held back: clean, infected or still waiting."""
    return scanning.look(content)


def _read(file: "File[bytes]") -> bytes:
    content: bytes = file.read(MOST_BYTES + 1)
    if not content:
        raise UploadRefusedError(_("The file is empty. Choose another file."))
    if len(content) > MOST_BYTES:
        raise UploadRefusedError(
            _("The file is larger than 10 MB. Make it smaller, or scan it with fewer dots.")
        )
    return content
