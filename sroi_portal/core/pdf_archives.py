"""A copy for the archive: PDF/A-3a that is PDF/UA-1 too, and holds what it was made from.

The printer writes the mark of one standard or the other; both belong in one description.
"""

import datetime as dt
import io
from dataclasses import dataclass
from importlib import resources
from typing import Any

VARIANT = "pdf/a-3a"
COLOURS, PROFILE = "srgb", "sRGB2014.icc"
END = b"</rdf:RDF>"
DOUBTFUL = b"\r\nendstream"  # read backwards, the last byte of a stream belongs to the end of line
IS_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
"""
WHAT_UA_IS = b"""<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that the archive copy holds."""

    name: str
    description: str
    content: bytes
    made_at: dt.datetime


def write(document: Any, attached: Attached) -> bytes:
    """Write a document that was laid out; the same document gives the same file."""
    from weasyprint import Attachment

    file = Attachment(
        string=attached.content,
        name=attached.name,
        description=attached.description,
        created=attached.made_at,
        modified=attached.made_at,
        relationship="Source",
    )
    document.output_intent = COLOURS
    document.color_profiles[COLOURS] = _colours()
    made: bytes = document.write_pdf(
        pdf_variant=VARIANT, output_intent="", attachments=[file], custom_metadata=True
    )
    return _marked(made)


def _colours() -> Any:
    """Say what the colours mean; asked for by name, the printer would leave its file open."""
    from weasyprint.css import ColorProfile

    content = (resources.files("weasyprint.pdf") / PROFILE).read_bytes()
    return ColorProfile(
        io.BytesIO(content), PROFILE, "relative-colorimetric", (["r"], ["g"], ["b"])
    )


def _marked(made: bytes) -> bytes:
    import pikepdf  # noqa: PLC0415 - slow, and only the worker prints

    with pikepdf.open(io.BytesIO(made)) as document:
        about = document.Root.Metadata
        about.write(about.read_bytes().replace(END, IS_UA + WHAT_UA_IS + END, 1))
        file = _saved(document)
        if DOUBTFUL not in file:
            return file
        for each in document.objects:
            if isinstance(each, pikepdf.Stream) and each.read_raw_bytes().endswith(b"\r"):
                _end_otherwise(each)
        return _saved(
            document,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


def _saved(document: Any, **how: Any) -> bytes:
    written = io.BytesIO()
    document.save(written, deterministic_id=True, **how)
    return written.getvalue()


def _end_otherwise(stream: Any) -> None:
    """Write in hexadecimals what ends in a carriage return."""
    import pikepdf  # noqa: PLC0415 - slow, and only the worker prints

    used, told = stream.get("/Filter", []), stream.get("/DecodeParms")
    filters = list(used) if isinstance(used, pikepdf.Array) else [used]
    parms = list(told) if isinstance(told, pikepdf.Array) else [told]
    stream.write(
        stream.read_raw_bytes().hex().encode() + b">",
        filter=[pikepdf.Name.ASCIIHexDecode, *filters],
        decode_parms=[None, *parms] if told is not None else None,
    )
