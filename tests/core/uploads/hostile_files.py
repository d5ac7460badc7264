"""Files that must not be kept, made here: `python -m tests.core.uploads.hostile_files FOLDER`."""

import io
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

BSN = "123456782"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Hostile(NamedTuple):
    """A file, and a word of the sentence that refuses it."""

    name: str
    content: bytes
    because: str


def picture(kind="PNG", size=(8, 8), **options):
    made = io.BytesIO()
    Image.new("RGB", size, "navy").save(made, kind, **options)
    return made.getvalue()


def pdf(*, text="Urenverklaring maart 2026", root=(), page=(), lock="", info=None):
    """Make a page with a text; `root` and `page` are more entries of those dictionaries."""
    writer = PdfWriter()
    sheet = writer.add_blank_page(300, 200)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    sheet[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    sheet[NameObject("/Contents")] = writer._add_object(stream)
    for key, value in page:
        sheet[NameObject(key)] = value
    for key, value in root:
        writer.root_object[NameObject(key)] = value
    writer.add_metadata(info or {"/Author": "Iemand"})
    if lock:
        writer.encrypt(lock, algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def action(kind, **more):
    entries = {NameObject("/S"): NameObject(kind)}
    entries |= {NameObject(f"/{key}"): TextStringObject(value) for key, value in more.items()}
    return DictionaryObject(entries)


def annotation(subtype, **more):
    entries = {
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject(subtype),
    }
    entries |= {NameObject(f"/{key}"): value for key, value in more.items()}
    return ArrayObject([DictionaryObject(entries)])


def pdf_with_file():
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.add_attachment("rekening.xml", b"<a/>")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def zipped(name="[Content_Types].xml", content=b"<a/>"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


def png_of(width, height, packed=b""):
    """Make a PNG that says how large it is, whatever it holds."""

    def chunk(kind, body):
        return (
            struct.pack("!L", len(body)) + kind + body + struct.pack("!L", zlib.crc32(kind + body))
        )

    header = struct.pack("!LLBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def unreadable_pdf():
    return b"%PDF-1.7\n" + b"1 0 obj << /Type /Catalog >> endobj\n" * 3 + b"trailer <<>>\n%%EOF\n"


def bombing_pdf():
    """A small file with a page of text that unpacks to 40 million characters."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    stream = DecodedStreamObject()
    stream.set_data(b"BT (" + b"a" * 40_000_000 + b") Tj ET")
    page = writer.pages[0]
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def hostile_files():
    good_pdf, good_png, good_jpeg = pdf(), picture(), picture("JPEG")
    web_page = b"<html><script>alert(1)</script></html>"
    script = action("/JavaScript", JS="app.alert(1)")
    return [
        Hostile("leeg.pdf", b"", "empty"),
        Hostile("groot.pdf", good_pdf + b" " * (10 * 1024 * 1024), "10 MB"),
        Hostile("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "of this kind"),
        Hostile("programma.exe", b"MZ" + b"\0" * 200, "of this kind"),
        Hostile("brief.docx", zipped(), "of this kind"),
        Hostile("zonder-naam", good_pdf, "of this kind"),
        Hostile("rekening.pdf.exe", good_pdf, "of this kind"),
        Hostile("rekening\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe", good_pdf, "of this kind"),
        Hostile("programma.pdf", b"MZ" + b"\0" * 200, "what its name says"),
        Hostile("tekening.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "what its name says"),
        Hostile("plaatje.jpg", good_png, "what its name says"),
        Hostile("bewegend.png", b"GIF89a" + b"\0" * 60, "what its name says"),
        Hostile("pagina-vooraf.pdf", web_page + good_pdf, "what its name says"),
        Hostile("pagina-erna.pdf", good_pdf + web_page, "second file"),
        Hostile(
            "pagina-in-de-kop.pdf", good_pdf[:9] + b"%" + web_page + good_pdf[9:], "second file"
        ),
        Hostile("archief-erna.pdf", good_pdf + zipped(), "second file"),
        Hostile("archief-erna.png", good_png + zipped(), "second file"),
        Hostile("archief-erna.jpg", good_jpeg + zipped(), "second file"),
        Hostile("pagina-erna.jpg", good_jpeg + web_page, "second file"),
        Hostile("php.jpg", picture("JPEG", comment=b"<?php system('x'); ?>"), "second file"),
        Hostile("afgebroken.png", good_png[:-12], "end is missing"),
        Hostile("afgebroken.pdf", good_pdf[:200], "end is missing"),
        Hostile("script.pdf", pdf(root=[("/OpenAction", script)]), "programs or scripts"),
        Hostile(
            "verborgen-script.pdf",
            pdf(root=[("/OpenAction", script)]).replace(b"/JavaScript", b"/J#61vaScript"),
            "programs or scripts",
        ),
        Hostile(
            "start.pdf",
            pdf(root=[("/OpenAction", action("/Launch", F="cmd.exe"))]),
            "programs or scripts",
        ),
        Hostile(
            "verstuurt.pdf",
            pdf(page=[("/AA", DictionaryObject({NameObject("/O"): action("/SubmitForm", F="x")}))]),
            "programs or scripts",
        ),
        Hostile(
            "formulier.pdf",
            pdf(
                root=[("/AcroForm", DictionaryObject({NameObject("/XFA"): TextStringObject("x")}))]
            ),
            "programs or scripts",
        ),
        Hostile(
            "film.pdf", pdf(page=[("/Annots", annotation("/RichMedia"))]), "programs or scripts"
        ),
        Hostile("met-bestand.pdf", pdf_with_file(), "other files inside"),
        Hostile("op-slot.pdf", pdf(lock="geheim"), "password"),
        Hostile("kapot.pdf", unreadable_pdf(), "cannot be read"),
        Hostile("bom.pdf", bombing_pdf(), "cannot be read"),
        Hostile("bom.png", png_of(60_000, 60_000), "40 million"),
        Hostile("grote-bom.png", png_of(9_000, 5_000), "40 million"),
        Hostile("kapot.png", png_of(10, 10, b"geen zlib"), "cannot be read"),
        Hostile("kapot.jpg", good_jpeg[:30] + b"\xff\xd9", "cannot be read"),
        Hostile(f"uren-{BSN}.pdf", good_pdf, "name of the file"),
        Hostile("uren_123-456-782_2026.pdf", good_pdf, "name of the file"),
        Hostile("bsn.pdf", pdf(text=f"Medewerker {BSN}"), "holds a citizen service number"),
        Hostile("bsn-met-punten.pdf", pdf(text="1234.56.782"), "holds a citizen service number"),
        Hostile(
            "bsn-in-veld.pdf",
            pdf(page=[("/Annots", annotation("/Text", Contents=TextStringObject(f"BSN {BSN}")))]),
            "holds a citizen service number",
        ),
    ]


def main(folder):
    for each in hostile_files():
        (Path(folder) / each.name).write_bytes(each.content)


if __name__ == "__main__":
    main(sys.argv[1])
