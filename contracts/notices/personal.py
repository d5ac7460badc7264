"""Leaving people out: contact persons, owners, telephone numbers and mail addresses."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from contracts.notices.opening import open_notice

PERSONAL_ELEMENTS = (
    "{*}Contact",
    "{*}UltimateBeneficialOwner",
    "{*}Person",
    "{*}ElectronicMail",
    "{*}Telephone",
    "{*}Telefax",
)
MAIL_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
IN_ITS_PLACE = "[e-mail]"


def strip_personal(data: bytes) -> bytes:
    """Write the XML of a notice without anybody in it, fit to be stored.

    :raises NotANoticeError: where it is no notice.
    """
    root = open_notice(data)
    etree.strip_elements(root, *PERSONAL_ELEMENTS, with_tail=False)
    for element in mentioning_mail(root):
        element.text = without_mail_addresses(element.text or "")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def mentioning_mail(root: _Element) -> Iterator[_Element]:
    return (element for element in root.iter() if "@" in (element.text or ""))


def without_mail_addresses(text: str) -> str:
    return MAIL_ADDRESS.sub(IN_ITS_PLACE, text) if "@" in text else text
