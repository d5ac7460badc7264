"""From bytes to the root element of an eForms notice, or a reason why not."""

import re

from django.utils.translation import gettext as _
from lxml import etree
from lxml.etree import _Element

MAX_BYTES = 10 * 1024 * 1024
MAX_TAGS = 300_000
"""Bounds memory: a tree takes some hundreds of bytes a tag, however short the tag."""

OBJECTS = (
    "{*}ProcurementProjectLot",
    "{*}LotResult",
    "{*}LotTender",
    "{*}SettledContract",
    "{*}TenderingParty",
    "{*}Organization",
)
MAX_OBJECTS = 10_000
"""Bounds time: each of these is read term by term."""

BUSINESS_REGISTRATION = (
    "http://data.europa.eu/p27/eforms-business-registration-information-notice/1"
)
ROOTS = {
    f"{{urn:oasis:names:specification:ubl:schema:xsd:{name}-2}}{name}"
    for name in ("PriorInformationNotice", "ContractNotice", "ContractAwardNotice")
} | {
    f"{{{BUSINESS_REGISTRATION}}}BusinessRegistrationInformationNotice",
}
LEGACY_ROOTS = frozenset({"TED_EXPORT", "TED_ESENDERS"})
DOCTYPE = re.compile(rb"\s*+(?:(?><\?.*?\?>|<!--.*?-->)\s*+)*+<!DOCTYPE", re.DOTALL | re.IGNORECASE)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class NotANoticeError(Exception):
    """The file cannot be read as an eForms notice; the message is for the user."""


class EmptyFileError(NotANoticeError):
    pass


class TooLargeError(NotANoticeError):
    pass


class NotXmlError(NotANoticeError):
    pass


class ForbiddenDoctypeError(NotANoticeError):
    pass


class MalformedXmlError(NotANoticeError):
    pass


class LegacySchemaError(NotANoticeError):
    pass


class UnsupportedRootError(NotANoticeError):
    pass


def open_notice(data: bytes) -> _Element:
    """Parse without risk.

    :raises NotANoticeError: where the bytes are anything but an eForms notice.
    """
    refuse_by_content(data)
    root = parsed(data)
    refuse_by_root(root)
    return root


def refuse_by_content(data: bytes) -> None:
    """Refuse what can be told from the bytes, before any parser sees them."""
    text = data.removeprefix(BYTE_ORDER_MARK)
    if not text.strip():
        raise EmptyFileError(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise TooLargeError(_("The file is too large: a notice has at most 10 MB."))
    if data.count(b"<") > MAX_TAGS:
        raise TooLargeError(_("The notice has too many elements to read."))
    if b"\0" in data or not text.lstrip().startswith(b"<"):
        raise NotXmlError(_("The file is not XML. Upload the XML of the notice, in UTF-8."))
    if DOCTYPE.match(text):
        raise ForbiddenDoctypeError(
            _("The file has a document type or entity declaration. That is forbidden in a notice.")
        )


def parsed(data: bytes) -> _Element:
    """Parse without network, entities or document types."""
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise MalformedXmlError(
            _("The file is damaged or incomplete XML: line %(line)s, column %(column)s.")
            % {"line": fault.lineno, "column": fault.offset}
        ) from None


def refuse_by_root(root: _Element) -> None:
    """Refuse what is sound XML but no eForms notice."""
    if root.getroottree().docinfo.internalDTD is not None:  # hidden in another encoding
        raise ForbiddenDoctypeError(
            _("The file has a document type or entity declaration. That is forbidden in a notice.")
        )
    name = etree.QName(root).localname
    if name in LEGACY_ROOTS:
        raise LegacySchemaError(
            _("This notice is in the TED schema from before eForms (%(root)s). It cannot be read.")
            % {"root": name}
        )
    if sum(1 for _object in root.iter(*OBJECTS)) > MAX_OBJECTS:
        raise TooLargeError(_("The notice has too many lots, tenders and organisations to read."))
    if root.tag not in ROOTS:
        raise UnsupportedRootError(
            _("This is XML, but no eForms notice: it begins with “%(root)s”.") % {"root": name}
        )
