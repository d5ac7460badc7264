"""Spreadsheets that the import must refuse: ways to make one, each from chance."""

import io
import re
import zipfile
from functools import cache

from tests.candidates import odd_spreadsheets as odd
from tests.core.uploads.hostile_files import BSN, pdf, picture, zipped

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLACES = "xl/_rels/workbook.xml.rels"
HEADINGS = "Kenmerk;Doelgroep;Uren;Startdatum"
ROW = "K-01;WW;32;01-01-2026"


@cache
def _sound():
    return odd.workbook([["Kenmerk", "Uren"], ["K-01", 32]])


@cache
def _known():
    return tuple(odd.spreadsheets())


def known_spreadsheet(chance):
    return chance.choice(_known())


def bomb(chance):
    """Make what is small as a file and huge in memory."""
    size = chance.randrange(251, 300)
    ways = (
        lambda: ("media.xlsx", odd.bomb(_sound(), "xl/media/foto.png", megabytes=size)),
        lambda: ("sheet.xlsx", _padded("xl/worksheets/sheet2.xml", size)),
        lambda: ("strings.xlsx", _padded("xl/deeltje.xml", size)),
        lambda: ("far.xlsx", odd.cells([("A1", "1"), (f"XFD{size * 100}", "1")])),
        lambda: ("sheets.xlsx", sheets(chance.randrange(3, 200))),
        lambda: ("elsewhere.xlsx", placed("xl/other/one.xml", size)),
        lambda: ("unlikely.xlsx", placed("xl/media/foto.png", size)),
        lambda: ("columns.xlsx", odd.workbook([[f"Kolom {n}" for n in range(16_000 + size)]])),
        lambda: ("rows.ods", _repeated(f'table:number-rows-repeated="{size}000000"', "")),
        lambda: ("columns.ods", _repeated("", f'table:number-columns-repeated="{size}000"')),
        lambda: ("parts.xlsx", odd.packed({f"xl/{n}.xml": "<a/>" for n in range(size * 2)}, _sound())),
        lambda: ("nested.xlsx", _nested(chance.randrange(2, 20))),
    )  # fmt: skip
    return chance.choice(ways)()


def disguised(chance):
    """Make what is not what its name says, is locked, or carries more than cells."""
    others = (pdf(), picture(), b"MZ" + bytes(200), b"{\\rtf1 hallo}", b"\x1f\x8b" + bytes(40))
    other = chance.choice(others) + chance.randbytes(chance.randrange(20))
    made = (
        (f"ander.{chance.choice(('xlsx', 'ods', 'csv', 'tsv', 'txt'))}", other),
        (f"soort.{chance.choice(('pdf', 'xlsb', 'xls', 'xlsm', 'exe', 'docx', ''))}", _sound()),
        (f"verwisseld.{chance.choice(('ods', 'csv', 'txt'))}", _sound()),
        ("wachtwoord.xlsx", OLE + b"EncryptedPackage" + chance.randbytes(600)),
        ("gesloten.xlsx", _locked()),
        ("gewoon.xlsx", zipped()),
        ("macro.xlsx", odd.packed({"xl/vbaProject.bin": chance.randbytes(99)}, _sound())),
        ("knop.xlsx", odd.packed({"xl/activeX/activeX1.xml": "<a/>"}, _sound())),
        ("ingebed.xlsx", odd.packed({"xl/embeddings/oleObject1.bin": OLE}, _sound())),
        ("script.ods", _repeated("", "", **{"Basic/Standard/Module1.xml": "<a/>"})),
        ("tekst.ods", odd.packed({"mimetype": "text/plain", "content.xml": "<a/>"})),
    )
    return chance.choice(made)


def torn(chance):
    """Make what a connection or a disk broke."""
    sound = _sound()
    sheet = b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row>"
    made = (
        ("afgebroken.xlsx", sound[: chance.randrange(4, len(sound))]),
        ("afgebroken.ods", _repeated("", "")[: chance.randrange(4, 300)]),
        ("som.xlsx", _wrong_sum(chance)),
        ("open.xlsx", odd.sheet(sheet)),
        ("kapot.xlsx", odd.sheet(sheet + b"</sheetData><x></worksheet>")),
        ("niets.xlsx", b""),
        ("niets.csv", b""),
        ("wit.csv", chance.choice((b" ", b"\n", b";", b"\t")) * chance.randrange(1, 99)),
        ("wit.xlsx", odd.workbook([])),
        ("nullen.ods", bytes(chance.randrange(1, 9999))),
    )
    return chance.choice(made)


def entities(chance):
    """Make XML that grows, or that asks for other files."""
    doctype = chance.choice(
        (
            f"<!DOCTYPE x [{ENTITIES}]>",
            '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>',
            '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://example.org/x.dtd"> %p;]>',
            '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        )
    )
    part = chance.choice(
        ("xl/worksheets/sheet9.xml", "xl/nog.XML", "docProps/nog.xml", "xl/_rels/nog.xml.rels")
    )
    text = f'<?xml version="1.0"?>{doctype}<x>&a11;</x>'
    said = text.encode("utf-16" if chance.random() < 0.3 else "utf-8")
    return "entiteiten.xlsx", odd.packed({part: said}, _sound())


def odd_text(chance):
    """Make texts in no writing, or of a size or shape that no supplier has."""
    table = f"{HEADINGS}\n{ROW}\n"
    many = chance.randrange(110_100, 120_000)
    texts = (
        table.encode("utf-16-le"),
        table.encode("utf-32"),
        table.replace("WW", "W\0W"),
        table.encode() + b"\x81\x8d\x8f\x90",
        b"\xff\xfe" + table.encode()[1:],
        f"{HEADINGS}\n{'K;WW;32;1\n' * many}",
        "K;" * (16_000 + many),
        f'{HEADINGS}\nK-01;"WW;{"x" * many * 2}',
        f"{HEADINGS};{'x' * (11 * 1024 * 1024)}",
        f"<table><tr><td>{ROW}</td></tr></table>",
        f'<?xml version="1.0"?><!DOCTYPE x [{ENTITIES}]><x>&a11;</x>',
    )
    text = chance.choice(texts)
    content = text if isinstance(text, bytes) else text.encode()
    return f"lijst.{chance.choice(('csv', 'tsv', 'txt'))}", content


def about_a_person(chance):
    written = chance.choice((BSN, "123 456 782", "123-456-782", "1234.56.782"))
    made = (
        (f"lijst {written}.xlsx", _sound()),
        ("lijst.csv", f"{HEADINGS};Opmerking\n{ROW};BSN {written}\n".encode()),
        ("lijst.xlsx", odd.workbook([["Kenmerk"], *[["K"]] * chance.randrange(99), [int(BSN)]])),
        ("lijst.ods", _repeated("", "", text=written)),
    )
    return chance.choice(made)


def _padded(name, megabytes):
    return odd.bomb(_sound(), name, megabytes=megabytes, piece=b" " * 1024 * 1024)


def sheets(number):
    """Fill little, far away, on many sheets: each alone is within the limit."""
    names = range(1, number + 1)
    sheets = "".join(f'<sheet name="B{n}" sheetId="{n}" r:id="r{n}"/>' for n in names)
    cell = "<c r='A1'><v>1</v></c></row><row r='19000'><c r='GR19000'><v>1</v></c>"
    said = f"<worksheet><sheetData><row r='1'>{cell}</row></sheetData></worksheet>"
    return odd.packed(
        {
            odd.TYPES: "<Types/>",
            odd.BOOK: f'<workbook xmlns:r="{RELATION}"><sheets>{sheets}</sheets></workbook>',
            PLACES: _places({f"r{n}": f"worksheets/sheet{n}.xml" for n in names}),
        }
        | {f"xl/worksheets/sheet{n}.xml": said for n in names}
    )


def placed(name, size):
    """Put the sheet where no spreadsheet program puts it."""
    cells = f"<c r='A1'><v>1</v></c></row><row r='{size}00'><c r='XFD{size}00'><v>1</v></c>"
    sheet = '<sheet name="B" sheetId="1" r:id="r1"/>'
    return odd.packed(
        {
            odd.TYPES: "<Types/>",
            odd.BOOK: f'<workbook xmlns:r="{RELATION}"><sheets>{sheet}</sheets></workbook>',
            PLACES: _places({"r1": name.removeprefix("xl/")}),
            name: f"<worksheet><sheetData><row r='1'>{cells}</row></sheetData></worksheet>",
        }
    )


def _places(targets):
    told = "".join(f'<Relationship Id="{key}" Target="{name}"/>' for key, name in targets.items())
    return f"<Relationships>{told}</Relationships>"


def _repeated(rows, columns, *, text="1", **parts):
    made = odd.ods(rows.encode(), columns.encode())
    content = zipfile.ZipFile(io.BytesIO(made)).read("content.xml").decode()
    names = 'xmlns:text="urn:t" xmlns:office='
    said = content.replace("xmlns:office=", names, 1)
    said = re.sub(r"(<table:table-cell[^>]*)/>", rf"\1><text:p>{text}</text:p></table:table-cell>", said)  # fmt: skip
    if text != "1":
        said = said.replace('"float" office:value="1"', '"string"')
    return odd.packed({"mimetype": odd.ODS, "content.xml": said} | parts)


def _nested(depth):
    content = bytes(1024 * 1024)
    for _ in range(depth):
        content = odd.packed({"binnen.xlsx": content})
    return content


def _locked():
    """Set the mark of a password on every part."""
    content = bytearray(_sound())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(mark)
        while found >= 0:
            content[found + place] |= 1
            found = content.find(mark, found + 4)
    return bytes(content)


def _wrong_sum(chance):
    """Change a part without its checksum."""
    sheet = f"<worksheet><sheetData><row r='1'><c><v>{chance.randrange(10**8)}</v></c></row>"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr(odd.TYPES, "<Types/>")
        package.writestr(odd.BOOK, "<workbook/>")
        package.writestr(odd.PAGE, f"{sheet}</sheetData></worksheet>")
    return content.getvalue().replace(b"<c><v>", b"<c><f>", 1).replace(b"</v></c>", b"</f></c>", 1)


WAYS = (
    known_spreadsheet,
    bomb,
    disguised,
    torn,
    entities,
    odd_text,
    about_a_person,
)
