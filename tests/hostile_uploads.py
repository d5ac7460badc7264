"""Hostile and odd files, made from a seed: the same each time, as many as are asked for.

`cases(30)` is a beginning of `cases(300)`. None of them may be kept by any form.
"""

import io
import random
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from pypdf.generic import TextStringObject

from tests import hostile_spreadsheets
from tests.core.uploads.hostile_files import (
    BSN,
    action,
    annotation,
    hostile_files,
    pdf,
    pdf_with_file,
    picture,
    png_of,
    zipped,
)

SEED = 20261122
EVIDENCE, NOTICE, TABLE, SHEET = "evidence", "notice", "table", "sheet"
ODD_NAMES = (
    "uren\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe",
    "uren\N{ZERO WIDTH SPACE}.pdf\N{ZERO WIDTH SPACE}.html",
    "../../../etc/passwd",
    "C:\\Windows\\uren.lnk",
    "\N{PILE OF POO}\N{COMBINING ACUTE ACCENT}" * 40 + ".svg",
    "a" * 240 + ".scr",
    "CON.pdf.bat",
    "uren.pdf%00.php",
    "'; DROP TABLE evidence; --.sql",
    "<script>alert(1)</script>.htm",
    "\N{FULLWIDTH LATIN SMALL LETTER P}df",
    ".htaccess",
)
OTHER_KINDS = (
    b"MZ\x90\0" + b"\0" * 120,
    b"\x7fELF" + b"\0" * 120,
    b"GIF89a" + b"\0" * 60,
    b"RIFF\0\0\0\0WEBPVP8 ",
    b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"<!doctype html><script>alert(1)</script>",
    b"#!/bin/sh\nrm -rf /\n",
    b"\x1f\x8b\x08\0" + b"\0" * 40,
    b"7z\xbc\xaf\x27\x1c" + b"\0" * 40,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
    b"BM" + b"\0" * 60,
    b"II*\0" + b"\0" * 60,
)
ENTITIES = hostile_spreadsheets.ENTITIES


class Case(NamedTuple):
    form: str
    what: str
    name: str
    content: bytes


def cases(count: int, seed: int = SEED) -> Iterator[Case]:
    """Give so many files, each for one of the forms, in turn from each way of being hostile."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 - the same files each time
        form, make = WAYS[number % len(WAYS)]
        name, content = make(chance)
        yield Case(form, make.__name__.strip("_"), name, content)


def _known(chance):
    known = chance.choice(hostile_files())
    return known.name, known.content


def _truncated(chance):
    suffix, content, end = chance.choice(
        (
            ("pdf", pdf(), b"%%EOF"),
            ("png", picture(), b"IEND"),
            ("jpg", picture("JPEG"), b"\xff\xd9"),
        )
    )
    return f"afgebroken.{suffix}", content[: chance.randrange(1, content.rindex(end))]


def _of_another_kind(chance):
    suffix = chance.choice(("pdf", "png", "jpg", "jpeg"))
    return f"uren.{suffix}", chance.choice(OTHER_KINDS) + chance.randbytes(chance.randrange(99))


def _swapped(chance):
    files = {"pdf": pdf(), "png": picture(), "jpg": picture("JPEG")}
    suffix, other = chance.sample(sorted(files), 2)
    return f"verwisseld.{suffix}", files[other]


def _polyglot(chance):
    suffix, content = chance.choice((("pdf", pdf()), ("png", picture()), ("jpg", picture("JPEG"))))
    second = chance.choice((zipped(), b"<html><script>alert(1)</script></html>", b"<?php x ?>"))
    return f"dubbel.{suffix}", content + chance.randbytes(chance.randrange(9)) + second


def _odd_name(chance):
    return chance.choice(ODD_NAMES), chance.choice((pdf(), picture(), chance.randbytes(64)))


def _acting(chance):
    script = action("/JavaScript", JS=f"app.alert({chance.randrange(10**6)})")
    made = chance.choice(
        (
            pdf(root=[("/OpenAction", script)]),
            pdf(root=[("/OpenAction", action("/Launch", F="cmd.exe"))]),
            pdf(page=[("/Annots", annotation("/Screen"))]),
            pdf(page=[("/Annots", annotation("/Link", A=script))]),
            pdf_with_file(),
            pdf(lock=f"geheim{chance.randrange(99)}"),
        )
    )
    hidden = f"/J#{ord('a'):02x}vaScript" if chance.random() < 0.5 else "/JavaScript"
    return "actief.pdf", made.replace(b"/JavaScript", hidden.encode())


def _personal(chance):
    written = chance.choice((BSN, "123 456 782", "123-456-782", "1234.56.782"))
    if chance.random() < 0.5:
        return f"uren {written}.pdf", pdf()
    note = annotation("/Text", Contents=TextStringObject(f"BSN {written}"))
    return "uren.pdf", chance.choice((pdf(text=f"BSN {written}"), pdf(page=[("/Annots", note)])))


def _huge(chance):
    side = chance.randrange(7_000, 2**20)
    return "groot.png", png_of(side, side)


def _nothing(chance):
    return f"leeg.{chance.choice(('pdf', 'png', 'jpg'))}", b""


def _xml(chance):
    deep = chance.randrange(500, 5_000)
    parts = (
        f'<?xml version="1.0"?><!DOCTYPE x [{ENTITIES}]><x>&a11;</x>',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        '<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>',
        "<a>" * deep + "</a>" * deep,
        "<a>" * deep,
        f"<ContractAwardNotice {'x' * deep}='1'/>",
        '<?xml version="1.0" encoding="utf-7"?><x>+ADw-script+AD4-</x>',
        "<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>",
        "<x>\x00\x08</x>",
    )
    return "aankondiging.xml", chance.choice(parts).encode()


def _no_notice(chance):
    content = chance.choice((*OTHER_KINDS, pdf(), zipped(), b"\xff\xfe<\0x\0/\0>\0", b" "))
    return "aankondiging.xml", content + chance.randbytes(chance.randrange(20))


def _toml(chance):
    deep = chance.randrange(200, 3_000)
    parts = (
        "[table\n",
        "x = " + "[" * deep + "]" * deep,
        "x = 1\n" * 2,
        f"x = {'9' * deep}",
        "[table]\ncode = '../../x'\nversion = ''\n",
        "[[rows]]\nvalue_eur = 1e999999\n",
        "\x00\x01\x02",
        f"{'a.' * deep}b = 1",
        "[table]\nname = '''" + "x" * deep,
        "x = 1979-13-32",
    )
    return "tabel.toml", chance.choice(parts).encode()


def _workbook(chance):
    """Make packages that are no sound spreadsheet: bombs, macros, parts missing or broken."""
    sheet = "<worksheet><sheetData>" + "<row><c><v>=1+1</v></c></row>" * 3 + "</sheetData>"
    entries = chance.choice(
        (
            {"[Content_Types].xml": "<Types/>"},
            {"xl/workbook.xml": "<workbook/>", "xl/vbaProject.bin": "macro"},
            {"[Content_Types].xml": "<Types/>", "xl/worksheets/sheet1.xml": sheet},
            {"xl/worksheets/sheet1.xml": "0" * 30_000_000},
            {f"xl/worksheets/sheet{n}.xml": "<x/>" for n in range(3_000)},
            {"../../etc/passwd": "x", "xl/workbook.xml": f"<!DOCTYPE x [{ENTITIES}]><x>&a11;</x>"},
        )
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in entries.items():
            package.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    content = made.getvalue()
    cut = chance.randrange(30, len(content)) if chance.random() < 0.3 else None
    return "tabel.xlsx", content[:cut]


def _no_table(chance):
    name = chance.choice(("tabel.xlsx", "tabel.toml", "tabel.csv", "tabel.pdf", "tabel.xlsm"))
    return name, chance.choice((*OTHER_KINDS, pdf(), picture())) + chance.randbytes(9)


WAYS = (
    (EVIDENCE, _known),
    (SHEET, hostile_spreadsheets.bomb),
    (NOTICE, _xml),
    (TABLE, _workbook),
    (SHEET, hostile_spreadsheets.disguised),
    (EVIDENCE, _truncated),
    (EVIDENCE, _of_another_kind),
    (SHEET, hostile_spreadsheets.entities),
    (TABLE, _toml),
    (EVIDENCE, _polyglot),
    (SHEET, hostile_spreadsheets.odd_text),
    (NOTICE, _no_notice),
    (SHEET, hostile_spreadsheets.torn),
    (EVIDENCE, _odd_name),
    (TABLE, _no_table),
    (SHEET, hostile_spreadsheets.about_a_person),
    (EVIDENCE, _acting),
    (EVIDENCE, _personal),
    (SHEET, hostile_spreadsheets.known_spreadsheet),
    (EVIDENCE, _huge),
    (EVIDENCE, _swapped),
    (EVIDENCE, _nothing),
)
