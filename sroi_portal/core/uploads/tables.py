"""Tables that are read and not kept: a text (TOML) or a spreadsheet (XLSX)."""

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from sroi_portal.core import personal
from sroi_portal.core.uploads import scanning
from sroi_portal.core.uploads.names import spoken, tidy
from sroi_portal.core.uploads.refusals import UploadRefusedError

if TYPE_CHECKING:
    from django.core.files.base import File

MOST_BYTES = 1024 * 1024
TEXT, WORKBOOK = ".toml", ".xlsx"
STARTS_A_PACKAGE = b"PK\x03\x04"


class Sent(NamedTuple):
    """What came in: a text, or the bytes of a spreadsheet for `core.workbooks` to open."""

    text: str
    workbook: bytes


def read(file: "File[bytes]") -> Sent:
    """Take a table in, looked at as far as one can without opening it.

    :raises UploadRefusedError: with a sentence that says why and what to do.
    """
    name = tidy(file.name or "")
    if personal.contains_bsn(spoken(name)):
        raise UploadRefusedError(
            _(
                "The name of the file holds a citizen service number (BSN). We never store one. "
                "Give the file another name."
            )
        )
    content: bytes = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UploadRefusedError(_("The file is larger than 1 MB. A table of values is smaller."))
    suffix = PurePath(name).suffix.lower()
    is_package = content.startswith(STARTS_A_PACKAGE)
    if suffix not in {TEXT, WORKBOOK} or is_package != (suffix == WORKBOOK):
        raise UploadRefusedError(
            _("This is no TOML file and no spreadsheet (XLSX). Choose another.")
        )
    if scanning.has_scanner():
        scanning.scan(content)
    return Sent("", content) if is_package else Sent(_text(content), b"")


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UploadRefusedError(
            _("The text in the file cannot be read. Save it as TOML with the encoding UTF-8.")
        ) from None
