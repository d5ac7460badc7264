"""Spreadsheets that end in a clear sentence, with nothing stored; made here, none is kept."""

import datetime as dt
import io
import struct
import zipfile

import xlsxwriter

TYPES = "[Content_Types].xml"
BOOK = "xl/workbook.xml"
PAGE = "xl/worksheets/sheet1.xml"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
BSN = "111222333"


def spreadsheets():
    """Give a name and the bytes of each."""
    sound = workbook([["Kenmerk", "Uren"], ["K-01", 32]])
    yield from _disguised(sound)
    yield from _dangerous(sound)
    yield from _about_people(sound)


def _disguised(sound):
    yield "empty.xlsx", b""
    yield "empty.csv", b""
    yield "picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100)
    yield "document.csv", b"%PDF-1.7\n%%EOF"
    yield "page.csv", b"<!DOCTYPE html><html><script>alert(1)</script></html>"
    yield "zeroes.csv", bytes(4096)
    yield "program.xlsx", b"MZ" + bytes(200)
    yield "old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield "password.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield "half.xlsx", sound[: len(sound) // 2]
    yield "disguised.csv", sound
    yield "disguised.ods", sound
    yield "macros.xlsx", packed({"xl/vbaProject.bin": b"Sub Auto_Open()"}, base=sound)
    yield "macros.xlsm", sound
    yield "no_parts.xlsx", packed({"readme.txt": b"PK"})


def _dangerous(sound):
    yield "many_parts.xlsx", packed({f"xl/{n}.xml": b"<a/>" for n in range(600)}, base=sound)
    yield "bomb.xlsx", bomb(sound, "xl/media/zeroes.bin")
    yield "entities.xlsx", sheet(b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>')
    yield "far_cell.xlsx", cells([("A1", "1"), ("XFD1048576", "1")])
    yield "wide.xlsx", cells([("A1", "1"), ("ZZ90000", "1")])
    yield "torn.xlsx", sheet(b"<worksheet><sheetData><row r='1'><c")
    yield "odd_row.xlsx", sheet(b"<worksheet><row r='x'><c r='A1'><v>1</v></c></row></worksheet>")
    yield "repeated.ods", ods(b'table:number-rows-repeated="1000000"', b"")
    yield "repeated_wide.ods", ods(b"", b'table:number-columns-repeated="16384"')
    yield "twice.xlsx", _twice(sound)
    yield "broken_names.xlsx", _renamed(sound)
    yield "too_many.csv", b"Kenmerk;Uren\n" + b"K-01;32\n" * 100_100
    yield "large.csv", b"K-01;32\n" * (11 * 1024 * 1024 // 8)


def _about_people(sound):
    yield f"{BSN}.xlsx", sound
    yield "bsn_text.csv", f"Kenmerk;Uren\nK-01;32\n{BSN};32\n".encode()
    yield "bsn_number.xlsx", workbook([["Kenmerk", "Uren"], [int(BSN), 32]])
    yield "bsn_hidden.xlsx", _hidden()


def workbook(rows):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    book.set_properties({"created": dt.datetime(2026, 1, 1)})  # noqa: DTZ001 - of a file
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return content.getvalue()


def _hidden():
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    book.add_worksheet().write_row(0, 0, ["Kenmerk", "Uren"])
    other = book.add_worksheet("Personen")
    other.write_row(4, 2, ["BSN", BSN])
    other.hide()
    book.close()
    return content.getvalue()


def packed(parts, base=b""):
    content = io.BytesIO(base)
    with zipfile.ZipFile(content, "a" if base else "w") as package:
        for name, said in parts.items():
            told = zipfile.ZipInfo(name)  # the same day each time
            package.writestr(told, said, zipfile.ZIP_DEFLATED, compresslevel=9)
    return content.getvalue()


def bomb(base, name, *, megabytes=300, piece=bytes(1024 * 1024)):
    """Add a part that is thousands of times as large as the file; never whole in memory."""
    content = io.BytesIO(base)
    told = zipfile.ZipInfo(name)
    told.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(content, "a") as package, package.open(told, "w") as part:
        for _ in range(megabytes):
            part.write(piece)
    return content.getvalue()


def sheet(said):
    return packed({TYPES: b"<Types/>", BOOK: b"<workbook/>", PAGE: said})


def cells(cells):
    said = "".join(f'<c r="{place}"><v>{value}</v></c>' for place, value in cells)
    return sheet(f"<worksheet><sheetData><row>{said}</row></sheetData></worksheet>".encode())


def ods(rows, columns):
    cell = b'<table:table-cell office:value-type="float" office:value="1" ' + columns + b"/>"
    said = (
        b'<office:document-content xmlns:office="o" xmlns:table="t"><table:table>'
        b"<table:table-row " + rows + b">" + cell + b"</table:table-row>"
        b"</table:table></office:document-content>"
    )
    return packed({"mimetype": ODS, "content.xml": said})


def _twice(sound):
    """Name one part twice: two readers would read two things."""
    content = io.BytesIO(sound)
    with zipfile.ZipFile(content) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, said in parts.items():
            package.writestr(name, said)
        package.writestr("xl/worksheets/sheet2.xml", b"<a/>")
    return content.getvalue().replace(b"xl/worksheets/sheet2.xml", b"xl/worksheets/sheet1.xml")


def _renamed(sound):
    """Point the list of parts to nowhere."""
    end = sound.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<L", sound, end + 16)[0]
    return sound[: end + 16] + struct.pack("<L", start + 7_000_000) + sound[end + 20 :]
