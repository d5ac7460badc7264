"""Reading a printed report: its words, its tags, its amounts."""

import io
import re

import pikepdf
from pypdf import PdfReader

AMOUNT = re.compile(r"€-?[\d.]+,\d\d")


def words(pdf):
    """Every character of the text, without white space."""
    return squeeze("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def squeeze(text):
    return re.sub(r"\s", "", text)


def amounts(text):
    return set(AMOUNT.findall(squeeze(text)))


def euros(amount):
    return f"€{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def tags(pdf):
    """Each element of the structure tree: its name and its text for who cannot see it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        yield from _walk(document.Root.StructTreeRoot)


def _walk(element):
    if "/S" in element:
        yield str(element.S).removeprefix("/"), str(element.get("/Alt", ""))
    children = element.get("/K")
    if isinstance(children, pikepdf.Array):
        for child in children:
            if isinstance(child, pikepdf.Dictionary):
                yield from _walk(child)
    elif isinstance(children, pikepdf.Dictionary):
        yield from _walk(children)
