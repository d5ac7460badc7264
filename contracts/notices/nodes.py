"""Reading values from an element: text, phrases, codes, amounts, days."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lxml.etree import _Element

from contracts.notices.code_lists import CodeList
from contracts.notices.personal import without_mail_addresses
from contracts.notices.records import Amount

NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
    "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
}
EXTENSION = "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"

UNPUBLISHED = "unpublished"
MASKS = frozenset({"-1", "-1.0", "-1.00", UNPUBLISHED})
NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,10})?")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
DUMMY_DAY = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Node:
    """An element of a notice, read in the language of that notice."""

    element: _Element
    language: str = ""

    def every(self, path: str) -> Iterator["Node"]:
        for element in self.element.iterfind(path, NAMESPACES):
            yield Node(element, self.language)

    def first(self, path: str) -> "Node | None":
        return next(self.every(path), None)

    def own_text(self) -> str | None:
        """Collapse white space; an empty text is none."""
        return without_mail_addresses(" ".join((self.element.text or "").split())) or None

    def attribute(self, name: str) -> str | None:
        return self.element.get(name)

    def raw_texts(self, path: str) -> Iterator[str]:
        return (text for node in self.every(path) if (text := node.own_text()))

    def text(self, path: str) -> str | None:
        """Take the first text; a mask of unpublished content is none."""
        text = next(self.raw_texts(path), None)
        return None if text == UNPUBLISHED else text

    def texts(self, path: str) -> tuple[str, ...]:
        return tuple(text for text in self.raw_texts(path) if text != UNPUBLISHED)

    def distinct(self, path: str) -> tuple[str, ...]:
        """Sort the texts and give each once, as is the way with codes and references."""
        return tuple(sorted(set(self.texts(path))))

    def phrase(self, path: str) -> str | None:
        """Prefer the language of the notice, else take the first."""
        nodes = [node for node in self.every(path) if node.own_text() not in {None, UNPUBLISHED}]
        ours = [node for node in nodes if node.attribute("languageID") == self.language]
        return next((node.own_text() for node in ours or nodes), None)

    def phrases(self, parents: str, path: str) -> tuple[str, ...]:
        """One phrase for each parent that has one."""
        found = (parent.phrase(path) for parent in self.every(parents))
        return tuple(phrase for phrase in found if phrase)

    def codes(self, path: str, code_list: CodeList) -> tuple[str, ...]:
        """Sort the codes of one list and give each once."""
        return tuple(sorted(set(self.listed(path, code_list))))

    def code(self, path: str, code_list: CodeList) -> str | None:
        return next(self.listed(path, code_list), None)

    def listed(self, path: str, code_list: CodeList) -> Iterator[str]:
        for node in self.every(path):
            code = node.own_text()
            if code and code != UNPUBLISHED and code_list.holds(code, node.attribute("listName")):
                yield code

    def number(self, path: str) -> Decimal | None:
        text = self.text(path)
        if text is None or text in MASKS or not NUMBER.fullmatch(text):
            return None
        return Decimal(text)

    def amount(self, path: str) -> Amount | None:
        number, node = self.number(path), self.first(path)
        if number is None or node is None:
            return None
        return Amount(amount=number, currency=node.attribute("currencyID") or "")

    def flag(self, path: str) -> bool | None:
        return {"true": True, "1": True, "false": False, "0": False}.get(self.text(path) or "")

    def day(self, path: str) -> dt.date | None:
        """Take the local day, without offset; a dummy or impossible day is none."""
        found = DAY.match(self.text(path) or "")
        try:
            day = dt.date.fromisoformat(found.group()) if found else None
        except ValueError:
            return None
        return None if day == DUMMY_DAY else day

    def is_masked(self, path: str) -> bool:
        """Whether a mask of unpublished content stands where the value should."""
        return any(text in MASKS for text in self.raw_texts(path))
