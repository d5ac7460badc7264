"""Spreadsheets of up to 100,000 rows: by content, no bombs, no macros; looked at before a reader is."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from django.utils.translation import gettext as _

from sroi_portal.core import personal
from sroi_portal.core.uploads import scanning
from sroi_portal.core.uploads.names import spoken, tidy
from sroi_portal.core.uploads.refusals import UploadRefusedError
from sroi_portal.core.uploads.texts import decoded

if TYPE_CHECKING:
    from django.core.files.base import File

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED_BYTES = 250 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 110_000  # somewhat more than are taken, so that the refusal can count them
MOST_COLUMNS = 200
MOST_CELLS = 4_000_000  # rows times columns of all sheets: a reader keeps room for each
PART = 1024 * 1024
STARTS_A_PACKAGE = b"PK\x03\x04"
STARTS_AN_OLD_FILE = b"\xd0\xcf\x11\xe0"
OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"MZ", b"\x7fELF", b"\x1f\x8b")
IS_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|svg|script|table)", re.IGNORECASE)
NEVER = ("vbaproject.bin", "activex/", "embeddings/", "basic/", "scripts/")
IS_XML = (".xml", ".rels")
PLACES = "xl/_rels/workbook.xml.rels"  # says in which part each sheet stands
COLUMN = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class Kind(StrEnum):
    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"


SUFFIXES = {".xlsx": Kind.XLSX, ".ods": Kind.ODS, ".csv": Kind.CSV, ".txt": Kind.CSV}
SUFFIXES |= {".tsv": Kind.CSV}


@dataclass(frozen=True)
class Sent:
    """A spreadsheet that may be opened."""

    name: str
    kind: Kind
    content: bytes


def accept(file: "File[bytes]") -> Sent:
    """Take a spreadsheet in.

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
    content: bytes = file.read(MOST_BYTES + 1)
    if not content:
        raise UploadRefusedError(_("The file is empty. Choose another file."))
    if len(content) > MOST_BYTES:
        raise UploadRefusedError(
            _("The file is larger than 10 MB. Split it, or take out what does not belong to it.")
        )
    kind = _kind(content, name)
    if scanning.has_scanner():
        scanning.scan(content)
    return Sent(name, kind, content)


def _kind(content: bytes, name: str) -> Kind:
    """Tell the kind by content; the name must say the same."""
    if content.startswith(STARTS_AN_OLD_FILE):
        raise UploadRefusedError(
            _(
                "This is an old Excel file, or one with a password. Save it as XLSX without password."
            )
        )
    named = SUFFIXES.get(PurePath(name).suffix.lower())
    if named is None:
        raise UploadRefusedError(
            _("A file of this kind cannot be read. Use a spreadsheet: XLSX, ODS or CSV.")
        )
    seen = _packed_kind(content) if content.startswith(STARTS_A_PACKAGE) else _text_kind(content)
    if seen != named:
        raise UploadRefusedError(
            _("The content of the file is not what its name says. Save it again as XLSX.")
        )
    return seen


def _text_kind(content: bytes) -> Kind | None:
    if content.startswith(OTHER_KINDS):
        return None
    text = decoded(content)
    if text is None or "\0" in text or IS_MARKUP.match(text):
        return None
    return Kind.CSV


def _packed_kind(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _look_inside(package)
    except UploadRefusedError:
        raise
    except BROKEN as fault:
        raise UploadRefusedError(
            _("The file is damaged and cannot be opened. Save it again as XLSX.")
        ) from fault


def _look_inside(package: zipfile.ZipFile) -> Kind | None:
    names = [part.filename for part in package.infolist()]
    if len(names) > MOST_PARTS or len(names) != len(set(names)):
        raise zipfile.BadZipFile
    if any(never in name.lower() for name in names for never in NEVER):
        raise UploadRefusedError(
            _("The file holds macros or other files. Save it without them, as XLSX.")
        )
    kind = _says(package, set(names))
    left = MOST_UNPACKED_BYTES
    looker = _CELLS[kind]() if kind else _Looker()
    for name in names if kind else ():
        with package.open(name) as part:
            left -= _look_at(part, name.lower(), looker, left=left)
    return kind


def _says(package: zipfile.ZipFile, names: set[str]) -> Kind | None:
    if {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        return Kind.XLSX
    if {"mimetype", "content.xml"} <= names:
        with package.open("mimetype") as part:
            if part.read(100).strip() == b"application/vnd.oasis.opendocument.spreadsheet":
                return Kind.ODS
    return None


def _look_at(part: IO[bytes], name: str, looker: "_Looker", *, left: int) -> int:
    """Unpack a part without keeping it; return how large it is."""
    reader = expat.ParserCreate() if name.endswith(IS_XML) else None
    if reader is not None:
        looker.begin_part()
        reader.EntityDeclHandler = reader.StartDoctypeDeclHandler = _refuse_declaration
        reader.StartElementHandler = _look_at_place if name == PLACES else looker.begin
    size = 0
    while piece := part.read(PART):
        size += len(piece)
        if size > left:
            raise UploadRefusedError(
                _("The file is too large once it is unpacked. Make it smaller.")
            )
        if reader is not None:
            _feed(reader, piece)
    if reader is not None and size:
        _feed(reader, b"", is_last=True)
    return size


def _feed(reader: expat.XMLParserType, piece: bytes, *, is_last: bool = False) -> None:
    try:
        reader.Parse(piece, is_last)
    except expat.ExpatError as fault:
        raise zipfile.BadZipFile from fault


def _look_at_place(name: str, said: dict[str, str]) -> None:
    """Refuse a sheet in a part that is not looked at as one."""
    target = said.get("Target", "").lower()
    is_inside = said.get("TargetMode") != "External"
    if name.rpartition(":")[2] == "Relationship" and is_inside and not target.endswith(".xml"):
        raise zipfile.BadZipFile


def _refuse_declaration(*_said: object) -> None:
    raise zipfile.BadZipFile


class _Looker:
    """Counts the room that a reader would need: a few bytes can name millions of cells."""

    def __init__(self) -> None:
        self.row = self.column = self.last_row = self.last_column = 0
        self.is_cell = False
        self.cells_before = 0  # in other sheets

    def begin_part(self) -> None:
        """Keep what the last sheet needs, and begin with another."""
        self.cells_before += self.last_row * self.last_column
        self.row = self.column = self.last_row = self.last_column = 0
        self.is_cell = False

    def begin(self, name: str, said: dict[str, str]) -> None:
        """Look at the beginning of an element."""

    def holds(self, row: int, column: int) -> None:
        """Count a cell that says something."""
        self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
        if self.last_row > MOST_ROWS:
            raise UploadRefusedError(
                _("The file has more than 100,000 rows. Split it into several files.")
            )
        cells = self.cells_before + self.last_row * self.last_column
        if self.last_column > MOST_COLUMNS or cells > MOST_CELLS:
            raise UploadRefusedError(
                _("The file has too many columns. Keep those with the placements.")
            )


class _XlsxLooker(_Looker):
    """A sheet may stand in any part: a cell counts wherever it stands."""

    def begin(self, name: str, said: dict[str, str]) -> None:
        plain = name.rpartition(":")[2]
        if plain == "row":
            self.row, self.column = int(said.get("r", self.row + 1)), 0
            self.is_cell = False
        elif plain == "c":
            place = COLUMN.fullmatch(said.get("r", ""))
            self.row = int(place[2]) if place else self.row
            self.column = _number(place[1]) if place else self.column + 1
            self.is_cell = True
        elif self.is_cell and plain in {"v", "t", "f"}:
            self.holds(self.row, self.column)


class _OdsLooker(_Looker):
    """What is repeated counts as often as it is repeated, once it says something."""

    times_row, ends_at = 1, 0

    def begin_part(self) -> None:
        super().begin_part()
        self.times_row, self.ends_at = 1, 0

    def begin(self, name: str, said: dict[str, str]) -> None:
        if name == "table:table":
            self.begin_part()
        elif name == "table:table-row":
            self.row = self.ends_at
            self.times_row = int(said.get("table:number-rows-repeated", 1))
            self.ends_at, self.column = self.row + self.times_row, 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self.column += int(said.get("table:number-columns-repeated", 1))
            if "office:value-type" in said:
                self.holds(self.ends_at, self.column)
        elif name == "text:p":
            self.holds(self.ends_at, self.column)


_CELLS: dict[Kind, type[_Looker]] = {Kind.XLSX: _XlsxLooker, Kind.ODS: _OdsLooker}


def _number(letters: str) -> int:
    result = 0
    for letter in letters.upper():
        result = result * 26 + ord(letter) - ord("A") + 1
    return result
